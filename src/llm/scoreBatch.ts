import { ChatModelError, type ChatRequest, type TokenUsage } from './chatModel.ts';
import { toChatModelError } from './failures.ts';
import { type ModelCall, openCall } from './modelCall.ts';
import { batchMessages, mostAnswerTokens, type OpenTitle } from './planScoring.ts';
import { SCORE_SCHEMA } from './prompts/score.ts';
import { ScoreReader } from './readScores.ts';
import { LEAST_USEFUL_MS } from './retry.ts';
import type { ScoringContext } from './scoringContext.ts';

/**
 * One batch: a streamed call whose scores are taken as they come, and one repair call for what it left out. Failures after which the
 * same server would fail again (it has had its retry) get no repair.
 * @returns why titles are still without a score, or null
 */
export async function scoreBatch(
  context: ScoringContext,
  batch: readonly OpenTitle[],
): Promise<ChatModelError | null> {
  const first = await ask(context, batch, false);
  if (first.missing.length === 0) return null;
  const { signal, deadlineAt } = context;
  const isHopeless = first.failure !== null && first.failure.failure !== 'bad_answer' && !first.hasSome;
  const isLate = signal.aborted || (deadlineAt !== undefined && Date.now() + LEAST_USEFUL_MS > deadlineAt);
  const nothingRead = new ChatModelError('bad_answer', 'titles were left out');
  if (isHopeless || isLate) return first.failure ?? nothingRead;
  const missing = new Set(first.missing);
  const second = await ask(
    context,
    batch.filter(({ id }) => missing.has(id)),
    true,
  );
  return second.missing.length === 0 ? null : (second.failure ?? first.failure ?? nothingRead);
}

interface Asked {
  missing: string[];
  failure: ChatModelError | null;
  hasSome: boolean;
}

async function ask(context: ScoringContext, batch: readonly OpenTitle[], isRepair: boolean): Promise<Asked> {
  const { task, model, signal, deadlineAt } = context;
  const request: ChatRequest = {
    messages: batchMessages(task, model.facts, context.nonce, batch, isRepair),
    schema: SCORE_SCHEMA,
    maxTokens: mostAnswerTokens(model.facts, batch.length),
    temperature: 0,
    signal,
    ...(deadlineAt === undefined ? {} : { deadlineAt }),
  };
  const reader = new ScoreReader(batch.map(({ id }) => id));
  const call = openCall(model, 'score', request, context.record);
  const take = (found: ReturnType<ScoreReader['push']>) => {
    for (const { id, score, reason } of found) context.take(id, score, reason);
  };
  let text = '';
  let usage: TokenUsage | undefined;
  let failure: ChatModelError | null = null;
  try {
    for await (const chunk of model.stream(call.request)) {
      if (chunk.type === 'text') {
        text += chunk.text;
        take(reader.push(chunk.text));
      } else {
        usage = chunk.answer.usage;
        take(reader.end(chunk.answer.finishReason !== 'length'));
      }
    }
  } catch (thrown) {
    failure = toChatModelError(thrown, signal);
    take(reader.end(false));
  }
  const { missing } = reader;
  const outcome = outcomeOf(batch.length, missing.length, failure);
  call.close({ outcome, error: failure, usage, text });
  return { missing, failure, hasSome: missing.length < batch.length };
}

function outcomeOf(asked: number, missing: number, failure: ChatModelError | null): ModelCall['outcome'] {
  if (missing === 0) return 'ok';
  if (missing < asked) return 'partial';
  return failure?.failure ?? 'bad_answer';
}
