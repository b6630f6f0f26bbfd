/**
 * Joining two rankings of the same documents. z-scores keep how far ahead a document is; reciprocal ranks
 * (Cormack, Clarke & Büttcher 2009) keep only the order. Which one is used was decided by measurement
 * (training/distil/README.md).
 */
export type Fusion = 'zScore' | 'reciprocalRank';

/**
 * The joined score of each document. Whoever asks asks for few of many, so nothing is written for the others.
 * @param share weight of the first list; the second's is 1 − `share`
 */
export function fuse(
  kind: Fusion,
  first: Float32Array,
  second: Float32Array,
  share: number,
): (document: number) => number {
  return kind === 'zScore' ? fuseByZScore(first, second, share) : fuseByRank(first, second, share);
}

function fuseByZScore(
  first: Float32Array,
  second: Float32Array,
  share: number,
): (document: number) => number {
  const a = zScoresOf(first);
  const b = zScoresOf(second);
  return (at) => share * (first[at]! - a.mean) * a.perUnit + (1 - share) * (second[at]! - b.mean) * b.perUnit;
}

/** Mean and variance. */
export function momentsOf(values: Float32Array): { mean: number; variance: number } {
  let sum = 0;
  let squares = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    sum += value;
    squares += value * value;
  }
  const mean = values.length ? sum / values.length : 0;
  return { mean, variance: values.length ? Math.max(0, squares / values.length - mean * mean) : 0 };
}

/** A straight line through a list's z-scores; equal values all score 0. */
function zScoresOf(values: Float32Array): { mean: number; perUnit: number } {
  const { mean, variance } = momentsOf(values);
  return { mean, perUnit: variance > 1e-12 ? 1 / Math.sqrt(variance) : 1 };
}

/** Ranks further down than this add next to nothing. */
const RANK_CONSTANT = 60;
const DEEPEST_RANK = 1000;

/** Σ share ÷ (60 + rank) over the best thousand of each list; documents at 0 or less are not ranked. */
function fuseByRank(first: Float32Array, second: Float32Array, share: number): (document: number) => number {
  const sum = new Float32Array(first.length);
  for (const { values, weight } of [
    { values: first, weight: share },
    { values: second, weight: 1 - share },
  ]) {
    const order: number[] = [];
    for (let at = 0; at < values.length; at++) if (values[at]! > 0) order.push(at);
    order.sort((a, b) => values[b]! - values[a]! || a - b);
    const depth = Math.min(order.length, DEEPEST_RANK);
    for (let rank = 0; rank < depth; rank++) sum[order[rank]!]! += weight / (RANK_CONSTANT + rank + 1);
  }
  return (document) => sum[document]!;
}
