import { fileURLToPath } from 'node:url';
import compression from 'compression';
import cookieParser from 'cookie-parser';
import express, { type Express } from 'express';
import { notReady } from '../errors.ts';
import { healthRoutes } from './routes/health.ts';
import { apiRoutes } from './api/index.ts';
import type { WebContext } from './context.ts';
import { handleErrors, lastResort, nothingHere } from './middleware/errors.ts';
import { forgeryProtection } from './middleware/forgery.ts';
import { noStore, securityHeaders } from './middleware/headers.ts';
import { limitRate } from './middleware/limits.ts';
import { logRequests } from './middleware/requestLog.ts';
import { sessions } from './middleware/session.ts';
import { keepTextCookies } from './middleware/textCookies.ts';
import { identifyToken } from './middleware/token.ts';
import { viewLocals } from './middleware/viewLocals.ts';
import { identifyVisitor } from './middleware/visitor.ts';
import { aboutRoutes } from './routes/about.ts';
import { accountRoutes } from './routes/accounts.ts';
import { homeRoutes } from './routes/home.ts';
import { liteRoutes } from './routes/lite.ts';
import { modelRoutes } from './routes/models.ts';
import { posterRoutes } from './routes/posters.ts';
import { profileRoutes } from './routes/profile.ts';
import { recommendationRoutes } from './routes/recommendations.ts';
import { searchRoutes } from './routes/search.ts';
import { themeRoutes } from './routes/theme.ts';
import { titleRoutes } from './routes/titles.ts';
import { staticFiles } from './staticFiles.ts';
import { viewEngine } from './viewEngine.ts';

const VIEWS = fileURLToPath(new URL('../../views', import.meta.url));

/** The whole site: middleware in the order it runs, then every address with its guards. */
export function createServer(context: WebContext): Express {
  const app = express();
  app.disable('x-powered-by');
  // Pages and answers are not to be kept; static files and posters bring marks of their own.
  app.disable('etag');
  app.set('trust proxy', context.config.trustProxy);
  app.set('views', VIEWS);
  app.engine('ejs', viewEngine());
  app.set('view engine', 'ejs');
  // Compiled views are kept whatever NODE_ENV says: a restart picks up changes.
  app.enable('view cache');
  const forgery = forgeryProtection(context);

  app.use(securityHeaders(context));
  app.use(logRequests(context));
  app.use(
    compression({
      filter: (request, response) => !isEventStream(response) && compression.filter(request, response),
    }),
  );
  app.use(healthRoutes(context));
  app.use(staticFiles(context));
  app.use(posterRoutes(context));

  app.use(cookieParser(context.secret), keepTextCookies);
  app.use(express.urlencoded({ extended: false, limit: '64kb', parameterLimit: 500 }));
  // Pages take forms only: what a form cannot say never reaches them.
  app.use('/api/v1', express.json({ limit: '64kb' }));
  app.use(sessions(context));
  app.use(identifyVisitor(context));
  app.use('/api/v1', identifyToken(context));
  app.use(forgery.refuseForeign, forgery.provideToken);
  app.use((request, _response, next) => {
    if (!context.library.current)
      throw notReady('The catalogue is still being loaded. Try again in a moment.');
    request.library = context.library.current;
    next();
  });

  app.use('/api/v1', limitRate(context, context.config.rateLimits.apiPerMinute), apiRoutes(context));

  // Before anything that may refuse: an error page has the lights and the name of who asked, too.
  app.use(viewLocals(context));
  app.use(limitRate(context, context.config.rateLimits.pagesPerMinute));
  app.use(forgery.requireToken, noStore);
  app.use('/', homeRoutes(context));
  app.use('/recommendations', recommendationRoutes(context));
  app.use('/lite', liteRoutes(context));
  app.use('/search', searchRoutes(context));
  app.use('/titles', titleRoutes(context));
  app.use('/profile', profileRoutes(context));
  app.use('/', accountRoutes(context)); // /register /login /logout /reset-password/:token
  app.use('/', aboutRoutes(context)); // /about /about/model /privacy
  app.use('/theme', themeRoutes(context));
  app.use('/models', modelRoutes(context));

  app.use(nothingHere);
  app.use(handleErrors(context), lastResort(context));
  return app;
}

const isEventStream = (response: express.Response): boolean =>
  String(response.getHeader('Content-Type') ?? '').startsWith('text/event-stream');
