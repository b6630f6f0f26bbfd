import type { ChatModelError, ChatRequest } from './chatModel.ts';
import { CLASSIC_MIDDLE, hasStory, parseClassicScore } from './classic.ts';
import { toChatModelError } from './failures.ts';
import { openCall } from './modelCall.ts';
import { isWebPage } from './parse.ts';
import { batchMessages, mostAnswerTokens, type OpenTitle } from './planScoring.ts';
import type { ScoringContext } from './scoringContext.ts';

/** One title the classic way. A title without a plot gets the middle, unasked. */
export async function scoreClassic(context: ScoringContext, one: OpenTitle): Promise<ChatModelError | null> {
  const { id } = one;
  if (!hasStory(one.title)) {
    context.take(id, CLASSIC_MIDDLE, '');
    return null;
  }
  const { task, model, signal, deadlineAt } = context;
  const request: ChatRequest = {
    messages: batchMessages(task, model.facts, context.nonce, [one]),
    maxTokens: mostAnswerTokens(model.facts, 1),
    temperature: 0,
    signal,
    ...(deadlineAt === undefined ? {} : { deadlineAt }),
  };
  const call = openCall(model, 'score', request, context.record);
  try {
    const { text, usage } = await model.complete(call.request);
    const { score, reason } = isWebPage(text)
      ? { score: CLASSIC_MIDDLE, reason: '' }
      : parseClassicScore(text);
    call.close({ outcome: 'ok', usage, text });
    context.take(id, score, reason);
    return null;
  } catch (thrown) {
    const error = toChatModelError(thrown, signal);
    call.close({ outcome: error.failure, error, text: error.partialText });
    return error;
  }
}
