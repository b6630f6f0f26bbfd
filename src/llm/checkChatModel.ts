import type { ChatModel } from './chatModel.ts';
import { toChatModelError } from './failures.ts';
import { parseObject } from './parse.ts';

export interface ChatModelCheck {
  /** Reachable and its JSON works. */
  isUsable: boolean;
  isReachable: boolean;
  /** The answer could be read as the JSON that was asked for. */
  isJsonRight: boolean;
  /** Milliseconds until the first piece of the answer, and until it was complete. */
  firstMs?: number;
  ms?: number;
  tokensPerSecond?: number;
  /** One line of what is wrong. */
  problem?: string;
}

const SCHEMA = {
  name: 'check',
  jsonSchema: {
    type: 'object',
    properties: { capital: { type: 'string' }, numbers: { type: 'array', items: { type: 'integer' } } },
    required: ['capital', 'numbers'],
    additionalProperties: false,
  },
};

/** One small streamed call: is the model there, does it answer in JSON, how fast. Never throws. */
export async function checkChatModel(model: ChatModel, signal?: AbortSignal): Promise<ChatModelCheck> {
  const check: ChatModelCheck = { isUsable: false, isReachable: false, isJsonRight: false };
  const startedAt = performance.now();
  try {
    for await (const chunk of model.stream({
      messages: [
        {
          role: 'system',
          content: 'Answer with one JSON object and nothing else: {"capital":"…","numbers":[1,2,3]}',
        },
        { role: 'user', content: 'The capital of France, and the numbers from 1 to 5.' },
      ],
      schema: SCHEMA,
      maxTokens: 80,
      temperature: 0,
      signal: signal ?? AbortSignal.timeout(model.facts.timeoutMs),
    })) {
      check.isReachable = true;
      check.firstMs ??= Math.round(performance.now() - startedAt);
      if (chunk.type === 'text') continue;
      check.ms = Math.round(performance.now() - startedAt);
      check.tokensPerSecond = Math.round(
        (chunk.answer.usage.completionTokens * 1000) / Math.max(1, check.ms),
      );
      const answer = parseObject(chunk.answer.text);
      check.isJsonRight = typeof answer?.['capital'] === 'string' && Array.isArray(answer['numbers']);
    }
    check.isUsable = check.isJsonRight;
    if (!check.isJsonRight)
      check.problem = 'answers, but not in the JSON asked for: set "json" to "object" or "text"';
  } catch (thrown) {
    const error = toChatModelError(thrown, signal);
    check.isReachable ||= error.httpStatus !== undefined || error.failure === 'bad_answer';
    check.problem = adviceFor(error.failure, error.message);
  }
  return check;
}

function adviceFor(failure: string, message: string): string {
  if (failure === 'refused_credentials') return `${message}: check the key`;
  if (failure === 'unreachable') return `${message}: check baseUrl and whether the server runs`;
  if (failure === 'rate_limited') return `${message}: too many requests, or no credit left`;
  if (failure === 'bad_request') return `${message}: check the model's name`;
  return message;
}
