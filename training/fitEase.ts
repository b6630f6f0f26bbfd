import { diagonalOf, type LowerTriangle } from './lowerTriangle.ts';
import { type Report, type Solver } from './solver.ts';
import { appendRows, popularityOf, scaleUsers, type TrainingMatrix } from './trainingMatrix.ts';

/**
 * One family of closed forms over one solver. X is users × titles, n_j = (XᵀX)_jj.
 * - `ease` (Steck, WWW 2019): P = (G + λI)⁻¹, B_ij = −P_ij / P_jj.
 * - `edlae` (Steck, NeurIPS 2020), `rlae`, `rdlae` (Moon et al., SIGIR 2023): γ_j = λ + p/(1−p)·n_j, P = (G + diag γ)⁻¹,
 *   μ_j = (1−ξ)/P_jj if 1 − γ_j·P_jj > ξ, else γ_j; B = I − P·diag(μ), its diagonal dropped when serving. edlae has ξ = 0,
 *   rlae p = 0.
 * - `dan` (SIGIR 2025): users weighted by k_u^−β (k_u = Σ_j X_uj²), B = I − P·diag(1/P_jj) with γ as above,
 *   W_ij = n_i^α · B_ij · n_j^−α.
 */
export type Algorithm = 'ease' | 'edlae' | 'rlae' | 'rdlae' | 'dan';
export const ALGORITHMS: readonly Algorithm[] = ['ease', 'edlae', 'rlae', 'rdlae', 'dan'];

export interface EaseParameters {
  algorithm: Algorithm;
  /** λ > 0. */
  lambda: number;
  /** p in [0, 1): edlae, rdlae, dan. */
  dropout?: number;
  /** ξ in [0, 1): rlae, rdlae. */
  xi?: number;
  /** dan: popularity of the scored title is divided out, of the rated one multiplied in. */
  alpha?: number;
  /** dan: how much active users are held back. */
  beta?: number;
}

/** Everything B is made of: B_ij = −rowScale_i · P_ij · columnScale_j for i ≠ j, B_jj = 0. */
export interface EaseFit {
  parameters: EaseParameters;
  movieIds: Int32Array;
  /** n_j. */
  counts: Float64Array;
  /** P; it is the solver's memory, valid until its next `gram`. */
  inverse: LowerTriangle;
  /** γ_j, the diagonal added to G. */
  added: Float64Array;
  rowScale: Float64Array;
  columnScale: Float64Array;
}

export interface SideRows {
  /** a ≥ 0: one row of T (a tag over all titles) counts like a² users. */
  weight: number;
  rows: { items: number[]; values: number[] }[];
}

/** @throws RangeError naming the parameter that is out of range */
export function checkParameters(parameters: EaseParameters): void {
  const { lambda, dropout = 0, xi = 0, alpha = 0, beta = 0 } = parameters;
  const fail = (what: string) => {
    throw new RangeError(what);
  };
  if (!ALGORITHMS.includes(parameters.algorithm))
    fail(`There is no algorithm "${parameters.algorithm}"; there are ${ALGORITHMS.join(', ')}`);
  if (!(lambda > 0 && Number.isFinite(lambda))) fail(`lambda must be greater than 0, not ${lambda}`);
  if (!(dropout >= 0 && dropout < 1)) fail(`dropout must be at least 0 and less than 1, not ${dropout}`);
  if (!(xi >= 0 && xi < 1)) fail(`xi must be at least 0 and less than 1, not ${xi}`);
  if (!Number.isFinite(alpha) || !Number.isFinite(beta)) fail('alpha and beta must be numbers');
}

/** The X whose Gram matrix the algorithm inverts. */
export function preparedMatrix(
  matrix: TrainingMatrix,
  parameters: EaseParameters,
  side?: SideRows,
): TrainingMatrix {
  const weighted =
    parameters.algorithm === 'dan' && parameters.beta
      ? scaleUsers(
          matrix,
          activityOf(matrix).map((activity) => activity ** (-parameters.beta! / 2)),
        )
      : matrix;
  if (!side || side.weight === 0) return weighted;
  const scaled = side.rows.map(({ items, values }) => ({
    items,
    values: values.map((value) => value * side.weight),
  }));
  return appendRows(weighted, scaled);
}

/** γ: what is added to the Gram matrix's diagonal. */
export function addedDiagonal(
  counts: Float64Array,
  { algorithm, lambda, dropout = 0 }: EaseParameters,
): Float64Array {
  const usesDropout = algorithm === 'edlae' || algorithm === 'rdlae' || algorithm === 'dan';
  const perCount = usesDropout ? dropout / (1 - dropout) : 0;
  return counts.map((count) => lambda + perCount * count);
}

/**
 * Turns a Gram matrix into a fit, in place.
 * @param gram of `preparedMatrix(...)`; becomes `inverse`
 * @param counts n_j of the plain X, side information not counted
 */
export async function fitFromGram(
  solver: Solver,
  gram: LowerTriangle,
  matrix: { movieIds: Int32Array; counts: Float64Array },
  parameters: EaseParameters,
  report?: Report,
): Promise<EaseFit> {
  checkParameters(parameters);
  const { movieIds, counts } = matrix;
  const added = addedDiagonal(counts, parameters);
  await solver.invert(gram, added, report);
  const { rowScale, columnScale } = scalesOf(diagonalOf(gram), added, counts, parameters);
  return { parameters, movieIds, counts, inverse: gram, added, rowScale, columnScale };
}

/** Gram, inverse and scales in one go. */
export async function fitEase(
  solver: Solver,
  matrix: TrainingMatrix,
  parameters: EaseParameters,
  side?: SideRows,
): Promise<EaseFit> {
  checkParameters(parameters);
  const gram = await solver.gram(preparedMatrix(matrix, parameters, side));
  return fitFromGram(solver, gram, { movieIds: matrix.movieIds, counts: popularityOf(matrix) }, parameters);
}

/** The factors around P, from its diagonal. */
export function scalesOf(
  inverseDiagonal: Float64Array,
  added: Float64Array,
  counts: Float64Array,
  parameters: EaseParameters,
): { rowScale: Float64Array; columnScale: Float64Array } {
  const relaxes = parameters.algorithm === 'rlae' || parameters.algorithm === 'rdlae';
  const xi = relaxes ? (parameters.xi ?? 0) : 0;
  const columnScale = inverseDiagonal.map((entry, j) =>
    1 - added[j]! * entry > xi ? (1 - xi) / entry : added[j]!,
  );
  const rowScale = new Float64Array(counts.length).fill(1);
  if (parameters.algorithm === 'dan' && parameters.alpha)
    counts.forEach((count, j) => {
      const factor = Math.max(count, 1) ** parameters.alpha!;
      rowScale[j] = factor;
      columnScale[j]! /= factor;
    });
  return { rowScale, columnScale };
}

function activityOf(matrix: TrainingMatrix): Float64Array {
  const activity = new Float64Array(matrix.userStart.length - 1);
  for (let user = 0; user < activity.length; user++)
    for (let at = matrix.userStart[user]!; at < matrix.userStart[user + 1]!; at++)
      activity[user]! += matrix.values[at]! ** 2;
  return activity.map((sum) => Math.max(sum, 1));
}
