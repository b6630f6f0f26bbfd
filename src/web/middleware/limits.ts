import type { Request, RequestHandler, Response, NextFunction } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { AppError } from '../../errors.ts';
import type { WebContext } from '../context.ts';

const MINUTE_MS = 60_000;

/** Per account where there is one, else per address (IPv6 by network). */
const keyOf = (request: Request): string =>
  request.person?.user ? `user ${request.person.user.userId}` : ipKeyGenerator(request.ip ?? 'unknown');

/** At most `limit` requests in a window; off when rate limits are switched off (benchmarks). */
export function limitRate(
  context: WebContext,
  limit: number,
  options: { windowMs?: number; key?: (request: Request) => string; skipSuccessful?: boolean } = {},
): RequestHandler {
  if (!context.config.rateLimits.enabled) return (_request, _response, next) => next();
  const windowMs = options.windowMs ?? MINUTE_MS;
  return rateLimit({
    windowMs,
    limit,
    keyGenerator: options.key ?? keyOf,
    skipSuccessfulRequests: options.skipSuccessful ?? false,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Over the limit the handler throws like any other refusal, so pages and API answer in their own form.
    handler: (request: Request, _response: Response, next: NextFunction) => {
      const resetTime = (request as Request & { rateLimit?: { resetTime?: Date } }).rateLimit?.resetTime;
      const waitMs = resetTime ? resetTime.getTime() - Date.now() : windowMs;
      next(
        new AppError('too_many', 429, 'Too many requests from here. Wait a little and try again.', {
          retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
        }),
      );
    },
  });
}

/** Failed logins, per account and per address: the owner of a name is slowed down for the attacker's address only. */
export function limitLogins(context: WebContext): RequestHandler[] {
  const nameOf = (request: Request) =>
    String((request.body as { name?: unknown } | undefined)?.name ?? '').toLowerCase();
  const address = (request: Request) => ipKeyGenerator(request.ip ?? 'unknown');
  const attempts = context.config.rateLimits.loginAttempts;
  const windowMs = 15 * MINUTE_MS;
  return [
    limitRate(context, attempts, {
      windowMs,
      key: (request) => `login ${address(request)} ${nameOf(request)}`,
      skipSuccessful: true,
    }),
    limitRate(context, attempts * 6, {
      windowMs,
      key: (request) => `login ${address(request)}`,
      skipSuccessful: true,
    }),
  ];
}
