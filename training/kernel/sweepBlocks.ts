import { panelShape } from '../lowerTriangle.ts';
import { type Address, type KernelFunctions } from './chooseKernel.ts';
import { type Team } from './team.ts';
import { BLOCK, CHUNK, GROUP_A, groupB, type Workspace } from './workspace.ts';

/**
 * The blocked symmetric sweep (Gauss–Jordan on the lower triangle, no pivoting: the matrix is positive definite), run by
 * every thread of a team on one shared memory. For each block K of titles, with D = A_KK and U = A_:K, the team first packs
 * all of U and inverts D; then each chunk i of rows outside K becomes, by one thread and without waiting for another,
 *
 *   W_i = U_i·D⁻¹      A_ij ← A_ij − W_i·U_jᵀ for all j outside K      A_iK ← W_i
 *
 * and A_KK ← −D⁻¹. After all blocks A is −(G + diag)⁻¹; the sign is turned at the end. The second step holds nearly all of
 * the n³ flops. Tasks go from the longest rows to the shortest, so that the threads end together. D is inverted in f64
 * whatever the type of A.
 */
export function sweepBlocks(
  kernel: KernelFunctions,
  memory: ArrayBufferLike,
  space: Workspace,
  team: Team,
): void {
  const context: Context = { kernel, memory, space, team, blocks: space.panels.length };
  kernel.setScratch(space.scratch + 128 * team.member);
  const chunks = chunksOf(context);
  for (let block = 0; block < context.blocks; block++) {
    // The block on the diagonal takes longest: it goes first.
    team.share(context.blocks, (task) => {
      if (task === 0) invertDiagonal(context, block);
      else packColumn(context, block, task <= block ? task - 1 : task);
    });
    if (team.hasFailed) return;
    team.share(chunks.length, (task) => {
      if (chunks[task]!.block !== block) sweepChunk(context, block, chunks[task]!);
    });
    if (team.member === 0) team.reportProgress(block + 1);
  }
  team.share(context.blocks, (block) => negate(context, block));
}

/** Queues that one sweep takes from. */
export const queuesOfSweep = (blocks: number): number => 2 * blocks + 2;

interface Context {
  kernel: KernelFunctions;
  memory: ArrayBufferLike;
  space: Workspace;
  team: Team;
  blocks: number;
}

interface Chunk {
  block: number;
  firstRow: number;
  rows: number;
}

const shapeOf = (context: Context, block: number) => panelShape(context.space.size, BLOCK, block);

function chunksOf(context: Context): Chunk[] {
  const chunks: Chunk[] = [];
  for (let block = context.blocks - 1; block >= 0; block--) {
    const { firstRow, rows } = shapeOf(context, block);
    for (let row = Math.floor((rows - 1) / CHUNK) * CHUNK; row >= 0; row -= CHUNK)
      chunks.push({ block, firstRow: firstRow + row, rows: Math.min(CHUNK, rows - row) });
  }
  return chunks;
}

/** Where A_ij stands: row i of its panel, column j. */
function addressOf(context: Context, block: number, row: number, column: number): Address {
  const { firstRow, stride } = shapeOf(context, block);
  return context.space.panels[block]! + ((row - firstRow) * stride + column) * context.space.valueBytes;
}

/** Rows of U that stand in panel `other`, packed as B. Those before K stand transposed, in K's own rows. */
function packColumn(context: Context, block: number, other: number): void {
  const { kernel, space } = context;
  const { firstRow: firstColumn, rows: depth, stride: ownStride } = shapeOf(context, block);
  const { firstRow, rows, stride } = shapeOf(context, other);
  const to = space.packedB + firstRow * depth * space.valueBytes;
  const group = groupB(space.valueType);
  if (other > block)
    kernel.packRows(addressOf(context, other, firstRow, firstColumn), stride, to, rows, depth, group);
  else
    kernel.packColumns(addressOf(context, block, firstColumn, firstRow), ownStride, to, rows, depth, group);
}

function invertDiagonal(context: Context, block: number): void {
  const { kernel, memory, space, team } = context;
  const { firstRow, rows: size, stride } = shapeOf(context, block);
  const panel = panelOf(context, block);
  const width = size + (size % 2);
  const values = new Float64Array(memory, space.diagonalBlock, size * width);
  for (let row = 0; row < size; row++) {
    const from = row * stride + firstRow;
    values.set(panel.subarray(from, from + row + 1), row * width);
  }
  const failed = kernel.invertBlock(space.diagonalBlock, space.diagonalWork, size);
  if (failed >= 0) return team.fail(firstRow + failed);
  const full = viewOf(context, space.inverse, size * size);
  for (let row = 0; row < size; row++) {
    const negative = values.subarray(row * width, row * width + row + 1);
    panel.set(negative, row * stride + firstRow);
    for (let column = 0; column <= row; column++)
      full[row * size + column] = full[column * size + row] = -negative[column]!;
  }
  kernel.packRows(space.inverse, size, space.packedInverse, size, size, groupB(space.valueType));
}

/** Everything that happens to some rows outside K while K is swept. */
function sweepChunk(context: Context, block: number, { block: own, firstRow, rows }: Chunk): void {
  const { kernel, space, team } = context;
  const { firstRow: firstColumn, rows: depth, stride: blockStride } = shapeOf(context, block);
  const { stride } = shapeOf(context, own);
  const packed = space.packedA[team.member]!;
  if (own > block) {
    const column = addressOf(context, own, firstRow, firstColumn);
    kernel.packRows(column, stride, packed, rows, depth, GROUP_A);
    kernel.multiply(column, stride, packed, space.packedInverse, rows, depth, depth);
    kernel.packRows(column, stride, packed, rows, depth, GROUP_A);
  } else {
    const column = addressOf(context, block, firstColumn, firstRow);
    const product = space.products[team.member]!;
    kernel.packColumns(column, blockStride, packed, rows, depth, GROUP_A);
    kernel.multiply(product, depth, packed, space.packedInverse, rows, depth, depth);
    kernel.packRows(product, depth, packed, rows, depth, GROUP_A);
    kernel.transpose(product, depth, column, blockStride, rows, depth);
  }
  const end = firstRow + rows;
  const subtract = (from: number, to: number) => {
    const b = space.packedB + from * depth * space.valueBytes;
    kernel.subtract(addressOf(context, own, firstRow, from), stride, packed, b, rows, to - from, depth);
  };
  subtract(0, Math.min(firstColumn, end));
  if (own > block) subtract(firstColumn + depth, end);
}

function negate(context: Context, block: number): void {
  const panel = panelOf(context, block);
  for (let at = 0; at < panel.length; at++) panel[at] = -panel[at]!;
}

function panelOf(context: Context, block: number): Float32Array | Float64Array {
  const { rows, stride } = shapeOf(context, block);
  return viewOf(context, context.space.panels[block]!, rows * stride);
}

const viewOf = ({ memory, space }: Context, address: Address, length: number): Float32Array | Float64Array =>
  space.valueType === 'f32'
    ? new Float32Array(memory, address, length)
    : new Float64Array(memory, address, length);
