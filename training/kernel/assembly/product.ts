/**
 *   multiply   C  = A · Bᵀ        subtract   C -= A · Bᵀ
 *
 * A is m × k, B is n × k, C is m × n, row major. A and B come packed: groups of ROWS rows of A (COLUMNS rows of B), and
 * inside a group step by step of k, so that the innermost loop reads both straight on. The last group is filled up with
 * zeros; a tile that hangs over the edge of C is computed into `scratch` and its valid corner copied.
 */

/** Bytes of a vector. */
const VECTOR: i32 = 16;
/** Bytes that the caches move at once. */
const LINE: i32 = 64;
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

/**
 * Reads one number of every cache line of some rows of C, all at once: what is far away then arrives together, where each tile
 * would have to wait for its own few lines at its end. The sum is stored so that no compiler leaves the reading out.
 */
function fetch(c: usize, strideBytes: usize, rows: i32, bytes: i32): void {
  let seen = 0;
  for (let row = 0; row < rows; row++) {
    for (let at = 0; at < bytes; at += LINE) seen |= load<i32>(c + at);
    c += strideBytes;
  }
  store<i32>(scratch, seen);
}

// @ts-ignore: decorator
@inline
export function product<T>(
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
      if (subtracts) fetch(rowC + <usize>block * sizeof<T>(), strideBytes, height, (blockEnd - block) * <i32>sizeof<T>());
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
