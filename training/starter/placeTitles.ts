import { type StarterRow } from '../../datasets/starter/rows.ts';
import { invertPositive } from './dense.ts';
import { STAR_CLASSES } from './tasteModel.ts';

/**
 * Kernel ridge regression from known titles to all: α = (K + λI)⁻¹·Y, prediction K_*·α. λ is the one of the given whose
 * leave-one-out error is least (residual_i = α_i ÷ [(K + λI)⁻¹]_ii).
 * @param kernel titles × titles
 * @param known titles with a value
 * @param values known × width, row major
 * @returns titles × width; for known titles the leave-one-out prediction, which has not seen them
 */
export function predictByKernel(
  kernel: Float64Array,
  titles: number,
  known: number[],
  values: Float32Array,
  width: number,
  lambdas: number[],
): { predicted: Float32Array; lambda: number; explained: number } {
  const m = known.length;
  let best: { alpha: Float64Array; inverse: Float64Array; lambda: number; error: number } | undefined;
  let total = 0;
  for (const value of values) total += value * value;
  for (const lambda of lambdas) {
    const matrix = new Float64Array(m * m);
    known.forEach((i, row) =>
      known.forEach((j, column) => (matrix[row * m + column] = kernel[i * titles + j]!)),
    );
    for (let row = 0; row < m; row++) matrix[row * m + row]! += lambda;
    const inverse = invertPositive(matrix, m);
    const alpha = multiply(inverse, values, m, m, width);
    let error = 0;
    for (let row = 0; row < m; row++)
      for (let k = 0; k < width; k++) error += (alpha[row * width + k]! / inverse[row * m + row]!) ** 2;
    if (!best || error < best.error) best = { alpha, inverse, lambda, error };
  }
  const across = new Float64Array(titles * m);
  for (let title = 0; title < titles; title++)
    known.forEach((j, column) => (across[title * m + column] = kernel[title * titles + j]!));
  const predicted = Float32Array.from(multiply(across, best!.alpha, titles, m, width));
  known.forEach((title, row) => {
    for (let k = 0; k < width; k++)
      predicted[title * width + k] =
        values[row * width + k]! - best!.alpha[row * width + k]! / best!.inverse[row * m + row]!;
  });
  return { predicted, lambda: best!.lambda, explained: 1 - best!.error / total };
}

function multiply(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  rows: number,
  inner: number,
  width: number,
): Float64Array {
  const product = new Float64Array(rows * width);
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < inner; k++) {
      const factor = a[i * inner + k]!;
      if (factor === 0) continue;
      for (let j = 0, from = k * width, to = i * width; j < width; j++) product[to++]! += factor * b[from++]!;
    }
  return product;
}

/** How known a title is, from our estimates: a least-squares line over these. */
export function predictBase(rows: StarterRow[], base: Float32Array, known: number[]): Float32Array {
  const inputs = rows.map(({ fame, acclaim, year }) => {
    const era = (year - 1990) / 30;
    const known = fame / 100;
    return [1, known, known * known, acclaim / 100, era, era * era];
  });
  const width = inputs[0]!.length;
  const normal = new Float64Array(width * width);
  const right = new Float64Array(width);
  for (const title of known)
    for (let a = 0; a < width; a++) {
      right[a]! += inputs[title]![a]! * base[title]!;
      for (let b = 0; b < width; b++) normal[a * width + b]! += inputs[title]![a]! * inputs[title]![b]!;
    }
  for (let a = 0; a < width; a++) normal[a * width + a]! += 0.1;
  const weights = multiply(invertPositive(normal, width), right, width, width, 1);
  return Float32Array.from(inputs, (input) =>
    input.reduce((sum, value, at) => sum + value * weights[at]!, 0),
  );
}

/** Points of acclaim within which titles are taken to be rated alike. */
const ACCLAIM_WIDTH = 4;

/** Star shares of titles as well regarded as this one: titles × star classes. */
export function sharesByAcclaim(rows: StarterRow[], shares: Float32Array, known: number[]): Float32Array {
  const expected = new Float32Array(rows.length * STAR_CLASSES);
  rows.forEach(({ acclaim }, title) => {
    let total = 0;
    for (const other of known) {
      const weight = Math.exp(-0.5 * ((rows[other]!.acclaim - acclaim) / ACCLAIM_WIDTH) ** 2) + 1e-6;
      total += weight;
      for (let star = 0; star < STAR_CLASSES; star++)
        expected[title * STAR_CLASSES + star]! += weight * shares[other * STAR_CLASSES + star]!;
    }
    for (let star = 0; star < STAR_CLASSES; star++) expected[title * STAR_CLASSES + star]! /= total;
  });
  return expected;
}
