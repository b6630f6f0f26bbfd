import { randomBytes } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { WebContext } from '../context.ts';

/** A request id and a nonce a response, and the headers that keep a browser strict. */
export function securityHeaders(context: WebContext): RequestHandler[] {
  return [
    (request: Request, response: Response, next: NextFunction) => {
      request.requestId = randomBytes(8).toString('hex');
      response.locals['nonce'] = randomBytes(16).toString('base64');
      response.set('X-Request-Id', request.requestId);
      next();
    },
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: [
            "'self'",
            (_request, response) => `'nonce-${(response as Response).locals['nonce'] as string}'`,
          ],
          styleSrc: [
            "'self'",
            (_request, response) => `'nonce-${(response as Response).locals['nonce'] as string}'`,
          ],
          imgSrc: ["'self'", 'data:'],
          fontSrc: ["'self'"],
          connectSrc: ["'self'"],
          formAction: ["'self'"],
          manifestSrc: ["'self'"],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
          objectSrc: ["'none'"],
        },
      },
      strictTransportSecurity: context.config.isSecure ? { maxAge: 31_536_000 } : false,
      referrerPolicy: { policy: 'same-origin' },
      crossOriginEmbedderPolicy: false,
    }),
  ];
}

/** Pages about a person are not kept by anyone on the way. */
export function noStore(_request: Request, response: Response, next: NextFunction): void {
  response.set('Cache-Control', 'no-store');
  next();
}
