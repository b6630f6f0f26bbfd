import { Router } from 'express';
import { describeModel } from '../../services/describeModel.ts';
import type { Library } from '../../services/library.ts';
import { oncePer } from '../../services/oncePer.ts';
import type { WebContext } from '../context.ts';
import { COOKIES, cookieName } from '../middleware/visitor.ts';
import { presentAbout, presentPrivacy } from '../presenters/presentAbout.ts';
import { presentModelCard } from '../presenters/presentModelCard.ts';

/** `GET /about`, `/about/model` and `/privacy`: how lists are made, by what, and what is kept about whom. */
export function aboutRoutes(context: WebContext): Router {
  const router = Router();
  // The same for everybody until another catalogue or model is served, and counting it takes a while.
  const pageOf = oncePer((library: Library) => presentAbout(aboutFacts(library)));
  router.get('/about', ({ library }, response) => response.render('pages/about', { page: pageOf(library) }));
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

const aboutFacts = ({ catalogue, model }: Library) => ({
  titles: catalogue.titles.filter((title) => !title.isRetired),
  tags: catalogue.tags.length,
  model: model && {
    titles: model.header.titles,
    algorithm: model.header.algorithm,
    trainedAt: model.header.trainedAt,
  },
});
