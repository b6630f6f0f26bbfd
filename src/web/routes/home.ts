import { Router, type Request } from 'express';
import { modelsOnOffer } from '../../services/chooseModels.ts';
import { completeTitles } from '../../services/completeNames.ts';
import type { Library } from '../../services/library.ts';
import { estimateUse } from '../../services/estimateUse.ts';
import { readAllowedModels } from '../allowedModels.ts';
import type { WebContext } from '../context.ts';
import { COOKIES } from '../middleware/visitor.ts';
import { EXAMPLES, type AskContext, type AskValues } from '../presenters/presentAsk.ts';
import { posterVariants } from '../posterVariants.ts';
import { presentHome, type HomeContext } from '../presenters/presentHome.ts';
import { emptyAskValues } from './askForm.ts';

/** `/`: the question and the ask box. `?example=1…3` puts an example into it. */
export function homeRoutes(context: WebContext): Router {
  const router = Router();
  router.get('/', async (request, response) => {
    const values = rememberedValues(request);
    const example = EXAMPLES[Number(request.query['example']) - 1];
    const ask = await askContext(request, context);
    response.render('pages/home', {
      page: presentHome(
        example ? { ...values, prompt: example } : values,
        homeContext(ask, request.library, context),
      ),
    });
  });
  return router;
}

const POSTERS = 5;

/** What the home page shows around the ask box. */
export function homeContext(ask: AskContext, library: Library, { photographs }: WebContext): HomeContext {
  return {
    ...ask,
    titleCount: library.catalogue.size,
    known: completeTitles(library, '', POSTERS),
    posterVariants: posterVariants(library.catalogue, photographs),
  };
}

/** What the ask box has to know of the person and the site. */
export async function askContext(request: Request, context: WebContext): Promise<AskContext> {
  const { user, keeper } = request.person;
  const allowedModels = await readAllowedModels(request, context);
  const chatModels = modelsOnOffer(context.chatModels, allowedModels);
  return {
    chatModels,
    allowedModels,
    isAnyConfigured: context.chatModels.list().length > 0,
    estimateOf: (modelId) => estimateUse(context.chatModels, modelId, allowedModels),
    isSignedIn: user !== null,
    ratingsKnown: (await keeper.read()).ratings.length,
  };
}

/** The importance chosen last is kept in a cookie: a number, or `auto`. */
function rememberedValues(request: Request): AskValues {
  const values = { ...emptyAskValues(), usePastRatings: request.person.user !== null };
  const kept: unknown = request.cookies[COOKIES.importance];
  if (kept === 'auto') return { ...values, isAuto: true };
  const isImportance = typeof kept === 'string' && /^(\d{1,2}|100)$/.test(kept);
  return isImportance ? { ...values, importance: kept } : values;
}
