import { createHash } from 'node:crypto';
import type { ChatModelFacts } from './chatModel.ts';
import { keyRatings, type RatedTitle, type TitleToScore } from './prompts/score.ts';
import { PROMPT_VERSION } from './prompts/version.ts';

export interface CachedScore {
  score: number;
  reason: string;
}

/** Scores that need not be asked for again; the store's, or none. Neither call may fail a list: errors are passed over. */
export interface ScoreCache {
  get(keys: readonly string[]): Promise<Map<string, CachedScore>>;
  put(
    entries: readonly (CachedScore & { key: string; chatModel: string; promptVersion: string })[],
  ): Promise<void>;
}

/** Case, accents, punctuation and spacing do not change what is wanted. */
const normalisePreferences = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * Which answer a score is: preferences, the ratings sent along (a reason may speak of them, so they never serve anybody else),
 * the title's facts, the model and the wording of the request. A SHA-256 in hex: nothing of the text can be read from it.
 */
export function cacheKey(
  preferences: string,
  title: TitleToScore,
  model: Pick<ChatModelFacts, 'id' | 'model' | 'style'>,
  ratings: readonly RatedTitle[] = [],
  promptVersion: string = PROMPT_VERSION,
): string {
  const { movieId, title: name, year, genres, directors, tags, plot } = title;
  const facts = [movieId, name, year, genres, directors, tags.slice(0, 8), plot ?? ''];
  const rated = keyRatings(ratings).map((one) => [one.title, one.year, one.rating]);
  const parts = [
    normalisePreferences(preferences),
    rated,
    facts,
    model.id,
    model.model,
    model.style,
    promptVersion,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
