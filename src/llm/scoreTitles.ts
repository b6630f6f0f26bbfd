import type { DegradedCode } from '../domain.ts';
import { type ChatModel, ChatModelError } from './chatModel.ts';
import { degradedBy } from './failures.ts';
import type { ModelCall } from './modelCall.ts';
import { planScoring, type ScoringTask } from './planScoring.ts';
import { newNonce } from './prompts/delimit.ts';
import { PROMPT_VERSION } from './prompts/version.ts';
import { scoreBatch } from './scoreBatch.ts';
import type { ScoreCache } from './scoreCache.ts';
import { scoreClassic } from './scoreClassic.ts';
import type { ScoringContext } from './scoringContext.ts';

export type { RatedTitle, TitleToScore } from './prompts/score.ts';
export { cacheKey, type CachedScore, type ScoreCache } from './scoreCache.ts';

export interface TitleScore {
  /** 0–5 (classic style: 1–5 on the same scale). */
  score: number;
  /** One plain sentence, at most 160 characters, or empty. */
  reason: string;
  isCached: boolean;
}

export interface ScoreTitlesOptions extends ScoringTask {
  model: ChatModel;
  signal: AbortSignal;
  /** Of the order in which titles are asked for: a number, or any text such as a run's id. */
  seed: number | string;
  /** `Date.now()` by which everything must be in. */
  deadlineAt?: number;
  nonce?: string;
  cache?: ScoreCache;
  /** Scores as they come, each title once. */
  onBatch?: (scores: Map<number, TitleScore>) => void;
  recordCall?: (call: ModelCall) => void;
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

/**
 * Scores titles 0–5 against the preferences: what the cache knows at once, the rest in shuffled batches, in parallel as far as the
 * model's concurrency allows, each score handed on as soon as it is complete in the stream. Never throws for what a model or its
 * server does: what is missing at the end is explained in `failure`.
 */
export async function scoreTitles(options: ScoreTitlesOptions): Promise<ScoreOutcome> {
  const { model, cache, seed } = options;
  const plan = await planScoring(options, model.facts, { seed, cache });
  const result: ScoreOutcome = {
    scores: new Map([...plan.cached].map(([movieId, one]) => [movieId, { ...one, isCached: true }])),
    calls: 0,
    cachedCalls: plan.cachedCalls,
    promptTokens: 0,
    completionTokens: 0,
  };
  if (result.scores.size > 0) options.onBatch?.(new Map(result.scores));
  const byId = new Map(plan.batches.flat().map(({ id, title }) => [id, title.movieId]));
  const fresh: { key: string; score: number; reason: string }[] = [];
  const context: ScoringContext = {
    task: options,
    model,
    signal: options.signal,
    deadlineAt: options.deadlineAt,
    nonce: options.nonce ?? newNonce(),
    take(id, score, reason) {
      const movieId = byId.get(id);
      if (movieId === undefined || result.scores.has(movieId)) return;
      const one: TitleScore = { score, reason, isCached: false };
      result.scores.set(movieId, one);
      fresh.push({ key: plan.keys.get(movieId)!, score, reason });
      options.onBatch?.(new Map([[movieId, one]]));
    },
    record(call) {
      result.calls++;
      result.promptTokens += call.promptTokens;
      result.completionTokens += call.completionTokens;
      options.recordCall?.(call);
    },
  };
  const work = plan.batches.map((batch) =>
    model.facts.style === 'classic' ? scoreClassic(context, batch[0]!) : scoreBatch(context, batch),
  );
  const failures = (await Promise.all(work)).filter((failure) => failure !== null);
  const entries = fresh.map((one) => ({ ...one, chatModel: model.facts.id, promptVersion: PROMPT_VERSION }));
  if (entries.length > 0) await cache?.put(entries).catch(() => {});
  const failure = explain(plan.keys.size, result.scores.size, failures);
  return failure ? { ...result, failure } : result;
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
