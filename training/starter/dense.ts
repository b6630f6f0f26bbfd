/** Symmetric n × n matrix of dot products of the rows of `rows` (n × length, row major), each divided by `divisor`. */
export function gramOfRows(rows: Float32Array, n: number, length: number, divisor = 1): Float64Array {
  const gram = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++)
      gram[i * n + j] = gram[j * n + i] = dot(rows, i * length, rows, j * length, length) / divisor;
  return gram;
}

export function dot(
  a: ArrayLike<number>,
  fromA: number,
  b: ArrayLike<number>,
  fromB: number,
  length: number,
): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < length; k += 4) {
    s0 += a[fromA + k]! * b[fromB + k]!;
    s1 += a[fromA + k + 1]! * b[fromB + k + 1]!;
    s2 += a[fromA + k + 2]! * b[fromB + k + 2]!;
    s3 += a[fromA + k + 3]! * b[fromB + k + 3]!;
  }
  for (; k < length; k++) s0 += a[fromA + k]! * b[fromB + k]!;
  return s0 + s1 + s2 + s3;
}

/** Inverse of a symmetric positive definite n × n matrix, by the sweep of Gauss and Jordan. */
export function invertPositive(matrix: Float64Array, n: number): Float64Array {
  const a = matrix.slice();
  for (let pivot = 0; pivot < n; pivot++) {
    const row = a.subarray(pivot * n, (pivot + 1) * n);
    const divisor = row[pivot]!;
    if (!(divisor > 0)) throw new Error(`The matrix is not positive definite at row ${pivot}`);
    row[pivot] = 1;
    for (let j = 0; j < n; j++) row[j]! /= divisor;
    for (let i = 0; i < n; i++) {
      if (i === pivot) continue;
      const factor = a[i * n + pivot]!;
      if (factor === 0) continue;
      a[i * n + pivot] = 0;
      for (let j = 0, at = i * n; j < n; j++, at++) a[at]! -= factor * row[j]!;
    }
  }
  return a;
}
