/**
 * The popularity dial: divides a positive score by `max(n, 1)^a`. Larger a, fewer blockbusters; scores that are not
 * positive stay, because dividing would favour what a person would dislike.
 * @param raw EASE score
 * @param count n, the title's training weight (the Gram matrix's diagonal)
 * @param exponent a, 0–.5
 */
export const dialPopularity = (raw: number, count: number, exponent: number): number =>
  raw > 0 && exponent > 0 ? raw / Math.pow(Math.max(count, 1), exponent) : raw;

/**
 * The positions of the `k` largest values among those allowed, best first; ties go to the smaller position. One pass
 * with a small heap-free insertion: k is at most a few hundred.
 */
export function topPositions(
  values: ArrayLike<number>,
  k: number,
  isAllowed: (position: number) => boolean,
): number[] {
  const best: number[] = [];
  let threshold = -Infinity;
  for (let position = 0; position < values.length; position++) {
    const value = values[position]!;
    if (best.length >= k && value <= threshold) continue;
    if (!isAllowed(position)) continue;
    let at = best.length;
    while (at > 0 && values[best[at - 1]!]! < value) at--;
    best.splice(at, 0, position);
    if (best.length > k) best.pop();
    threshold = values[best.at(-1)!]!;
  }
  return best;
}
