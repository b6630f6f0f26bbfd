/** A row of X or of what is folded in: indexes ascending. */
export interface SparseVector {
  indexes: Uint32Array;
  values: Float32Array | Float64Array;
}

/**
 * out_u = x_u·P for several sparse x, each row of the triangle read once for all of them.
 * @param rows of the lower triangle of the symmetric P
 * @param out one array of P's size a vector; overwritten
 * @param options.withDiagonal false leaves P's diagonal out of the product
 */
export function timesTriangle(
  rows: (Float32Array | Float64Array)[],
  vectors: readonly SparseVector[],
  out: Float64Array[],
  { withDiagonal }: { withDiagonal: boolean },
): void {
  const next = new Uint32Array(vectors.length);
  vectors.forEach((_, at) => out[at]!.fill(0));
  rows.forEach((row, r) => {
    const end = withDiagonal ? r + 1 : r;
    vectors.forEach(({ indexes, values }, at) => {
      const own = out[at]!;
      const below = next[at]!;
      let sum = 0;
      for (let entry = 0; entry < below; entry++) sum += values[entry]! * row[indexes[entry]!]!;
      own[r]! += sum;
      if (indexes[below] !== r) return;
      const value = values[below]!;
      for (let j = 0; j < end; j++) own[j]! += value * row[j]!;
      next[at] = below + 1;
    });
  });
}
