/** Operands in the order in which `product` reads them. */

/**
 * The transpose of `rows` × `columns` numbers: four by four (f64: two by two) in registers, the ragged rest one by one. Strides
 * are in numbers. Goes down the rows first, so that what it writes lies side by side.
 */
// @ts-ignore: decorator
@inline
export function transpose<T>(
  from: usize, fromStride: i32, to: usize, toStride: i32, rows: i32, columns: i32,
): void {
  const lanes: i32 = 16 / <i32>sizeof<T>();
  const wholeRows = rows & -lanes;
  const wholeColumns = columns & -lanes;
  const fromBytes = <usize>fromStride * sizeof<T>();
  const toBytes = <usize>toStride * sizeof<T>();
  for (let column = 0; column < wholeColumns; column += lanes) {
    let source = from + <usize>column * sizeof<T>();
    let target = to + <usize>column * toBytes;
    for (let row = 0; row < wholeRows; row += lanes) {
      transposeSquare<T>(source, fromBytes, target, toBytes);
      source += fromBytes * lanes;
      target += 16;
    }
  }
  if (wholeColumns < columns) copyTransposed<T>(from, fromBytes, to, toBytes, 0, wholeRows, wholeColumns, columns);
  if (wholeRows < rows) copyTransposed<T>(from, fromBytes, to, toBytes, wholeRows, rows, 0, columns);
}

// @ts-ignore: decorator
@inline
function transposeSquare<T>(from: usize, fromBytes: usize, to: usize, toBytes: usize): void {
  const row0 = v128.load(from);
  const row1 = v128.load(from + fromBytes);
  if (sizeof<T>() == 8) {
    v128.store(to, v128.shuffle<f64>(row0, row1, 0, 2));
    v128.store(to + toBytes, v128.shuffle<f64>(row0, row1, 1, 3));
  } else {
    const row2 = v128.load(from + 2 * fromBytes);
    const row3 = v128.load(from + 3 * fromBytes);
    const low01 = v128.shuffle<f32>(row0, row1, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(row0, row1, 2, 6, 3, 7);
    const low23 = v128.shuffle<f32>(row2, row3, 0, 4, 1, 5);
    const high23 = v128.shuffle<f32>(row2, row3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2));
    v128.store(to + toBytes, v128.shuffle<f64>(low01, low23, 1, 3));
    v128.store(to + 2 * toBytes, v128.shuffle<f64>(high01, high23, 0, 2));
    v128.store(to + 3 * toBytes, v128.shuffle<f64>(high01, high23, 1, 3));
  }
}

// @ts-ignore: decorator
@inline
function copyTransposed<T>(
  from: usize, fromBytes: usize, to: usize, toBytes: usize, row0: i32, row1: i32, column0: i32, column1: i32,
): void {
  for (let row = row0; row < row1; row++)
    for (let column = column0; column < column1; column++)
      store<T>(
        to + <usize>column * toBytes + <usize>row * sizeof<T>(),
        load<T>(from + <usize>row * fromBytes + <usize>column * sizeof<T>()),
      );
}

/** Packs `count` rows of a row-major matrix of `depth` columns in groups of `group`. */
// @ts-ignore: decorator
@inline
export function packRows<T>(from: usize, stride: i32, to: usize, count: i32, depth: i32, group: i32): void {
  const groupBytes = <usize>(group * depth) * sizeof<T>();
  for (let first = 0; first < count; first += group) {
    const filled = min(group, count - first);
    if (filled < group) memory.fill(to, 0, groupBytes);
    transpose<T>(from, stride, to, group, filled, depth);
    from += <usize>(group * stride) * sizeof<T>();
    to += groupBytes;
  }
}

/** The same for a matrix that lies transposed: its `count` rows are columns here, its `depth` columns are rows. */
// @ts-ignore: decorator
@inline
export function packColumns<T>(from: usize, stride: i32, to: usize, count: i32, depth: i32, group: i32): void {
  const groupBytes = <usize>group * sizeof<T>();
  for (let step = 0; step < depth; step++) {
    let source = from;
    let target = to;
    for (let first = 0; first < count; first += group) {
      const filled = min(group, count - first);
      if (filled == group) {
        for (let at: usize = 0; at < groupBytes; at += 16) v128.store(target + at, v128.load(source + at));
      } else {
        memory.fill(target, 0, groupBytes);
        memory.copy(target, source, <usize>filled * sizeof<T>());
      }
      source += groupBytes;
      target += groupBytes * depth;
    }
    from += <usize>stride * sizeof<T>();
    to += groupBytes;
  }
}
