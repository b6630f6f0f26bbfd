/**
 * Joining two rankings of the same documents. z-scores keep how far ahead a document is; reciprocal ranks
 * (Cormack, Clarke & Büttcher 2009) keep only the order. Which one is used was decided by measurement
 * (training/distil/README.md).
 */
export type Fusion = 'zScore' | 'reciprocalRank';

/** Weight of the first list against the second is `share` to 1 − `share`. */
export function fuse(
  kind: Fusion,
  first: Float32Array,
  second: Float32Array,
  share: number,
  out: Float32Array,
): void {
  if (kind === 'zScore') fuseByZScore(first, second, share, out);
  else fuseByRank(first, second, share, out);
}

function fuseByZScore(first: Float32Array, second: Float32Array, share: number, out: Float32Array): void {
  const a = momentsOf(first);
  const b = momentsOf(second);
  for (let at = 0; at < out.length; at++)
    out[at] =
      (share * (first[at]! - a.mean)) / a.deviation + ((1 - share) * (second[at]! - b.mean)) / b.deviation;
}

/** Mean and standard deviation; the deviation of equal values is 1, so that they score 0. */
function momentsOf(values: Float32Array): { mean: number; deviation: number } {
  let sum = 0;
  let squares = 0;
  for (let at = 0; at < values.length; at++) {
    sum += values[at]!;
    squares += values[at]! * values[at]!;
  }
  const mean = values.length ? sum / values.length : 0;
  const variance = values.length ? squares / values.length - mean * mean : 0;
  return { mean, deviation: variance > 1e-12 ? Math.sqrt(variance) : 1 };
}

/** Ranks further down than this add next to nothing. */
const RANK_CONSTANT = 60;
const DEEPEST_RANK = 1000;

/** Σ share ÷ (60 + rank) over the best thousand of each list; documents at 0 or less are not ranked. */
function fuseByRank(first: Float32Array, second: Float32Array, share: number, out: Float32Array): void {
  // `out` may be one of the lists.
  const sum = new Float32Array(out.length);
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
  out.set(sum);
}
