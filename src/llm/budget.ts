import type { ChatModelFacts } from './chatModel.ts';

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
  planned: { calls: number; usd: number | null },
): BudgetVerdict {
  const refuse = (reason: string): BudgetVerdict => ({ isAllowed: false, code: 'budget', reason });
  if (sums.userCalls + planned.calls > limits.userDailyCalls)
    return refuse('Your language model calls for today are used up: matched on text.');
  if (sums.siteCalls + planned.calls > limits.siteDailyCalls)
    return refuse("This site's language model calls for today are used up: matched on text.");
  const usd = planned.usd ?? 0;
  if (usd > 0 && sums.userUsd + usd > limits.userDailyUsd)
    return refuse('Your language model budget for today is used up: matched on text.');
  if (usd > 0 && sums.siteUsd + usd > limits.siteDailyUsd)
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
