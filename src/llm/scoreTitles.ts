import type { DegradedCode } from '../domain.ts';
import { callsFor, shuffle, splitEvenly } from './batches.ts';
import { type ChatModel, ChatModelError } from './chatModel.ts';
import { degradedBy } from './failures.ts';
import type { ModelCall } from './modelCall.ts';
import { newNonce } from './prompts/delimit.ts';
import type { RatedTitle, TitleToScore } from './prompts/score.ts';
import { PROMPT_VERSION } from './prompts/version.ts';
import { shortId } from './readScores.ts';
import { scoreBatch } from './scoreBatch.ts';
import { cacheKey, type ScoreCache } from './scoreCache.ts';
import { scoreClassic } from './scoreClassic.ts';

export type { RatedTitle, TitleToScore } from './prompts/score.ts';
export { cacheKey, type CachedScore, type ScoreCache } from './scoreCache.ts';
/** One call as a row for the books (`llm_calls`). */
export type ScoreCall = ModelCall;

export interface TitleScore {
  /** 0–5 (classic style: 1–5 on the same scale). */
  score: number;
  /** One plain sentence, at most 160 characters, or empty. */
  reason: string;
  isCached: boolean;
}

export interface ScoreTitlesOptions {
  model: ChatModel;
  preferences: string;
  ratings: readonly RatedTitle[];
  titles: readonly TitleToScore[];
  signal: AbortSignal;
  /** Of the order in which titles are asked for: a number, or any text such as a run's id. */
  seed: number | string;
  /** `Date.now()` by which everything must be in. */
  deadlineAt?: number;
  nonce?: string;
  cache?: ScoreCache;
  /** Scores as they come, each title once. */
  onBatch?: (scores: Map<number, TitleScore>) => void;
  recordCall?: (call: ScoreCall) => void;
}

export interface ScoreOutcome {
  scores: Map<number, TitleScore>;
  calls: number;
  /** Calls that the cache made unnecessary. */
  cachedCalls: number;
  promptTokens: number;
  completionTokens: number;
  /** Why titles are without a score: `partial` when some have one. */
  failure?: { code: DegradedCode; reason: string };
}

/** One title's way through scoring. */
export interface OpenTitle {
  id: string;
  title: TitleToScore;
}

/** What one batch or one classic call needs to do its part. */
export interface ScoringContext {
  options: ScoreTitlesOptions;
  nonce: string;
  take(id: string, score: number, reason: string): void;
  record(call: ScoreCall): void;
}

/**
 * Scores titles 0–5 against the preferences: what the cache knows at once, the rest in shuffled batches, in parallel as far as the
 * model's concurrency allows, each score handed on as soon as it is complete in the stream. Never throws for what a model or its
 * server does: what is missing at the end is explained in `failure`.
 */
export async function scoreTitles(options: ScoreTitlesOptions): Promise<ScoreOutcome> {
  const { model, titles, cache, seed } = options;
  const isClassic = model.facts.style === 'classic';
  const result: ScoreOutcome = {
    scores: new Map(),
    calls: 0,
    cachedCalls: 0,
    promptTokens: 0,
    completionTokens: 0,
  };
  const unique = [...new Map(titles.map((title) => [title.movieId, title])).values()];
  const keys = new Map(
    unique.map((title) => [
      title.movieId,
      cacheKey(options.preferences, title, model.facts, options.ratings),
    ]),
  );
  await takeFromCache(options, keys, result);

  const left = unique.filter(({ movieId }) => !result.scores.has(movieId));
  const open = shuffle(left, seed).map((title, at): OpenTitle => ({ id: shortId(at + 1), title }));
  const planned = (count: number) => (isClassic ? count : callsFor(count));
  result.cachedCalls = planned(unique.length) - planned(left.length);
  const byId = new Map(open.map(({ id, title }) => [id, title.movieId]));
  const fresh: { key: string; score: number; reason: string }[] = [];
  const context: ScoringContext = {
    options,
    nonce: options.nonce ?? newNonce(),
    take(id, score, reason) {
      const movieId = byId.get(id);
      if (movieId === undefined || result.scores.has(movieId)) return;
      const one: TitleScore = { score, reason, isCached: false };
      result.scores.set(movieId, one);
      fresh.push({ key: keys.get(movieId)!, score, reason });
      options.onBatch?.(new Map([[movieId, one]]));
    },
    record(call) {
      result.calls++;
      result.promptTokens += call.promptTokens;
      result.completionTokens += call.completionTokens;
      options.recordCall?.(call);
    },
  };
  const work = isClassic
    ? open.map((one) => scoreClassic(context, one))
    : splitEvenly(open, callsFor(open.length)).map((batch) => scoreBatch(context, batch));
  const failures = (await Promise.all(work)).filter((failure) => failure !== null);
  const entries = fresh.map((one) => ({ ...one, chatModel: model.facts.id, promptVersion: PROMPT_VERSION }));
  if (entries.length > 0) await cache?.put(entries).catch(() => {});
  const failure = explain(unique.length, result.scores.size, failures);
  return failure ? { ...result, failure } : result;
}

async function takeFromCache(
  options: ScoreTitlesOptions,
  keys: ReadonlyMap<number, string>,
  result: ScoreOutcome,
): Promise<void> {
  if (!options.cache || keys.size === 0) return;
  const known = await options.cache.get([...keys.values()]).catch(() => new Map<string, never>());
  for (const [movieId, key] of keys) {
    const found = known.get(key);
    if (found) result.scores.set(movieId, { score: found.score, reason: found.reason, isCached: true });
  }
  if (result.scores.size > 0) options.onBatch?.(new Map(result.scores));
}

/** The failure that most batches had; `partial` with its sentence when some scores are in. */
function explain(
  wanted: number,
  scored: number,
  failures: ChatModelError[],
): ScoreOutcome['failure'] | undefined {
  if (scored >= wanted) return undefined;
  const counts = new Map<string, number>();
  for (const { failure } of failures) counts.set(failure, (counts.get(failure) ?? 0) + 1);
  const most = [...failures].sort((a, b) => counts.get(b.failure)! - counts.get(a.failure)!)[0];
  const why = degradedBy(most ?? new ChatModelError('bad_answer', 'titles were left out'));
  if (scored === 0) return why;
  const reason = most ? why.reason : 'The language model left them out.';
  return {
    code: 'partial',
    reason: `${wanted - scored} of ${wanted} titles were matched on text. ${reason}`,
  };
}
