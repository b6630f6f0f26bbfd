/**
 * The arithmetic of the blocked symmetric sweep, for f32 and f64 in 128-bit vectors.
 *
 *   multiply   C  = A · Bᵀ        subtract   C -= A · Bᵀ
 *
 * A is m × k, B is n × k, C is m × n, row major. A and B come packed: groups of ROWS rows of A (COLUMNS rows of B), and
 * inside a group step by step of k, so that the innermost loop reads both straight on. The last group is filled up with
 * zeros; a tile that hangs over the edge of C is computed into `scratch` and its valid corner copied.
 *
 * Nothing here allocates. All memory is the imported one and laid out by the caller. Globals belong to one instance, and
 * every thread has an instance of its own, which it gives a scratch area once.
 */

/** Bytes of a vector. */
const VECTOR: i32 = 16;
/** A tile of C in registers: 4 rows × 2 vectors = 8 accumulators; with 2 of B and 1 of A that fits 16 registers. */
const ROWS: i32 = 4;
const VECTORS: i32 = 2;
/** Rows of B that stay in the second-level cache while the rows of A pass: 128 × 256 × 4 bytes = 128 kB. */
const COLUMN_BLOCK: i32 = 128;

let scratch: usize = 0;

/** @param address ROWS × VECTORS × VECTOR bytes, 16-byte aligned, of this thread alone */
export function setScratch(address: usize): void {
  scratch = address;
}

// @ts-ignore: decorator
@inline
function columnsOf<T>(): i32 {
  return VECTORS * (VECTOR / <i32>sizeof<T>());
}

/** sum + x · y; one rounding where the build has relaxed SIMD, two otherwise. */
// @ts-ignore: decorator
@inline
function multiplyAdd<T>(sum: v128, x: v128, y: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<T>(x, y, sum);
  return v128.add<T>(sum, v128.mul<T>(x, y));
}

// @ts-ignore: decorator
@inline
function storeRow<T>(to: usize, first: v128, second: v128, subtracts: bool): void {
  if (subtracts) {
    v128.store(to, v128.sub<T>(v128.load(to), first));
    v128.store(to, v128.sub<T>(v128.load(to, VECTOR), second), VECTOR);
  } else {
    v128.store(to, first);
    v128.store(to, second, VECTOR);
  }
}

/**
 * One tile of C over the whole depth (> 0). The form of the loop is what the speed rests on: accumulators in named locals,
 * one step of k a turn, tested at its end.
 */
function tile<T>(c: usize, strideBytes: usize, a: usize, b: usize, depth: i32, subtracts: bool): void {
  const zero = i32x4(0, 0, 0, 0);
  let s00 = zero, s01 = zero;
  let s10 = zero, s11 = zero;
  let s20 = zero, s21 = zero;
  let s30 = zero, s31 = zero;
  do {
    const b0 = v128.load(b);
    const b1 = v128.load(b, VECTOR);
    const a0 = v128.load_splat<T>(a);
    s00 = multiplyAdd<T>(s00, a0, b0);
    s01 = multiplyAdd<T>(s01, a0, b1);
    const a1 = v128.load_splat<T>(a, sizeof<T>());
    s10 = multiplyAdd<T>(s10, a1, b0);
    s11 = multiplyAdd<T>(s11, a1, b1);
    const a2 = v128.load_splat<T>(a, 2 * sizeof<T>());
    s20 = multiplyAdd<T>(s20, a2, b0);
    s21 = multiplyAdd<T>(s21, a2, b1);
    const a3 = v128.load_splat<T>(a, 3 * sizeof<T>());
    s30 = multiplyAdd<T>(s30, a3, b0);
    s31 = multiplyAdd<T>(s31, a3, b1);
    a += ROWS * sizeof<T>();
    b += VECTORS * VECTOR;
  } while (--depth);
  storeRow<T>(c, s00, s01, subtracts);
  storeRow<T>(c + strideBytes, s10, s11, subtracts);
  storeRow<T>(c + 2 * strideBytes, s20, s21, subtracts);
  storeRow<T>(c + 3 * strideBytes, s30, s31, subtracts);
}

/** A tile of which only `height` rows and `width` columns lie inside C. */
function edgeTile<T>(
  c: usize, strideBytes: usize, a: usize, b: usize, depth: i32, subtracts: bool, height: i32, width: i32,
): void {
  tile<T>(scratch, VECTORS * VECTOR, a, b, depth, false);
  for (let row = 0; row < height; row++) {
    let from = scratch + <usize>(row * VECTORS * VECTOR);
    let to = c + <usize>row * strideBytes;
    for (let column = 0; column < width; column++) {
      const value = load<T>(from);
      store<T>(to, subtracts ? load<T>(to) - value : value);
      from += sizeof<T>();
      to += sizeof<T>();
    }
  }
}

// @ts-ignore: decorator
@inline
function product<T>(
  c: usize, stride: i32, a: usize, b: usize, m: i32, n: i32, depth: i32, subtracts: bool,
): void {
  const strideBytes = <usize>stride * sizeof<T>();
  const rowBytes = <usize>depth * sizeof<T>();
  for (let block = 0; block < n; block += COLUMN_BLOCK) {
    const blockEnd = min(block + COLUMN_BLOCK, n);
    for (let row = 0; row < m; row += ROWS) {
      const height = min(ROWS, m - row);
      const rowA = a + <usize>row * rowBytes;
      const rowC = c + <usize>row * strideBytes;
      for (let column = block; column < blockEnd; column += columnsOf<T>()) {
        const width = min(columnsOf<T>(), n - column);
        const to = rowC + <usize>column * sizeof<T>();
        const columnB = b + <usize>column * rowBytes;
        if (height == ROWS && width == columnsOf<T>()) tile<T>(to, strideBytes, rowA, columnB, depth, subtracts);
        else edgeTile<T>(to, strideBytes, rowA, columnB, depth, subtracts, height, width);
      }
    }
  }
}

/** Packs `count` rows of a row-major matrix of `depth` columns in groups of `group`. */
// @ts-ignore: decorator
@inline
function packRows<T>(from: usize, stride: i32, to: usize, count: i32, depth: i32, group: i32): void {
  const STRIP = 8; // columns at a time: the strided writes of a strip stay in the first-level cache
  const strideBytes = <usize>stride * sizeof<T>();
  for (let first = 0; first < count; first += group) {
    const filled = min(group, count - first);
    for (let strip = 0; strip < depth; strip += STRIP) {
      const stripEnd = min(strip + STRIP, depth);
      for (let row = 0; row < group; row++) {
        let source = from + <usize>(first + row) * strideBytes + <usize>strip * sizeof<T>();
        let target = to + <usize>(strip * group + row) * sizeof<T>();
        for (let step = strip; step < stripEnd; step++) {
          store<T>(target, row < filled ? load<T>(source) : <T>0);
          source += sizeof<T>();
          target += <usize>group * sizeof<T>();
        }
      }
    }
    to += <usize>(group * depth) * sizeof<T>();
  }
}

/** The same for a matrix that lies transposed: its `count` rows are columns here, its `depth` columns are rows. */
// @ts-ignore: decorator
@inline
function packColumns<T>(from: usize, stride: i32, to: usize, count: i32, depth: i32, group: i32): void {
  const strideBytes = <usize>stride * sizeof<T>();
  const groupBytes = <usize>group * sizeof<T>();
  for (let step = 0; step < depth; step++) {
    let source = from + <usize>step * strideBytes;
    let target = to + <usize>step * groupBytes;
    for (let first = 0; first < count; first += group) {
      const filled = min(group, count - first);
      for (let row = 0; row < group; row++)
        store<T>(target + <usize>row * sizeof<T>(), row < filled ? load<T>(source + <usize>row * sizeof<T>()) : <T>0);
      source += groupBytes;
      target += groupBytes * <usize>depth;
    }
  }
}

/** Columns first … first + count − 1 of `rows` rows become the transpose of a count × rows matrix with stride `rows`. */
// @ts-ignore: decorator
@inline
function transpose<T>(from: usize, fromStride: i32, to: usize, toStride: i32, rows: i32, columns: i32): void {
  const BLOCK = 16;
  for (let row0 = 0; row0 < rows; row0 += BLOCK) {
    const row1 = min(row0 + BLOCK, rows);
    for (let column0 = 0; column0 < columns; column0 += BLOCK) {
      const column1 = min(column0 + BLOCK, columns);
      for (let column = column0; column < column1; column++) {
        let source = from + (<usize>row0 * fromStride + column) * sizeof<T>();
        let target = to + (<usize>column * toStride + row0) * sizeof<T>();
        for (let row = row0; row < row1; row++) {
          store<T>(target, load<T>(source));
          source += <usize>fromStride * sizeof<T>();
          target += sizeof<T>();
        }
      }
    }
  }
}

/**
 * Symmetric sweep of one h × h block in f64, unblocked: D becomes −D⁻¹ in its lower triangle.
 * @param d row major, stride h rounded up to even, 16-byte aligned; `column` holds as many numbers as a row
 * @returns the pivot that was not positive, or −1
 */
export function invertBlock(d: usize, column: usize, h: i32): i32 {
  const stride = <usize>((h + 1) & ~1) * 8;
  for (let pivot = 0; pivot < h; pivot++) {
    const pivotRow = d + <usize>pivot * stride;
    const divisor = load<f64>(pivotRow + <usize>pivot * 8);
    if (!(divisor > 0)) return pivot;
    for (let i = 0; i < h; i++)
      store<f64>(column + <usize>i * 8, load<f64>(i <= pivot ? pivotRow + <usize>i * 8 : d + <usize>i * stride + <usize>pivot * 8));
    store<f64>(column + <usize>pivot * 8, 0);
    for (let i = 0; i < h; i++) {
      const factor = f64x2.splat(load<f64>(column + <usize>i * 8) / divisor);
      const row = d + <usize>i * stride;
      // May run one past the diagonal: that place is not read.
      for (let j: usize = 0; j <= <usize>i * 8; j += VECTOR)
        v128.store(row + j, f64x2.sub(v128.load(row + j), f64x2.mul(factor, v128.load(column + j))));
    }
    for (let i = 0; i < h; i++) {
      const value = load<f64>(column + <usize>i * 8) / divisor;
      store<f64>(i < pivot ? pivotRow + <usize>i * 8 : d + <usize>i * stride + <usize>pivot * 8, value);
    }
    store<f64>(pivotRow + <usize>pivot * 8, -1 / divisor);
  }
  return -1;
}

export function multiply_f32(c: usize, stride: i32, a: usize, b: usize, m: i32, n: i32, depth: i32): void {
  product<f32>(c, stride, a, b, m, n, depth, false);
}
export function multiply_f64(c: usize, stride: i32, a: usize, b: usize, m: i32, n: i32, depth: i32): void {
  product<f64>(c, stride, a, b, m, n, depth, false);
}
export function subtract_f32(c: usize, stride: i32, a: usize, b: usize, m: i32, n: i32, depth: i32): void {
  product<f32>(c, stride, a, b, m, n, depth, true);
}
export function subtract_f64(c: usize, stride: i32, a: usize, b: usize, m: i32, n: i32, depth: i32): void {
  product<f64>(c, stride, a, b, m, n, depth, true);
}
export function packRows_f32(from: usize, stride: i32, to: usize, count: i32, depth: i32, group: i32): void {
  packRows<f32>(from, stride, to, count, depth, group);
}
export function packRows_f64(from: usize, stride: i32, to: usize, count: i32, depth: i32, group: i32): void {
  packRows<f64>(from, stride, to, count, depth, group);
}
export function packColumns_f32(from: usize, stride: i32, to: usize, count: i32, depth: i32, group: i32): void {
  packColumns<f32>(from, stride, to, count, depth, group);
}
export function packColumns_f64(from: usize, stride: i32, to: usize, count: i32, depth: i32, group: i32): void {
  packColumns<f64>(from, stride, to, count, depth, group);
}
export function transpose_f32(from: usize, fromStride: i32, to: usize, toStride: i32, rows: i32, columns: i32): void {
  transpose<f32>(from, fromStride, to, toStride, rows, columns);
}
export function transpose_f64(from: usize, fromStride: i32, to: usize, toStride: i32, rows: i32, columns: i32): void {
  transpose<f64>(from, fromStride, to, toStride, rows, columns);
}
