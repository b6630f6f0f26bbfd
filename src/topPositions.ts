/**
 * The positions of the `k` largest values among those allowed, best first; ties go to the smaller position. One pass
 * with insertion into a short list: k is at most a few hundred.
 * @param above values up to this are passed over without a further look
 */
export function topPositions(
  values: Float32Array,
  k: number,
  isAllowed: (position: number) => boolean,
  above = -Infinity,
): number[] {
  const most = Math.max(0, Math.min(k, values.length));
  const best = new Int32Array(most);
  let held = 0;
  let threshold = most > 0 ? above : Infinity;
  for (let position = 0; position < values.length; position++) {
    const value = values[position]!;
    if (!(value > threshold) || !isAllowed(position)) continue;
    // The last one makes room when the list is full.
    let at = held < most ? held++ : most - 1;
    for (; at > 0 && values[best[at - 1]!]! < value; at--) best[at] = best[at - 1]!;
    best[at] = position;
    if (held === most) threshold = values[best[most - 1]!]!;
  }
  return Array.from(best.subarray(0, held));
}
