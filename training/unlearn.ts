import { type EaseFit, scalesOf } from './fitEase.ts';
import { diagonalOf, type LowerTriangle, rowsOf } from './lowerTriangle.ts';

/**
 * Exact learning and unlearning of one person on a kept P = (XᵀX + diag γ)⁻¹, in n² instead of n³ steps
 * (Sherman–Morrison; for a change the rank-2 Woodbury identity). γ stays as it was at the last full training even where it
 * depends on popularity: the result is the full retrain with that γ.
 */
export interface PersonEntry {
  index: number;
  /** X_ui as it was, or is to be, trained: see `inputValue`. */
  value: number;
}

/** P ← P − (Px)(Px)ᵀ / (1 + xᵀPx). */
export const learnPerson = (fit: EaseFit, person: readonly PersonEntry[]): EaseFit =>
  changePerson(fit, [], person);

/**
 * P ← P + (Px)(Px)ᵀ / (1 − xᵀPx).
 * @throws Error when these cannot be entries the matrix was trained on
 */
export const unlearnPerson = (fit: EaseFit, person: readonly PersonEntry[]): EaseFit =>
  changePerson(fit, person, []);

/**
 * One person's entries replaced by others, in place; the fit returned holds the same P with new scales and counts.
 * @throws Error when `before` cannot have been trained on; P is then unchanged
 */
export function changePerson(
  fit: EaseFit,
  before: readonly PersonEntry[],
  after: readonly PersonEntry[],
): EaseFit {
  const rows = rowsOf(fit.inverse);
  const removed = multiply(rows, before);
  const added = multiply(rows, after);
  // S = C⁻¹ + Vᵀ·P·V for V = [before, after] and C = diag(−1, 1); P ← P − (PV)·S⁻¹·(PV)ᵀ.
  const s00 = dot(before, removed) - 1;
  const s01 = dot(before, added);
  const s11 = dot(after, added) + 1;
  const determinant = s00 * s11 - s01 * s01;
  if (!(s00 < 0) || !(determinant < 0))
    throw new Error('These ratings cannot be unlearned: the model was not trained on them');
  subtractOuter(fit.inverse, removed, added, {
    a: s11 / determinant,
    b: -s01 / determinant,
    c: s00 / determinant,
  });
  const counts = fit.counts.slice();
  for (const { index, value } of before) counts[index]! -= value ** 2;
  for (const { index, value } of after) counts[index]! += value ** 2;
  return { ...fit, counts, ...scalesOf(diagonalOf(fit.inverse), fit.added, counts, fit.parameters) };
}

type Rows = (Float32Array | Float64Array)[];

/** P·x for a sparse x. */
function multiply(rows: Rows, person: readonly PersonEntry[]): Float64Array {
  const product = new Float64Array(rows.length);
  for (const { index, value } of person) {
    rows[index]!.forEach((entry, j) => (product[j]! += value * entry));
    for (let i = index + 1; i < rows.length; i++) product[i]! += value * rows[i]![index]!;
  }
  return product;
}

const dot = (person: readonly PersonEntry[], vector: Float64Array): number =>
  person.reduce((sum, { index, value }) => sum + value * vector[index]!, 0);

/** P ← P − a·rrᵀ − b·(rsᵀ + srᵀ) − c·ssᵀ on the lower triangle. */
function subtractOuter(
  inverse: LowerTriangle,
  r: Float64Array,
  s: Float64Array,
  { a, b, c }: { a: number; b: number; c: number },
): void {
  rowsOf(inverse).forEach((row, i) => {
    const forR = a * r[i]! + b * s[i]!;
    const forS = b * r[i]! + c * s[i]!;
    for (let j = 0; j <= i; j++) row[j]! -= forR * r[j]! + forS * s[j]!;
  });
}
