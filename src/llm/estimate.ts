import { callsFor } from './batches.ts';
import { costUsd } from './budget.ts';
import type { ChatMessage, ChatModelFacts } from './chatModel.ts';
import { readingMessages } from './understandPrompt.ts';
import { estimateMessageTokens, estimateTokens } from './tokens.ts';
import { scoreRules } from './prompts/score.ts';

/** What is expected of calls that are not made yet. */
export interface Estimate {
  calls: number;
  promptTokens: number;
  completionTokens: number;
  /** null when the price of a model in it is not known. */
  usd: number | null;
}

/** A call that is about to be made: to whom, how many titles it scores (0: it reads the prompt), and its very words. */
export interface PlannedCall {
  facts: ChatModelFacts;
  titles: number;
  messages: ChatMessage[];
}

/** What a usual answer takes: a reading, and a score with its sentence. */
const READING_ANSWER_TOKENS = 220;
const SCORE_ANSWER_TOKENS = 32;
/** A candidate with its passages of plot, as a line of JSON; in the classic style, with its question. */
const CANDIDATE_TOKENS = 135;
const CLASSIC_CANDIDATE_TOKENS = 330;

const NOTHING: Estimate = { calls: 0, promptTokens: 0, completionTokens: 0, usd: 0 };

/** Of calls whose words are known. */
export const estimateCalls = (calls: readonly PlannedCall[]): Estimate =>
  calls.map(({ facts, titles, messages }) => estimateOf(facts, 1, estimateMessageTokens(messages), titles)).reduce(sumOf, NOTHING); // prettier-ignore

/**
 * Of a prompt of which nothing is known yet: one call reads it, the others score `titles`.
 * @param models null: that part takes no model
 */
export function estimatePrompt(
  models: { understand: ChatModelFacts | null; score: ChatModelFacts | null },
  { prompt, titles }: { prompt: string; titles: number },
): Estimate {
  const { understand, score } = models;
  const reading = understand
    ? estimateOf(understand, 1, estimateMessageTokens(readingMessages(understand, prompt, '')), 0)
    : NOTHING;
  if (!score) return reading;
  const isClassic = score.style === 'classic';
  const calls = isClassic ? titles : callsFor(titles);
  const each = isClassic ? CLASSIC_CANDIDATE_TOKENS : CANDIDATE_TOKENS;
  const shared = isClassic ? 0 : estimateTokens(scoreRules(score.json)) + estimateTokens(prompt) + 60;
  return sumOf(reading, estimateOf(score, calls, calls * shared + titles * each, titles));
}

function estimateOf(facts: ChatModelFacts, calls: number, promptTokens: number, titles: number): Estimate {
  const completionTokens = titles === 0 ? READING_ANSWER_TOKENS : titles * SCORE_ANSWER_TOKENS;
  return { calls, promptTokens, completionTokens, usd: costUsd(facts.price, { promptTokens, completionTokens }) }; // prettier-ignore
}

const sumOf = (a: Estimate, b: Estimate): Estimate => ({
  calls: a.calls + b.calls,
  promptTokens: a.promptTokens + b.promptTokens,
  completionTokens: a.completionTokens + b.completionTokens,
  usd: a.usd === null || b.usd === null ? null : a.usd + b.usd,
});
