import type { Request } from 'express';
import { badInput } from '../../errors.ts';
import type { Asker } from '../../services/recommend/runs.ts';
import { readAllowedModels } from '../allowedModels.ts';
import type { WebContext } from '../context.ts';
import { hasVisitorCookie } from '../middleware/visitor.ts';
import { operation, type Operation } from './operations.ts';
import { presentAnswer } from '../../contract/presentAnswer.ts';
import { liteBody, recommendationAnswer, recommendationBody, toRequest } from '../../contract/schemas.ts';

/** Lists. They need neither cookie nor token, and change nothing but the run. */
export const recommendationOperations: Operation[] = [
  operation({
    method: 'post',
    path: '/recommendations',
    operationId: 'recommend',
    summary: 'A list from a prompt, ratings and tags',
    access: 'open',
    body: recommendationBody,
    answers: { status: 200, schema: recommendationAnswer, description: 'The list, with how it was made' },
    async handle({ request, context, body }) {
      const { chatModel } = body;
      if (chatModel !== undefined && chatModel !== 'none' && !context.chatModels.get(chatModel))
        throw badInput(`There is no chat model "${chatModel}".`, [
          { path: 'chatModel', message: 'unknown id' },
        ]);
      const run = await context.runs.start(
        'recommendations',
        toRequest(body, request.person.user !== null),
        await askerOf(request, context),
        { wait: true },
      );
      return presentAnswer(run, request.library, context.config.publicUrl);
    },
  }),
  operation({
    method: 'post',
    path: '/lite',
    operationId: 'recommendLite',
    summary: 'A list from ratings and tags alone, without any language model',
    access: 'open',
    body: liteBody,
    answers: { status: 200, schema: recommendationAnswer, description: 'The list, with how it was made' },
    async handle({ request, context, body }) {
      const asker = await askerOf(request, context);
      const run = await context.runs.start('lite', toRequest(body, request.person.user !== null), asker, {
        wait: true,
      });
      return presentAnswer(run, request.library, context.config.publicUrl);
    },
  }),
];

/** A program without cookie and token owns nothing: its run is open to whoever has the id. */
async function askerOf(request: Request, context: WebContext): Promise<Asker> {
  const { user, visitorId, keeper } = request.person;
  return {
    userId: user?.userId ?? null,
    visitorId: user || !hasVisitorCookie(request, context) ? null : visitorId,
    profile: await keeper.read(),
    accountName: user?.name ?? null,
    allowedModels: await readAllowedModels(request, context),
  };
}
