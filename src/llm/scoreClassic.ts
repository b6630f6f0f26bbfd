import type { ChatModelError, ChatRequest } from './chatModel.ts';
import { CLASSIC_MIDDLE, classicScoreMessages, parseClassicScore } from './classic.ts';
import { toChatModelError } from './failures.ts';
import { modelCall } from './modelCall.ts';
import { isWebPage } from './parse.ts';
import type { OpenTitle, ScoringContext } from './scoreTitles.ts';

/** One title the classic way. A title without a plot gets the middle, unasked. */
export async function scoreClassic(
  context: ScoringContext,
  { id, title }: OpenTitle,
): Promise<ChatModelError | null> {
  if (!title.plot?.trim()) {
    context.take(id, CLASSIC_MIDDLE, '');
    return null;
  }
  const { model, preferences, ratings, signal, deadlineAt } = context.options;
  const request: ChatRequest = {
    messages: classicScoreMessages(preferences, ratings, title),
    maxTokens: 80,
    temperature: 0,
    signal,
    ...(deadlineAt === undefined ? {} : { deadlineAt }),
  };
  const startedAt = performance.now();
  const record = (result: Omit<Parameters<typeof modelCall>[3], 'ms'>) =>
    context.record(modelCall(model, 'score', request, { ...result, ms: performance.now() - startedAt }));
  try {
    const { text, usage } = await model.complete(request);
    const { score, reason } = isWebPage(text)
      ? { score: CLASSIC_MIDDLE, reason: '' }
      : parseClassicScore(text);
    record({ outcome: 'ok', usage, text });
    context.take(id, score, reason);
    return null;
  } catch (thrown) {
    const error = toChatModelError(thrown, signal);
    record({ outcome: error.failure, httpStatus: error.httpStatus, text: error.partialText });
    return error;
  }
}
