import type { NextFunction, Request, RequestHandler, Response } from 'express';
import session from 'express-session';
import passport from 'passport';
import { Strategy as LocalStrategy } from 'passport-local';
import { authenticateUser } from '../../services/accounts/authenticateUser.ts';
import { createSessionStore } from '../../store/sessionStore.ts';
import type { Person, WebContext } from '../context.ts';
import { COOKIES, cookieName, cookieOptions } from './visitor.ts';

type Account = NonNullable<Person['user']>;

const HOUR_MS = 3600 * 1000;
/** A session dies after this long unused … */
const IDLE_MS = 14 * 24 * HOUR_MS;
/** … and after this long in any case. */
const ABSOLUTE_MS = 60 * 24 * HOUR_MS;

/**
 * Sessions in SQL, only from login on: an anonymous visitor costs the database nothing. Passport turns the session
 * into the account at every request, so a changed role or a deleted account counts at once.
 */
export function sessions(context: WebContext): RequestHandler[] {
  const local = new passport.Passport();
  local.use(
    new LocalStrategy({ usernameField: 'name', passwordField: 'password' }, (name, password, done) => {
      authenticateUser(context.store, name, password).then(
        (user) => done(null, user ?? false),
        (error: unknown) => done(error),
      );
    }),
  );
  local.serializeUser((user, done) => done(null, (user as NonNullable<Person['user']>).userId));
  local.deserializeUser((userId: number, done) => {
    context.store.users.findById(userId).then(
      (user) => done(null, user && !user.isDisabled ? { userId, name: user.name, role: user.role } : false),
      (error: unknown) => done(error),
    );
  });
  return [
    throughTls(context),
    keepSessions(context),
    limitLifetime,
    local.initialize(),
    local.session(),
    (request, response, next) => {
      request.authenticateLocally = () =>
        new Promise((resolve, reject) => {
          const answer = (error: unknown, user: Account | false) =>
            error ? reject(error) : resolve(user || null);
          (local.authenticate('local', answer) as RequestHandler)(request, response, reject);
        });
      next();
    },
  ];
}

declare module 'express-serve-static-core' {
  interface Request {
    /** Passport's local strategy: the account of `name` and `password` in the body, or null. Does not log in. */
    authenticateLocally: () => Promise<Account | null>;
  }
}

/** express-session keeps a changed session while the answer is sent. What fails then must not cut the answer short. */
function keepSessions(context: WebContext): RequestHandler {
  const handle = session({
    name: cookieName(context, COOKIES.session),
    secret: context.secret,
    store: createSessionStore(context.store, session.Store),
    resave: false,
    saveUninitialized: false,
    cookie: { ...(cookieOptions(context) as session.CookieOptions), maxAge: IDLE_MS },
  });
  return (request, response, next) =>
    handle(request, response, (error?: unknown) => {
      if (error && response.headersSent)
        context.logger.error({ err: error, requestId: request.requestId }, 'a session could not be kept');
      else next(error);
    });
}

/**
 * A site whose address is https is reached through TLS and nothing else. Without this word express-session sets its cookie
 * only where the proxy says so in a header, and a proxy that does not would let nobody log in.
 */
function throughTls({ config }: WebContext): RequestHandler {
  return (request, _response, next) => {
    if (config.isSecure) Object.defineProperty(request, 'secure', { value: true });
    next();
  };
}

function limitLifetime(request: Request, _response: Response, next: NextFunction): void {
  const { session: held } = request;
  if (held.startedAt === undefined) return next();
  const now = Date.now();
  if (hasEnded(held.startedAt, held.seenAt ?? held.startedAt, now)) {
    request.session.regenerate(next);
    return;
  }
  // Writing at most once an hour keeps reading pages free of database writes.
  if (now - (held.seenAt ?? 0) > HOUR_MS) held.seenAt = now;
  next();
}

/** The sweep of the table comes by now and then; this is asked at every request. A session from the future ends too: a
 * clock that was wrong must not make one that never ends. */
const hasEnded = (startedAt: number, seenAt: number, now: number): boolean =>
  now - startedAt > ABSOLUTE_MS || now - seenAt > IDLE_MS || startedAt > now + HOUR_MS;

/** Logs in with a fresh session id; the old one is dead (session fixation). */
export function beginSession(request: Request, user: NonNullable<Person['user']>): Promise<void> {
  return new Promise((resolve, reject) => {
    request.login(user, (error: unknown) => {
      if (error) return reject(error as Error);
      request.session.userId = user.userId;
      request.session.startedAt = Date.now();
      request.session.seenAt = Date.now();
      request.session.save((problem: unknown) => (problem ? reject(problem as Error) : resolve()));
    });
  });
}

/** Logs out and removes the session from the store. */
export function endSession(request: Request, response: Response, context: WebContext): Promise<void> {
  return new Promise((resolve, reject) => {
    request.session.destroy((error: unknown) => {
      response.clearCookie(cookieName(context, COOKIES.session), cookieOptions(context));
      if (error) reject(error as Error);
      else resolve();
    });
  });
}
