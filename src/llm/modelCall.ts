import { costUsd } from './budget.ts';
import type { ChatFailure, ChatModel, ChatRequest, TokenUsage } from './chatModel.ts';
import { estimateMessageTokens, estimateTokens } from './tokens.ts';

/** One call to a chat model, as a row for the books. The texts are for whoever switched their logging on. */
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
  promptText: string;
}

/** A call that did not come through is counted by our estimate: what was sent was sent. */
export function modelCall(
  model: ChatModel,
  purpose: ModelCall['purpose'],
  request: ChatRequest,
  result: {
    ms: number;
    outcome: ModelCall['outcome'];
    httpStatus?: number | undefined;
    usage?: TokenUsage | undefined;
    text?: string;
  },
): ModelCall {
  const wasSent = result.outcome !== 'circuit_open' && result.outcome !== 'budget';
  const promptTokens = result.usage?.promptTokens ?? (wasSent ? estimateMessageTokens(request.messages) : 0);
  const completionTokens = result.usage?.completionTokens ?? estimateTokens(result.text ?? '');
  return {
    chatModel: model.facts.id,
    purpose,
    promptTokens,
    completionTokens,
    costUsd: costUsd(model.facts.price, { promptTokens, completionTokens }),
    ms: Math.round(result.ms),
    outcome: result.outcome,
    httpStatus: result.httpStatus ?? null,
    promptText: request.messages.map(({ role, content }) => `${role}: ${content}`).join('\n\n'),
  };
}
