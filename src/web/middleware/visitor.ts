import { randomBytes } from 'node:crypto';
import type { CookieOptions, NextFunction, Request, Response } from 'express';
import { accountProfile } from '../../services/profile/accountProfile.ts';
import { decodeEntries, encodeEntries } from '../../services/profile/visitorEntries.ts';
import { visitorProfile } from '../../services/profile/visitorProfile.ts';
import { notSignedIn } from '../../errors.ts';
import type { Person, WebContext } from '../context.ts';
import { isApiCall } from '../isApiCall.ts';

/** Names of all cookies; the privacy page reads them from here. */
export const COOKIES = {
  visitor: 'marquee_visitor',
  profile: 'marquee_profile',
  session: 'marquee_session',
  csrf: 'marquee_csrf',
  theme: 'marquee_theme',
  importance: 'marquee_importance',
  models: 'marquee_models',
} as const;

const YEAR_MS = 365 * 24 * 3600 * 1000;

/** On https every cookie that matters carries the `__Host-` prefix, which browsers bind to this very host. */
export const cookieName = (context: Pick<WebContext, 'config'>, name: string): string =>
  context.config.isSecure ? `__Host-${name}` : name;

export const cookieOptions = (context: Pick<WebContext, 'config'>): CookieOptions => ({
  httpOnly: true,
  sameSite: 'lax',
  secure: context.config.isSecure,
  path: '/',
});

/** For what a browser is to remember from one visit to the next. */
export const keptForAYear = (context: Pick<WebContext, 'config'>): CookieOptions => ({
  ...cookieOptions(context),
  maxAge: YEAR_MS,
});

/**
 * Says who is at the other end (`request.person`): the account of the session, or this browser. A browser gets a
 * random, signed id on its first page; what it liked stands in a second signed cookie, not in the database.
 */
export function identifyVisitor(context: WebContext) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const signedIn = request.user as Person['user'] | undefined;
    const visitorId = visitorIdOf(request, response, context);
    request.person = {
      user: signedIn ?? null,
      visitorId,
      keeper: signedIn
        ? accountProfile(context.store, signedIn.userId)
        : keeperInCookie(request, response, context),
    };
    next();
  };
}

function visitorIdOf(request: Request, response: Response, context: WebContext): string {
  const name = cookieName(context, COOKIES.visitor);
  const known: unknown = request.signedCookies[name];
  if (typeof known === 'string' && known.length >= 16) return known;
  const visitorId = randomBytes(16).toString('base64url');
  // An API call without a cookie stays without one: its runs belong to nobody.
  if (!isApiCall(request)) response.cookie(name, visitorId, { ...keptForAYear(context), signed: true });
  return visitorId;
}

/** True when the browser has shown a visitor cookie of ours. */
export const hasVisitorCookie = (request: Request, context: Pick<WebContext, 'config'>): boolean =>
  typeof request.signedCookies[cookieName(context, COOKIES.visitor)] === 'string';

function keeperInCookie(request: Request, response: Response, context: WebContext): Person['keeper'] {
  const name = cookieName(context, COOKIES.profile);
  const text: unknown = request.signedCookies[name];
  return visitorProfile(decodeEntries(typeof text === 'string' ? text : ''), (entries) => {
    response.cookie(name, encodeEntries(entries), { ...keptForAYear(context), signed: true });
  });
}

/** Forgets what this browser liked: after it was carried over into an account. */
export function clearVisitorProfile(response: Response, context: WebContext): void {
  response.clearCookie(cookieName(context, COOKIES.profile), cookieOptions(context));
}

/** Guard: an account is needed. */
export function requireAccount(request: Request, _response: Response, next: NextFunction): void {
  if (!request.person.user) throw notSignedIn();
  next();
}
