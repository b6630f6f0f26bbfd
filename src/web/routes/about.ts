import { Router } from 'express';
import { describeModel } from '../../services/describeModel.ts';
import type { WebContext } from '../context.ts';
import { COOKIES, cookieName } from '../middleware/visitor.ts';
import { presentAbout, presentPrivacy } from '../presenters/presentAbout.ts';
import { presentModelCard } from '../presenters/presentModelCard.ts';

/** `GET /about`, `/about/model` and `/privacy`: how lists are made, by what, and what is kept about whom. */
export function aboutRoutes(context: WebContext): Router {
  const router = Router();
  router.get('/about', (request, response) => {
    const { catalogue, model } = request.library;
    response.render('pages/about', {
      page: presentAbout({
        titles: catalogue.titles.filter((title) => !title.isRetired),
        tags: catalogue.tags.length,
        model: model && { titles: model.header.titles, algorithm: model.header.algorithm, trainedAt: model.header.trainedAt }, // prettier-ignore
      }),
    });
  });
  router.get('/about/model', async (request, response) => {
    const { store, config } = context;
    const facts = await describeModel({ store, dataDir: config.dataDir }, request.library);
    response.render('pages/model-card', { page: presentModelCard(facts) });
  });
  router.get('/privacy', (_request, response) => {
    const named = (name: string) => cookieName(context, name);
    response.render('pages/privacy', {
      page: presentPrivacy({
        cookieNames: {
          visitor: named(COOKIES.visitor),
          profile: named(COOKIES.profile),
          session: named(COOKIES.session),
          csrf: named(COOKIES.csrf),
          theme: COOKIES.theme,
          importance: COOKIES.importance,
          models: COOKIES.models,
        },
        chatModels: context.chatModels.list().map(({ label, isLocal }) => ({ label, isLocal })),
      }),
    });
  });
  return router;
}
