import { packRows } from './pack';
import { product } from './product';

/** Pivots that are swept together: their product with the rest of the block is worth packing for. */
const STEP: i32 = 32;
/** Rows of a group of A and of B in f64 (product.ts: ROWS, columnsOf): the same, so one packing serves as both. */
const GROUP: i32 = 4;

/**
 * The symmetric sweep of one h × h block in f64, STEP pivots at a time as sweepBlocks.ts does with whole blocks: D becomes
 * −D⁻¹ in its lower triangle; what stands above the diagonal is lost.
 * @param d row major, stride h rounded up to even, 16-byte aligned
 * @param work (3·(h + 4) + 2·STEP) · STEP numbers
 * @returns the pivot that was not positive, or −1
 */
export function invertBlock(d: usize, work: usize, h: i32): i32 {
  const stride = (h + 1) & ~1;
  const inner = work;
  const packedInner = inner + STEP * STEP * 8;
  const column = packedInner + STEP * STEP * 8;
  const packed = column + <usize>((h + 4) * STEP) * 8;
  const packedColumn = packed + <usize>((h + 4) * STEP) * 8;
  for (let first = 0; first < h; first += STEP) {
    const size = min(STEP, h - first);
    for (let row = 0; row < size; row++)
      memory.copy(inner + <usize>(row * STEP) * 8, at(d, stride, first + row, first), <usize>size * 8);
    const failed = sweep(inner, STEP, packed, size);
    if (failed >= 0) return first + failed;
    readColumn(d, stride, h, first, size, column);
    packRows<f64>(column, size, packedColumn, h, size, GROUP);
    // The full −D⁻¹ of these pivots: the product with it is −W.
    for (let row = 0; row < size; row++)
      for (let other = row + 1; other < size; other++)
        store<f64>(at(inner, STEP, row, other), load<f64>(at(inner, STEP, other, row)));
    packRows<f64>(inner, STEP, packedInner, size, size, GROUP);
    product<f64>(column, size, packedColumn, packedInner, h, size, size, false);
    for (let place = column; place < column + <usize>(h * size) * 8; place += 8) store<f64>(place, -load<f64>(place));
    packRows<f64>(column, size, packed, h, size, GROUP);
    // Rows and columns of these pivots are written over afterwards.
    for (let row = 0; row < h; row += STEP)
      product<f64>(
        at(d, stride, row, 0), stride, packed + <usize>(row * size) * 8, packedColumn, min(STEP, h - row), min(row + STEP, h), size, true,
      );
    writeColumn(d, stride, h, first, size, column);
    for (let row = 0; row < size; row++)
      memory.copy(at(d, stride, first + row, first), inner + <usize>(row * STEP) * 8, <usize>size * 8);
  }
  return -1;
}

// @ts-ignore: decorator
@inline
function at(matrix: usize, stride: i32, row: i32, column: i32): usize {
  return matrix + <usize>(row * stride + column) * 8;
}

/** U: columns first … of the symmetric matrix whose lower triangle is kept; its rows inside the pivots are zero. */
function readColumn(d: usize, stride: i32, h: i32, first: i32, size: i32, column: usize): void {
  for (let row = 0; row < h; row++)
    for (let step = 0; step < size; step++)
      store<f64>(
        at(column, size, row, step),
        row < first ? load<f64>(at(d, stride, first + step, row)) : row < first + size ? 0 : load<f64>(at(d, stride, row, first + step)),
      );
}

function writeColumn(d: usize, stride: i32, h: i32, first: i32, size: i32, column: usize): void {
  for (let row = 0; row < h; row++) {
    if (row >= first && row < first + size) continue;
    for (let step = 0; step < size; step++)
      store<f64>(
        row < first ? at(d, stride, first + step, row) : at(d, stride, row, first + step),
        load<f64>(at(column, size, row, step)),
      );
  }
}

/** One pivot at a time; see solver.ts. `column` holds a row. */
function sweep(d: usize, stride: i32, column: usize, h: i32): i32 {
  for (let pivot = 0; pivot < h; pivot++) {
    const divisor = load<f64>(at(d, stride, pivot, pivot));
    if (!(divisor > 0)) return pivot;
    for (let i = 0; i < h; i++)
      store<f64>(column + <usize>i * 8, load<f64>(i <= pivot ? at(d, stride, pivot, i) : at(d, stride, i, pivot)));
    store<f64>(column + <usize>pivot * 8, 0);
    for (let i = 0; i < h; i++) {
      const factor = f64x2.splat(load<f64>(column + <usize>i * 8) / divisor);
      const row = at(d, stride, i, 0);
      // May run one past the diagonal: that place is not read.
      for (let j: usize = 0; j <= <usize>i * 8; j += 16)
        v128.store(row + j, f64x2.sub(v128.load(row + j), f64x2.mul(factor, v128.load(column + j))));
    }
    for (let i = 0; i < h; i++)
      store<f64>(i < pivot ? at(d, stride, pivot, i) : at(d, stride, i, pivot), load<f64>(column + <usize>i * 8) / divisor);
    store<f64>(at(d, stride, pivot, pivot), -1 / divisor);
  }
  return -1;
}
