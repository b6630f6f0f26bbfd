import { Router } from 'express';
import { whyNotReady, type Probed } from '../../monitoring/health.ts';

/** `/healthz`: the process answers. `/readyz`: database, model and index are there, else 503 with the reasons. */
export function healthRoutes(probed: Probed): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const reasons = await whyNotReady(probed);
    const isReady = reasons.length === 0;
    response.status(isReady ? 200 : 503).json({ status: isReady ? 'ready' : 'not ready', reasons });
  });
  return router;
}
