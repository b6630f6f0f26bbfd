export type ValueType = 'f32' | 'f64';

/**
 * A symmetric matrix kept as its lower triangle in panels of rows: panel t holds rows t·h … (t + 1)·h − 1 (h =
 * `panelHeight`; the last one fewer), row major, each row as long as the panel's last row. What lies right of the diagonal
 * inside a panel is workspace of the solvers. The panels of the WebAssembly solver lie in its shared memory.
 */
export interface LowerTriangle {
  size: number;
  panelHeight: number;
  panels: (Float32Array | Float64Array)[];
}

export const panelCount = (size: number, panelHeight: number): number => Math.ceil(size / panelHeight);
/** Rows, and the length of a row, of panel t. */
export function panelShape(
  size: number,
  panelHeight: number,
  t: number,
): { firstRow: number; rows: number; stride: number } {
  const firstRow = t * panelHeight;
  const stride = Math.min(size, firstRow + panelHeight);
  return { firstRow, rows: stride - firstRow, stride };
}

export function allocateTriangle(size: number, valueType: ValueType, panelHeight = 64): LowerTriangle {
  const panels = Array.from({ length: panelCount(size, panelHeight) }, (_, t) => {
    const { rows, stride } = panelShape(size, panelHeight, t);
    return valueType === 'f32' ? new Float32Array(rows * stride) : new Float64Array(rows * stride);
  });
  return { size, panelHeight, panels };
}

/** What `allocateTriangle` takes, to within a panel. */
export const triangleBytes = (size: number, valueType: ValueType): number =>
  (size * (size + 64) * (valueType === 'f32' ? 4 : 8)) / 2;

/** Columns 0 … i of row i, as a view. */
export function rowOf(triangle: LowerTriangle, i: number): Float32Array | Float64Array {
  const t = Math.floor(i / triangle.panelHeight);
  const { firstRow, stride } = panelShape(triangle.size, triangle.panelHeight, t);
  const start = (i - firstRow) * stride;
  return triangle.panels[t]!.subarray(start, start + i + 1);
}

/** All rows as views: for loops that touch every entry. */
export const rowsOf = (triangle: LowerTriangle): (Float32Array | Float64Array)[] =>
  Array.from({ length: triangle.size }, (_, i) => rowOf(triangle, i));

export const entryOf = (triangle: LowerTriangle, i: number, j: number): number =>
  i >= j ? rowOf(triangle, i)[j]! : rowOf(triangle, j)[i]!;

export const diagonalOf = (triangle: LowerTriangle): Float64Array =>
  Float64Array.from({ length: triangle.size }, (_, i) => rowOf(triangle, i)[i]!);

export const addToDiagonal = (triangle: LowerTriangle, values: Float64Array): void =>
  values.forEach((value, i) => (rowOf(triangle, i)[i]! += value));

/** A copy outside any shared memory, to come back to with `copyInto`. */
export const copyOf = (triangle: LowerTriangle): LowerTriangle => ({
  ...triangle,
  panels: triangle.panels.map((panel) =>
    panel instanceof Float32Array ? Float32Array.from(panel) : Float64Array.from(panel),
  ),
});

export const copyInto = (from: LowerTriangle, to: LowerTriangle): void =>
  from.panels.forEach((panel, t) => to.panels[t]!.set(panel));
