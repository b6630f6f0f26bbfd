import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NextFunction, Request, Response } from 'express';
import type { WebContext } from '../context.ts';
import { localPath } from '../localPath.ts';
import { publicUrlOf } from '../publicUrl.ts';
import { COOKIES } from './visitor.ts';

const THEMES = ['system', 'light', 'dark'];
const STATIC = fileURLToPath(new URL('../../../static', import.meta.url));

/** What every view may use. */
export function viewLocals(context: WebContext) {
  const assetVersion = hashOfStatic();
  return (request: Request, response: Response, next: NextFunction): void => {
    const theme: unknown = request.cookies[COOKIES.theme];
    const { user } = request.person;
    const address = addressOf(request);
    Object.assign(response.locals, {
      user: user && { name: user.name, role: user.role },
      theme: typeof theme === 'string' && THEMES.includes(theme) ? theme : 'system',
      path: request.path,
      address,
      loginHref: loginHref(address),
      publicUrl: publicUrlOf(request, context),
      assetVersion,
    });
    next();
  };
}

/** Where to come back to. The answer to a form has no address that can be asked for: it is the page the form stood on. */
function addressOf(request: Request): string {
  if (request.method === 'GET') return localPath(request.originalUrl, request.path);
  const referer = request.get('referer') ?? '';
  if (!URL.canParse(referer)) return '/';
  const { host, pathname, search } = new URL(referer);
  return host === request.get('host') ? localPath(`${pathname}${search}`, '/') : '/';
}

/** Logging in leads back to the page one was on, except to the pages that are there for it. */
const loginHref = (address: string): string =>
  /^\/(login|register|reset-password|profile)\b/.test(address)
    ? '/login'
    : `/login?next=${encodeURIComponent(address)}`;

/** Changes when a style sheet or script does, so that browsers fetch it anew. */
function hashOfStatic(): string {
  const hash = createHash('sha256');
  for (const folder of ['css', 'js'])
    for (const file of readdirSync(join(STATIC, folder)).sort())
      hash.update(readFileSync(join(STATIC, folder, file)));
  return hash.digest('hex').slice(0, 10);
}
