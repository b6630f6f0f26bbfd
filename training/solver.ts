import { gramRow, titleEntriesOf } from './gram.ts';
import {
  addToDiagonal,
  allocateTriangle,
  type LowerTriangle,
  rowsOf,
  triangleBytes,
} from './lowerTriangle.ts';
import { availableBytes, bytesBesideTriangle, requireMemory, trainingOf } from './memory.ts';
import { type TrainingMatrix } from './trainingMatrix.ts';

export type Report = (done: number, total: number) => void;

/**
 * What every algorithm here rests on: the Gram matrix of X and the inverse of it plus a diagonal. One matrix at a time:
 * `gram` gives the triangle, `invert` replaces it by the inverse in place.
 */
export interface Solver {
  /** For people: engine, number type, threads. */
  readonly name: string;
  gram(matrix: TrainingMatrix, report?: Report): Promise<LowerTriangle>;
  /**
   * P = (G + diag(added))⁻¹ in place.
   * @throws Error when the sum is not positive definite to working precision
   */
  invert(gram: LowerTriangle, added: Float64Array, report?: Report): Promise<void>;
  close(): Promise<void>;
}

interface PlainOptions {
  /** For tests; what the system says when absent. */
  availableBytes?: number;
}

/** One thread, double precision, plain TypeScript: small catalogues, the reference, and where memory cannot be shared. */
export function plainSolver(options: PlainOptions = {}): Solver {
  return {
    name: 'plain f64, 1 thread',
    async gram(matrix, report = () => {}) {
      const size = matrix.movieIds.length;
      const entryCount = matrix.items.length;
      requireMemory(
        trainingOf(size, entryCount, 'f64'),
        triangleBytes(size, 'f64') + bytesBesideTriangle(size, entryCount),
        options.availableBytes ?? availableBytes(),
        'use a larger minimum of ratings',
      );
      const triangle = allocateTriangle(size, 'f64');
      const entries = titleEntriesOf(matrix);
      const sums = new Float64Array(size);
      const rows = rowsOf(triangle);
      for (let i = 0; i < size; i++) {
        gramRow(i, entries, matrix.items, matrix.values, sums);
        rows[i]!.set(sums.subarray(0, i + 1));
        if (i % 256 === 0) await pause(report, i, size);
      }
      report(size, size);
      return triangle;
    },
    async invert(gram, added, report = () => {}) {
      addToDiagonal(gram, added);
      const rows = rowsOf(gram);
      const column = new Float64Array(gram.size);
      for (let pivot = 0; pivot < gram.size; pivot++) {
        sweep(rows, pivot, column);
        if (pivot % 64 === 0) await pause(report, pivot, gram.size);
      }
      for (const row of rows) for (let j = 0; j < row.length; j++) row[j] = -row[j]!;
      report(gram.size, gram.size);
    },
    async close() {},
  };
}

/** Lets signals and messages through. */
async function pause(report: Report, done: number, total: number): Promise<void> {
  report(done, total);
  await new Promise((resolve) => setImmediate(resolve));
}

/**
 * The symmetric sweep operator on one pivot (Gauss–Jordan without pivoting, safe for positive definite matrices): with
 * d = A_kk and v = column k, `A ← A − v·vᵀ/d`, column k ← v/d, A_kk ← −1/d. Sweeping all pivots gives −A⁻¹ in n³ flops.
 */
export function sweep(rows: (Float32Array | Float64Array)[], pivot: number, column: Float64Array): void {
  const size = rows.length;
  const divisor = rows[pivot]![pivot]!;
  if (!(divisor > 0)) throw notPositiveDefinite(pivot);
  for (let i = 0; i < size; i++) column[i] = i <= pivot ? rows[pivot]![i]! : rows[i]![pivot]!;
  column[pivot] = 0;
  for (let i = 0; i < size; i++) {
    const factor = column[i]! / divisor;
    if (factor === 0) continue;
    const row = rows[i]!;
    for (let j = 0; j <= i; j++) row[j]! -= factor * column[j]!;
  }
  for (let i = 0; i < pivot; i++) rows[pivot]![i] = column[i]! / divisor;
  for (let i = pivot + 1; i < size; i++) rows[i]![pivot] = column[i]! / divisor;
  rows[pivot]![pivot] = -1 / divisor;
}

export const notPositiveDefinite = (pivot: number): Error =>
  new Error(
    `The Gram matrix plus its diagonal is not positive definite at title ${pivot}: use a larger λ, or f64 where f32 was used`,
  );
