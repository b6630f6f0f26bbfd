import type { NextFunction, Request, Response } from 'express';

/**
 * Keeps only cookies that are text. cookie-parser reads `j:…` as JSON, which none of ours is: a made-up one would hand
 * lists and objects to code that expects a string.
 */
export function keepTextCookies(request: Request, _response: Response, next: NextFunction): void {
  request.cookies = onlyText(request.cookies as Record<string, unknown>);
  request.signedCookies = onlyText(request.signedCookies as Record<string, unknown>);
  next();
}

const onlyText = (cookies: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(cookies).filter(([, value]) => typeof value === 'string'));
