import { callsFor, shuffle, splitEvenly } from './batches.ts';
import type { ChatMessage, ChatModelFacts } from './chatModel.ts';
import { classicScoreMessages } from './classic.ts';
import { type RatedTitle, scoreMessages, type TitleToScore } from './prompts/score.ts';
import { shortId } from './readScores.ts';
import { type CachedScore, cacheKey, type ScoreCache } from './scoreCache.ts';

/** One title's way through scoring. */
export interface OpenTitle {
  id: string;
  title: TitleToScore;
}

/** What is to be scored, and for whom. */
export interface ScoringTask {
  preferences: string;
  ratings: readonly RatedTitle[];
  titles: readonly TitleToScore[];
}

/** Which calls a scoring takes: what the cache knows needs none, the rest goes in shuffled batches, one title a call in the classic style. */
export interface ScoringPlan {
  /** By movieId. */
  cached: Map<number, CachedScore>;
  /** Cache key of every title, by movieId. */
  keys: Map<number, string>;
  /** One entry a call; a title whose score is known unasked (classic style, no plot) stands in one, too. */
  batches: OpenTitle[][];
  /** Calls that the cache made unnecessary. */
  cachedCalls: number;
}

/** @param seed of the order in which titles are asked for: a number, or any text such as a run's id */
export async function planScoring(
  task: ScoringTask,
  facts: ChatModelFacts,
  options: { seed: number | string; cache?: ScoreCache | undefined },
): Promise<ScoringPlan> {
  const titles = [...new Map(task.titles.map((title) => [title.movieId, title])).values()];
  const keys = new Map(
    titles.map((title) => [title.movieId, cacheKey(task.preferences, title, facts, task.ratings)]),
  );
  const cached = await readCache(keys, options.cache);
  const open = shuffle(
    titles.filter(({ movieId }) => !cached.has(movieId)),
    options.seed,
  ).map((title, at): OpenTitle => ({ id: shortId(at + 1), title }));
  const callsOf = (count: number) => (facts.style === 'classic' ? count : callsFor(count));
  return {
    cached,
    keys,
    batches: splitEvenly(open, callsOf(open.length)),
    cachedCalls: callsOf(titles.length) - callsOf(open.length),
  };
}

async function readCache(
  keys: ReadonlyMap<number, string>,
  cache: ScoreCache | undefined,
): Promise<Map<number, CachedScore>> {
  const found = new Map<number, CachedScore>();
  if (!cache || keys.size === 0) return found;
  const known = await cache.get([...keys.values()]).catch(() => new Map<string, never>());
  for (const [movieId, key] of keys) {
    const score = known.get(key);
    if (score) found.set(movieId, score);
  }
  return found;
}

/** Exactly what is sent for one batch of a plan. */
export function batchMessages(
  task: Pick<ScoringTask, 'preferences' | 'ratings'>,
  facts: Pick<ChatModelFacts, 'json' | 'style'>,
  nonce: string,
  batch: readonly OpenTitle[],
  isRepair = false,
): ChatMessage[] {
  const { preferences, ratings } = task;
  const [first] = batch;
  if (facts.style === 'classic' && first) return classicScoreMessages(preferences, ratings, first.title);
  return scoreMessages({ preferences, ratings, candidates: batch, nonce, json: facts.json, isRepair });
}

/** The most tokens one title's score and reason may take. */
const ANSWER_TOKENS_PER_TITLE = 70;
const CLASSIC_ANSWER_TOKENS = 80;

export const mostAnswerTokens = ({ style }: Pick<ChatModelFacts, 'style'>, titles: number): number =>
  style === 'classic' ? CLASSIC_ANSWER_TOKENS : 60 + titles * ANSWER_TOKENS_PER_TITLE;
