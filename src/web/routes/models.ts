import { Router } from 'express';
import { z } from 'zod';
import { ALLOWED_MODELS } from '../../domain.ts';
import { badInput } from '../../errors.ts';
import { keepAllowedModels } from '../allowedModels.ts';
import type { WebContext } from '../context.ts';
import { localPath } from '../localPath.ts';

const form = z.object({ allowed: z.enum(ALLOWED_MODELS), next: z.unknown().optional() });

/** `POST /models`: which language models may read one's words. */
export function modelRoutes(context: WebContext): Router {
  const router = Router();
  router.post('/', async (request, response) => {
    const sent = form.safeParse(request.body);
    if (!sent.success) throw badInput('Language models: any, local or none.');
    await keepAllowedModels(request, response, context, sent.data.allowed);
    response.redirect(303, localPath(sent.data.next, '/'));
  });
  return router;
}
