import { estimateMessageTokens } from './tokens.ts';
import type { ChatMessage, ChatModelFacts } from './chatModel.ts';

/** Daily caps of the settings (`budget`). */
export interface BudgetLimits {
  userDailyCalls: number;
  siteDailyCalls: number;
  userDailyUsd: number;
  siteDailyUsd: number;
}

/** What was used since midnight. For a visitor the user's sums are those of the visitor, or 0. */
export interface BudgetSums {
  userCalls: number;
  userUsd: number;
  siteCalls: number;
  siteUsd: number;
}

export type BudgetVerdict = { isAllowed: true } | { isAllowed: false; code: 'budget'; reason: string };

/** May calls of this size still be made today? A cap of 0 calls switches the language model off. */
export function checkBudget(
  limits: BudgetLimits,
  sums: BudgetSums,
  planned: { calls: number; usd: number },
): BudgetVerdict {
  const refuse = (reason: string): BudgetVerdict => ({ isAllowed: false, code: 'budget', reason });
  if (sums.userCalls + planned.calls > limits.userDailyCalls)
    return refuse('Your language model calls for today are used up: matched on text.');
  if (sums.siteCalls + planned.calls > limits.siteDailyCalls)
    return refuse("This site's language model calls for today are used up: matched on text.");
  if (planned.usd > 0 && sums.userUsd + planned.usd > limits.userDailyUsd)
    return refuse('Your language model budget for today is used up: matched on text.');
  if (planned.usd > 0 && sums.siteUsd + planned.usd > limits.siteDailyUsd)
    return refuse("This site's language model budget for today is used up: matched on text.");
  return { isAllowed: true };
}

/** US dollars for tokens at a price per million; null when the price is not known. */
export function costUsd(
  price: ChatModelFacts['price'],
  tokens: { promptTokens: number; completionTokens: number },
): number | null {
  if (!price) return null;
  return (tokens.promptTokens * price.input + tokens.completionTokens * price.output) / 1_000_000;
}

/** Before a call: its prompt as it is, its answer at the most it may be. */
export function estimateCostUsd(
  price: ChatModelFacts['price'],
  messages: readonly ChatMessage[],
  maxTokens: number,
): number | null {
  return costUsd(price, { promptTokens: estimateMessageTokens(messages), completionTokens: maxTokens });
}

/** One understanding call. */
const UNDERSTAND_TOKENS = { prompt: 900, completion: 250 };
const SCORE_TOKENS = { rules: 420, promptPerTitle: 130, completionPerTitle: 38 };

/** A whole prompt before anything is known of it: one call to read it, the rest to score `titles`. */
export function estimatePrompt(
  price: ChatModelFacts['price'],
  prompt: { titles: number; calls: number; promptTokens: number },
): { calls: number; promptTokens: number; completionTokens: number; usd: number } {
  const promptTokens =
    UNDERSTAND_TOKENS.prompt +
    prompt.promptTokens +
    prompt.calls * (SCORE_TOKENS.rules + prompt.promptTokens) +
    prompt.titles * SCORE_TOKENS.promptPerTitle;
  const completionTokens = UNDERSTAND_TOKENS.completion + prompt.titles * SCORE_TOKENS.completionPerTitle;
  return {
    calls: prompt.calls + 1,
    promptTokens,
    completionTokens,
    usd: costUsd(price, { promptTokens, completionTokens }) ?? 0,
  };
}
