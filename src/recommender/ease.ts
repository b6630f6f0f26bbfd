/**
 * Serving EASE (Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019): the score of title j is
 * `s_j = Σ_i x_i · B_ij`, so row i of B holds what a rating of title i says about every other title. B is not symmetric.
 *
 * Goals: no memory of catalogue size per request (the caller brings one buffer and reuses it), and reasons that are the
 * score's own arithmetic. Not a goal: hiding what was rated or excluded; that is ranking's job.
 */
export interface ModelHeader {
  /** Of the file format. */
  version: number;
  algorithm: string;
  parameters: Record<string, number | string | boolean>;
  /** SHA-256 of the ratings it was trained on (training/ratingsFile.ts). */
  dataHash: string;
  titles: number;
  /** Stored weights. */
  entries: number;
  valueType: 'f32' | 'f16';
  columnType: 'u16' | 'u32';
  /** ISO 8601. */
  trainedAt: string;
}

export interface EaseModel {
  header: ModelHeader;
  /** movieId of each index, most rated title first. */
  movieIds: Int32Array;
  indexOf: Map<number, number>;
  /** n_j: the weight of the ratings title j was trained on (diagonal of the Gram matrix). */
  counts: Float32Array;
  /** Row i, the rated title, holds entries rowStart[i] … rowStart[i + 1] − 1. */
  rowStart: Uint32Array;
  /** Column j of each entry, the title scored; ascending inside a row, never the diagonal. */
  columns: Uint16Array | Uint32Array;
  /** B_ij of each entry. */
  values: Float32Array;
}

/** One rated title of a profile: `value` is x_i, see `foldInValue`. No index may stand twice. */
export interface ProfileEntry {
  index: number;
  value: number;
}

/** Strength of a dislike (ALGORITHMS: fewer disliked titles in the top ten for at most 1 % of nDCG). */
const DISLIKE = -0.25;

/** What a rating of 0.5–5 counts in x: a like 1, a middling rating one half, a dislike a little against. */
export function foldInValue(rating: number): number {
  if (rating >= 4) return 1;
  if (rating >= 3) return 0.5;
  return rating <= 2 ? DISLIKE : 0;
}

/**
 * Scores of all titles for one profile, `s = x·B`.
 * @param out overwritten; as long as the model has titles
 */
export function scoreProfile(
  model: EaseModel,
  profile: readonly ProfileEntry[],
  out: Float32Array,
): Float32Array {
  const { rowStart, columns, values } = model;
  out.fill(0);
  for (const { index, value } of profile) {
    if (value === 0) continue;
    const end = rowStart[index + 1]!;
    for (let at = rowStart[index]!; at < end; at++) out[columns[at]!]! += value * values[at]!;
  }
  return out;
}

/** B_ij, 0 where nothing is stored. */
export function weightOf(model: EaseModel, i: number, j: number): number {
  const { rowStart, columns, values } = model;
  let low = rowStart[i]!;
  let high = rowStart[i + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (columns[middle]! < j) low = middle + 1;
    else high = middle;
  }
  return low < rowStart[i + 1]! && columns[low] === j ? values[low]! : 0;
}

/**
 * What each rating of the profile adds to the score of title j: `x_i · B_ij`, in the profile's order. The sum is the
 * score; leaving one out gives exactly the score without that rating.
 */
export function contributions(
  model: EaseModel,
  profile: readonly ProfileEntry[],
  j: number,
): { index: number; weight: number }[] {
  return profile.map(({ index, value }) => ({
    index,
    weight: value === 0 ? 0 : value * weightOf(model, index, j),
  }));
}

/**
 * The `n` titles that liking title i speaks for most: the largest positive weights of its row, best first (ties: the more
 * rated title, which has the smaller index).
 */
export function neighbours(model: EaseModel, i: number, n: number): { index: number; weight: number }[] {
  const found: { index: number; weight: number }[] = [];
  for (let at = model.rowStart[i]!; at < model.rowStart[i + 1]!; at++) {
    const weight = model.values[at]!;
    if (weight > 0) found.push({ index: model.columns[at]!, weight });
  }
  return found.sort((a, b) => b.weight - a.weight || a.index - b.index).slice(0, n);
}
