import { Router, type Request } from 'express';
import type { Run } from '../../domain.ts';
import { notFound } from '../../errors.ts';
import { countWithoutFilter } from '../../services/countWithoutFilter.ts';
import type { WebContext } from '../context.ts';
import { limitRate } from '../middleware/limits.ts';
import { posterVariants } from '../posterVariants.ts';
import { presentLiteForm, presentLiteRun, type LiteContext } from '../presenters/presentLite.ts';
import { publicUrlOf } from '../publicUrl.ts';
import { emptyLiteValues, readLiteForm, valuesOfRequest, type LiteBody } from './liteForm.ts';
import { askedImportance, isOwner, viewerOf } from './recommendations.ts';

/** `/lite`: titles and tags, no language model. The form's fields are described in liteForm.ts. */
export function liteRoutes(context: WebContext): Router {
  const router = Router();
  const { recommendationsPerMinute } = context.config.rateLimits;

  router.get('/', async (request, response) => {
    const about = await liteContext(request);
    // A link may bring picks along: /lite?tag=heist&rating=6:5.
    const { values } = readLiteForm(request.query, request.library, about.ratingsKnown);
    const start = emptyLiteValues(about.isSignedIn);
    response.render('pages/lite', {
      page: presentLiteForm({ ...start, ratings: values.ratings, tags: values.tags }, about),
    });
  });

  // Live changes of the form ask often; arithmetic is cheap, so Lite may be asked four times as often as a model.
  router.post('/', limitRate(context, recommendationsPerMinute * 4), async (request, response) => {
    const about = await liteContext(request);
    const form = readLiteForm((request.body ?? {}) as LiteBody, request.library, about.ratingsKnown);
    if (!form.request) {
      response.status(400).render('pages/lite', { page: presentLiteForm(form.values, about, form.errors) });
      return;
    }
    const asker = { ...viewerOf(request), profile: await request.person.keeper.read() };
    const run = await context.runs.start('lite', form.request, asker, { wait: true });
    response.redirect(303, `/lite/${run.runId}`);
  });

  router.get('/:runId', async (request, response) => {
    const run = await context.runs.read(request.params.runId, viewerOf(request));
    if (run.page !== 'lite') throw notFound('There is no list at this address, or it is not shared.');
    const importance = askedImportance(request, run);
    const values = valuesOfRequest(run.request, importance, request.library);
    response.render('pages/lite', {
      page: presentLiteRun(run, importance, values, await runContext(request, context, run)),
    });
  });

  router.post('/:runId/share', async (request, response) => {
    const run = await context.runs.share(request.params.runId, viewerOf(request));
    response.redirect(303, `/${run.page}/${run.runId}#share`);
  });
  return router;
}

async function liteContext(request: Request): Promise<LiteContext> {
  const { library, person } = request;
  return {
    titleOf: (movieId) => library.catalogue.get(movieId),
    isSignedIn: person.user !== null,
    ratingsKnown: (await person.keeper.read()).ratings.length,
    titleCount: library.catalogue.size,
  };
}

async function runContext(request: Request, context: WebContext, run: Run) {
  const { library, person } = request;
  const profile = await person.keeper.read();
  const leftWithout = countWithoutFilter(run, library, profile);
  return {
    ...(await liteContext(request)),
    profile,
    chatModels: [],
    posterVariants: posterVariants(library.catalogue, context.photographs),
    isOwner: isOwner(run, viewerOf(request)),
    publicUrl: publicUrlOf(request, context),
    ...(leftWithout === undefined ? {} : { leftWithout }),
  };
}
