/**
 * How the two parts of a score are put on one scale, mixed and ordered. One source for the server
 * (`src/recommender/blend.ts`) and the browser, so that moving the slider can never disagree with a reload.
 * Nothing here touches the page.
 */

export const SMALLEST_PART = 0.01;

/** @param {number} value */
const clampPart = (value) => Math.min(1, Math.max(SMALLEST_PART, value));

/**
 * Puts raw values on [.01, 1] inside one candidate set. All equal: .5 for all.
 * `range`: min–max, for the linear blend. `ratio`: value ÷ largest, what is not positive at .01, for the geometric mean.
 * `fifths`: a score of 0–5 ÷ 5, for a language model's scores.
 * @param {ArrayLike<number>} values
 * @param {'range' | 'ratio' | 'fifths'} how
 * @returns {number[]}
 */
export function scalePart(values, how) {
  const list = Array.from(values);
  let least = Infinity;
  let largest = -Infinity;
  for (const value of list) {
    if (value < least) least = value;
    if (value > largest) largest = value;
  }
  if (least === largest) return list.map(() => 0.5);
  if (how === 'fifths') return list.map((value) => clampPart(value / 5));
  if (how === 'range') return list.map((value) => clampPart((value - least) / (largest - least)));
  return list.map((value) => (value > 0 ? clampPart(value / largest) : SMALLEST_PART));
}

/**
 * The blend of one title. A part that is missing leaves the other alone; with neither, 0.
 * @param {number | null} taste scaled taste part
 * @param {number | null} fit scaled fit part
 * @param {number} weight importance ÷ 100
 * @param {'linear' | 'geometric'} kind
 * @returns {number}
 */
export function blendParts(taste, fit, weight, kind) {
  if (taste === null) return fit ?? 0;
  if (fit === null) return taste;
  return kind === 'geometric'
    ? Math.pow(taste, weight) * Math.pow(fit, 1 - weight)
    : weight * taste + (1 - weight) * fit;
}

/**
 * @typedef {{movieId: number, taste: number | null, fit: number | null, popularity: number}} Parts
 * @typedef {{movieId: number, blend: number, score: number}} Ranked
 */

/**
 * Best first; ties go to the more popular, then to the smaller movieId. `score` is 0–10 with the best title at 10.
 * @param {readonly Parts[]} candidates
 * @param {number} weight importance ÷ 100
 * @param {'linear' | 'geometric'} kind
 * @returns {Ranked[]}
 */
export function rankByBlend(candidates, weight, kind) {
  const rows = candidates.map((parts) => ({
    movieId: parts.movieId,
    popularity: parts.popularity,
    blend: blendParts(parts.taste, parts.fit, weight, kind),
  }));
  rows.sort((a, b) => b.blend - a.blend || b.popularity - a.popularity || a.movieId - b.movieId);
  const best = rows[0]?.blend ?? 0;
  return rows.map(({ movieId, blend }) => ({ movieId, blend, score: best > 0 ? 10 * (blend / best) : 0 }));
}

/**
 * The weight at which two titles swap places: where their blends cross, in closed form; null when they never do
 * inside (0, 1). Geometric blends cross where their logarithms do.
 * @param {Parts} a
 * @param {Parts} b
 * @param {'linear' | 'geometric'} kind
 * @returns {number | null}
 */
export function swapPoint(a, b, kind) {
  if (a.taste === null || a.fit === null || b.taste === null || b.fit === null) return null;
  const scale = kind === 'geometric' ? Math.log : (/** @type {number} */ value) => value;
  const taste = scale(a.taste) - scale(b.taste);
  const fit = scale(a.fit) - scale(b.fit);
  const weight = fit / (fit - taste);
  return Number.isFinite(weight) && weight > 0 && weight < 1 ? weight : null;
}
