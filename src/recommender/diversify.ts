/**
 * Maximal marginal relevance (Carbonell & Goldstein, SIGIR 1998): picks one after another the item with the largest
 * `(1 − d)·score − d·(largest similarity to what is picked)`. Scores are min–max scaled here, so that d means the same
 * for every list.
 * @param scores one a candidate, any scale
 * @param similarity of two candidates by position, 0–1
 * @param diversity d, 0 (scores alone) to 1
 * @returns positions in picking order, at most `k`
 */
export function diversify(
  scores: readonly number[],
  similarity: (a: number, b: number) => number,
  diversity: number,
  k: number,
): number[] {
  const least = Math.min(...scores);
  const span = Math.max(...scores) - least || 1;
  const nearest = scores.map(() => 0);
  const left = new Set(scores.keys());
  const picked: number[] = [];
  while (picked.length < k && left.size > 0) {
    let best = -1;
    let bestValue = -Infinity;
    for (const at of left) {
      const value = ((1 - diversity) * (scores[at]! - least)) / span - diversity * nearest[at]!;
      if (value > bestValue) {
        bestValue = value;
        best = at;
      }
    }
    left.delete(best);
    picked.push(best);
    for (const at of left) nearest[at] = Math.max(nearest[at]!, similarity(at, best));
  }
  return picked;
}
