import { inverse, Matrix, solve } from 'ml-matrix';
import { type EaseFit } from '../../training/fitEase.ts';
import { entryOf, type LowerTriangle } from '../../training/lowerTriangle.ts';
import { type TrainingMatrix } from '../../training/trainingMatrix.ts';

/** Slow and plain counterparts of what training does, written from the definitions with ml-matrix. */

export function denseOf(matrix: TrainingMatrix): Matrix {
  const users = matrix.userStart.length - 1;
  const dense = Matrix.zeros(users, matrix.movieIds.length);
  for (let user = 0; user < users; user++)
    for (let at = matrix.userStart[user]!; at < matrix.userStart[user + 1]!; at++)
      dense.set(user, matrix.items[at]!, matrix.values[at]!);
  return dense;
}

export const symmetricOf = (triangle: LowerTriangle): Matrix =>
  Matrix.zeros(triangle.size, triangle.size).apply(function (this: Matrix, i: number, j: number) {
    this.set(i, j, entryOf(triangle, i, j));
  });

/** B as the fit states it, diagonal zero. */
export const weightsOf = (fit: EaseFit): Matrix =>
  Matrix.zeros(fit.movieIds.length, fit.movieIds.length).apply(function (this: Matrix, i: number, j: number) {
    this.set(i, j, i === j ? 0 : -fit.rowScale[i]! * entryOf(fit.inverse, i, j) * fit.columnScale[j]!);
  });

export const largestDifference = (a: Matrix, b: Matrix): number => Matrix.sub(a, b).abs().max();

export { inverse };

/**
 * Column j of B by its own least-squares problem: minimise ‖X_j − X·b‖² + Σ γ_i·b_i² with b_j fixed at `own`. No inverse of
 * the whole matrix is involved, so this does not share the derivation it checks.
 */
export function columnByRegression(x: Matrix, gamma: ArrayLike<number>, j: number, own: number): number[] {
  const others = Array.from({ length: x.columns }, (_, i) => i).filter((i) => i !== j);
  const rest = x.subMatrixColumn(others);
  const target = x.subMatrixColumn([j]).mul(1 - own);
  const left = rest
    .transpose()
    .mmul(rest)
    .add(Matrix.diag(others.map((i) => gamma[i]!)));
  const solution = solve(left, rest.transpose().mmul(target)).to1DArray();
  const column = new Array<number>(x.columns).fill(own);
  others.forEach((i, at) => (column[i] = solution[at]!));
  return column;
}

/** The same with b_j free: what a relaxed diagonal is when its bound does not bind. */
export function freeColumn(x: Matrix, gamma: ArrayLike<number>, j: number): number[] {
  const left = x
    .transpose()
    .mmul(x)
    .add(Matrix.diag(Array.from(gamma)));
  return solve(left, x.transpose().mmul(x.subMatrixColumn([j]))).to1DArray();
}
