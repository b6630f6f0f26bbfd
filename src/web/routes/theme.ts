import { Router } from 'express';
import { z } from 'zod';
import { badInput } from '../../errors.ts';
import type { WebContext } from '../context.ts';
import { localPath } from '../localPath.ts';
import { COOKIES, cookieOptions, keptForAYear } from '../middleware/visitor.ts';

const themeForm = z.object({ theme: z.enum(['system', 'light', 'dark']), next: z.unknown().optional() });

/** `POST /theme`: the house lights, kept in a cookie so that the first paint is right. */
export function themeRoutes(context: WebContext): Router {
  const router = Router();
  router.post('/', (request, response) => {
    const form = themeForm.safeParse(request.body);
    if (!form.success) throw badInput('The lights are system, light or dark.');
    if (form.data.theme === 'system') response.clearCookie(COOKIES.theme, cookieOptions(context));
    else response.cookie(COOKIES.theme, form.data.theme, keptForAYear(context));
    response.redirect(303, localPath(form.data.next, '/'));
  });
  return router;
}
