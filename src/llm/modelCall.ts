import { costUsd } from './budget.ts';
import {
  type ChatFailure, type ChatMessage, type ChatModel, type ChatModelError, type ChatRequest, type TokenUsage,
} from './chatModel.ts'; // prettier-ignore
import { estimateMessageTokens, estimateTokens } from './tokens.ts';

/** One request that left for a chat model, as a row for the books. */
export interface ModelCall {
  chatModel: string;
  purpose: 'understand' | 'score';
  promptTokens: number;
  completionTokens: number;
  /** null when the price is not known. */
  costUsd: number | null;
  ms: number;
  outcome: 'ok' | 'partial' | ChatFailure;
  httpStatus: number | null;
  /** Word for word what was sent: for the person it is about, and for whoever switched logging on. */
  messages: ChatMessage[];
}

interface CallResult {
  outcome: ModelCall['outcome'];
  /** What ended it without an answer. */
  error?: ChatModelError | null;
  usage?: TokenUsage | undefined;
  text?: string;
}

/**
 * Opens the books for one call. Every request that leaves is one entry, failed tries before a retry too; a call that never
 * left (it waited for its turn until the deadline, the circuit was open, nobody was at the address) is none.
 */
export function openCall(
  model: ChatModel,
  purpose: ModelCall['purpose'],
  request: ChatRequest,
  record: (call: ModelCall) => void,
): { request: ChatRequest; close(result: CallResult): void } {
  let startedAt = performance.now();
  const enter = ({ outcome, error, usage, text = '' }: CallResult): void => {
    const tokens = usage ?? usageWithout(request, text, error);
    record({
      chatModel: model.facts.id,
      purpose,
      promptTokens: tokens.promptTokens,
      completionTokens: tokens.completionTokens,
      costUsd: costUsd(model.facts.price, tokens),
      ms: Math.round(performance.now() - startedAt),
      outcome,
      httpStatus: error?.httpStatus ?? null,
      messages: request.messages,
    });
    startedAt = performance.now();
  };
  return {
    request: { ...request, onFailedTry: (error) => enter({ outcome: error.failure, error }) },
    close(result) {
      if (result.error?.wasSent !== false) enter(result);
    },
  };
}

/** Nobody counted: a refused request (an HTTP error) used nothing, any other is counted by our estimate. */
function usageWithout(
  request: ChatRequest,
  text: string,
  error: ChatModelError | null | undefined,
): Pick<TokenUsage, 'promptTokens' | 'completionTokens'> {
  if ((error?.httpStatus ?? 0) >= 400) return { promptTokens: 0, completionTokens: 0 };
  return { promptTokens: estimateMessageTokens(request.messages), completionTokens: estimateTokens(text) };
}
