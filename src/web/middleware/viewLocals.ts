import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NextFunction, Request, Response } from 'express';
import type { WebContext } from '../context.ts';
import { COOKIES } from './visitor.ts';

const THEMES = ['system', 'light', 'dark'];
const STATIC = fileURLToPath(new URL('../../../static', import.meta.url));

/** What every view may use; the token and the profile are fetched only when a view asks. */
export function viewLocals(context: WebContext) {
  const assetVersion = hashOfStatic();
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const theme: unknown = request.cookies[COOKIES.theme];
    const { user, keeper } = request.person;
    const { ratings } = await keeper.read();
    Object.assign(response.locals, {
      user: user && { name: user.name, role: user.role },
      theme: typeof theme === 'string' && THEMES.includes(theme) ? theme : 'system',
      path: request.path,
      ratingsKnown: ratings.length,
      publicUrl: context.config.publicUrl ?? `${request.protocol}://${request.get('host') ?? ''}`,
      assetVersion,
    });
    next();
  };
}

/** Changes when a style sheet or script does, so that browsers fetch it anew. */
function hashOfStatic(): string {
  const hash = createHash('sha256');
  for (const folder of ['css', 'js'])
    for (const file of readdirSync(join(STATIC, folder)).sort())
      hash.update(readFileSync(join(STATIC, folder, file)));
  return hash.digest('hex').slice(0, 10);
}
