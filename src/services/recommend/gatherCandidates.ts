import type { Filters, Rating } from '../../domain.ts';
import { contributions, foldInValue, scoreProfile } from '../../recommender/ease.ts';
import { explainScore } from '../../recommender/explain.ts';
import { dialPopularity, popularityDial } from '../../recommender/taste.ts';
import { topPositions } from '../../topPositions.ts';
import type { Because, TasteMethod } from '../../domain.ts';
import { makeFilter, type Catalogue } from '../catalogue.ts';
import type { Library } from '../library.ts';
import { oncePer } from '../oncePer.ts';
import { rememberAnswers } from '../remember.ts';

/** How many of the best of each side become candidates, at least. */
export const CANDIDATES_PER_SIDE = 100;

/** The taste side of one request: a value for every row of the catalogue. */
export interface Taste {
  method: TasteMethod;
  /** What orders and scales: the dialled EASE score, or log-popularity. */
  values: Float32Array;
  /** Unscaled EASE score of a row and the ratings behind it; 0 and none under popularity and outside the model. */
  reasonOf(row: number): { raw: number; because: Because[] };
}

/**
 * Scores the whole catalogue for a profile. Without a rating that the model knows, taste is popularity.
 * @param popularityExponent the popularity dial a
 */
export function scoreTaste(library: Library, ratings: readonly Rating[], popularityExponent: number): Taste {
  const { model, catalogue, indexOfRow, rowOfIndex } = library;
  const profile = (model ? ratings : []).flatMap(({ movieId, rating }) => {
    const index = model!.indexOf.get(movieId);
    const value = foldInValue(rating);
    return index === undefined || value === 0 ? [] : [{ index, value }];
  });
  if (!model || profile.length === 0) {
    return {
      method: 'popularity',
      values: logPopularityOf(catalogue),
      reasonOf: () => ({ raw: 0, because: [] }),
    };
  }
  const raw = scoreProfile(model, profile, new Float32Array(model.movieIds.length));
  const values = new Float32Array(catalogue.size);
  const dial = dialsOf(library, String(popularityExponent), () =>
    popularityDial(model.counts, popularityExponent),
  );
  for (let index = 0; index < raw.length; index++) {
    const score = raw[index]!;
    // Most of the catalogue has nothing to do with a profile: its score is 0 whatever the dial says.
    if (score === 0 || rowOfIndex[index]! < 0) continue;
    values[rowOfIndex[index]!] = dialPopularity(score, dial[index]!);
  }
  const inputsOf = (row: number) => {
    const index = indexOfRow[row]!;
    if (index < 0) return [];
    return contributions(model, profile, index).map((input) => ({
      movieId: model.movieIds[input.index]!,
      weight: input.weight,
    }));
  };
  return {
    method: 'cf',
    values,
    reasonOf(row) {
      const inputs = inputsOf(row);
      return { raw: inputs.reduce((sum, { weight }) => sum + weight, 0), because: explainScore(inputs) };
    },
  };
}

/** Powers of all counts take longer than the scores; people leave the dial where it is. */
const dialsOf = rememberAnswers<Float64Array>(8);

/** Popularity on a logarithmic scale. */
const logPopularityOf = oncePer(({ popularity }: Catalogue) => popularity.map((count) => Math.log1p(count)));

/** Which rows may be recommended at all: not retired, not rated, not hidden, and inside the filters. */
export function allowedRows(
  library: Library,
  excludedMovieIds: ReadonlySet<number>,
  filters: Filters,
): (row: number) => boolean {
  const passes = makeFilter(filters);
  const { titles } = library.catalogue;
  return (row) => {
    const title = titles[row]!;
    return !title.isRetired && !excludedMovieIds.has(title.movieId) && passes(title);
  };
}

/**
 * The union of the best by taste and the best by fit.
 * @param fit one value a row, 0 = no match; null when nothing was asked of it
 * @returns rows, the best by taste first
 */
export function gatherCandidates(
  taste: Float32Array,
  fit: Float32Array | null,
  isAllowed: (row: number) => boolean,
  k: number,
): number[] {
  const perSide = Math.max(CANDIDATES_PER_SIDE, k);
  const rows = new Set(topPositions(taste, perSide, isAllowed));
  if (fit) for (const row of topPositions(fit, perSide, isAllowed, 0)) rows.add(row);
  return [...rows];
}
