export { seededRandom } from '../src/seededRandom.ts';

/** Fisher–Yates, in place. */
export function shuffle(values: Uint32Array, random: () => number): Uint32Array {
  for (let at = values.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const value = values[at]!;
    values[at] = values[other]!;
    values[other] = value;
  }
  return values;
}
