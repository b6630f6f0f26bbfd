import type { BlendKind, Candidate, CandidateFit } from '../../domain.ts';
import { type Parts, scalePart } from '../../recommender/blend.ts';
import type { Library } from '../library.ts';
import type { Taste } from './gatherCandidates.ts';

/** The fit of one row before scaling: `value` is 0–5 for a language model, any scale for text and tags. */
export interface RawFit {
  value: number;
  by: CandidateFit['by'];
  reason?: string;
  matched?: CandidateFit['matched'];
}

/**
 * Scales both parts inside the candidate set and puts them together. `fits` stands in the order of `rows`; null when
 * no fit was asked for.
 */
export function blendCandidates(
  library: Library,
  rows: readonly number[],
  taste: Taste,
  fits: readonly RawFit[] | null,
  kind: BlendKind,
): Candidate[] {
  const how = kind === 'geometric' ? 'ratio' : 'range';
  const tasteParts = scalePart(
    rows.map((row) => taste.values[row]!),
    how,
  );
  const isByModel = fits?.some((fit) => fit.by === 'llm') ?? false;
  const fitParts = fits && scalePart(fits.map((fit) => fit.value), isByModel ? 'fifths' : how); // prettier-ignore
  return rows.map((row, at) => ({
    movieId: library.catalogue.titles[row]!.movieId,
    popularity: library.catalogue.popularity[row]!,
    cf: taste.method === 'none' ? null : { score: tasteParts[at]!, ...taste.reasonOf(row) },
    fit: fits && fitParts ? withScore(fits[at]!, fitParts[at]!) : null,
  }));
}

function withScore({ by, reason, matched }: RawFit, score: number): CandidateFit {
  return { score, by, ...(reason ? { reason } : {}), ...(matched?.length ? { matched } : {}) };
}

/** What the blend needs of a candidate. */
export const partsOf = (candidate: Candidate): Parts => ({
  movieId: candidate.movieId,
  taste: candidate.cf?.score ?? null,
  fit: candidate.fit?.score ?? null,
  popularity: candidate.popularity,
});

/**
 * Fills in what a language model left out: the text fit, min–max scaled onto the range of the model's own scores in
 * this set; the median of those scores where there is no text score.
 * @param byModel scores 0–5 by row
 * @param text text score by row, 0 = no match
 */
export function fillByText(
  rows: readonly number[],
  byModel: ReadonlyMap<number, { score: number; reason: string }>,
  text: Float32Array,
  matched: (row: number) => string[],
): RawFit[] {
  const given = rows.flatMap((row) => byModel.get(row)?.score ?? []).sort((a, b) => a - b);
  const low = given[0] ?? 0;
  const high = given.at(-1) ?? 5;
  const median = given[given.length >> 1] ?? (low + high) / 2;
  const missing = rows.filter((row) => !byModel.has(row) && text[row]! > 0).map((row) => text[row]!);
  const least = Math.min(...missing);
  const span = Math.max(...missing) - least;
  return rows.map((row) => {
    const scored = byModel.get(row);
    if (scored)
      return { value: scored.score, by: 'llm', ...(scored.reason ? { reason: scored.reason } : {}) };
    if (text[row]! <= 0) return { value: median, by: 'text' };
    const place = span > 0 ? (text[row]! - least) / span : 0.5;
    return { value: low + place * (high - low), by: 'text', matched: matched(row) };
  });
}
