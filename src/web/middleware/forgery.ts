import { doubleCsrf } from 'csrf-csrf';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { forbidden } from '../../errors.ts';
import type { WebContext } from '../context.ts';
import { COOKIES, cookieName, cookieOptions } from './visitor.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Keeps foreign pages from acting in a person's name, twice over: what the browser says of where a request comes from
 * (Sec-Fetch-Site, Origin), and a stateless double-submit token bound to the visitor and the session. Personal tokens in
 * an Authorization header need neither: no browser sends them by itself.
 */
export function forgeryProtection(context: WebContext): {
  refuseForeign: RequestHandler;
  provideToken: RequestHandler;
  requireToken: RequestHandler;
} {
  const { generateCsrfToken, validateRequest } = doubleCsrf({
    getSecret: () => context.secret,
    getSessionIdentifier: (request) => `${request.person.visitorId}.${request.person.user?.userId ?? ''}`,
    cookieName: cookieName(context, COOKIES.csrf),
    cookieOptions: { ...cookieOptions(context), sameSite: 'lax' },
    getCsrfTokenFromRequest: (request) =>
      request.get('x-csrf-token') ?? (request.body as { _csrf?: string } | undefined)?._csrf,
  });
  return {
    refuseForeign(request: Request, _response: Response, next: NextFunction) {
      if (!SAFE_METHODS.has(request.method) && isForeign(request, context))
        throw forbidden('This came from another site, so nothing was done.', 'foreign_origin');
      next();
    },
    provideToken(request: Request, response: Response, next: NextFunction) {
      let token: string | undefined;
      // Made when a view asks for it: an API answer or an image sets no cookie.
      Object.defineProperty(response.locals, 'csrfToken', {
        enumerable: true,
        get: () => (token ??= generateCsrfToken(request, response)),
      });
      next();
    },
    requireToken(request: Request, _response: Response, next: NextFunction) {
      if (!SAFE_METHODS.has(request.method) && !request.isByToken && !validateRequest(request))
        throw forbidden(
          'This page was open for too long. Nothing was lost: send it again.',
          'bad_csrf_token',
        );
      next();
    },
  };
}

function isForeign(request: Request, context: WebContext): boolean {
  const site = request.get('sec-fetch-site');
  if (site === 'cross-site') return true;
  const origin = request.get('origin');
  if (origin === undefined) return false;
  if (origin === 'null') return site !== 'same-origin' && site !== 'none';
  const ours = [`${request.protocol}://${request.get('host')}`, context.config.publicUrl].filter(Boolean);
  return !ours.some((own) => URL.canParse(own!) && new URL(own!).origin === origin);
}
