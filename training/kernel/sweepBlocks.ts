import { panelShape } from '../lowerTriangle.ts';
import { type KernelFunctions } from './chooseKernel.ts';
import { type Team } from './team.ts';
import { BLOCK, CHUNK, GROUP_A, groupB, type Workspace } from './workspace.ts';

/**
 * The blocked symmetric sweep (Gauss–Jordan on the lower triangle, no pivoting: the matrix is positive definite), run by
 * every thread of a team on one shared memory. For each block K of 256 titles, with D = A_KK and U = A_:K:
 *
 *   1. pack U (both roles) and invert D     2. W = U·D⁻¹
 *   3. A_ij ← A_ij − W_i·U_jᵀ outside K     4. A_:K ← W, A_KK ← −D⁻¹
 *
 * After all blocks A is −(G + diag)⁻¹; the sign is turned at the end. Step 3 holds nearly all of the n³ flops. Its tasks go
 * from the longest rows to the shortest, so that the threads end together. D is inverted in f64 whatever the type of A.
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
    gather(context, block);
    if (team.hasFailed) return;
    team.share(chunks.length, (task) => multiplyByInverse(context, block, chunks[task]!));
    team.share(chunks.length, (task) => update(context, block, chunks[task]!));
    scatter(context, block);
    if (team.member === 0) team.reportProgress(block + 1);
  }
  team.share(context.blocks, (block) => negate(context, block));
}

/** `hand out`s of one sweep: the queues a control array needs. */
export const queuesOfSweep = (blocks: number): number => 4 * blocks + 4;

interface Context {
  kernel: KernelFunctions;
  memory: ArrayBufferLike;
  space: Workspace;
  team: Team;
  blocks: number;
}

interface Chunk {
  block: number;
  /** Inside the panel. */
  row: number;
  rows: number;
}

const shapeOf = (context: Context, block: number) => panelShape(context.space.size, BLOCK, block);

function chunksOf(context: Context): Chunk[] {
  const chunks: Chunk[] = [];
  for (let block = context.blocks - 1; block >= 0; block--) {
    const { rows } = shapeOf(context, block);
    for (let row = Math.floor((rows - 1) / CHUNK) * CHUNK; row >= 0; row -= CHUNK)
      chunks.push({ block, row, rows: Math.min(CHUNK, rows - row) });
  }
  return chunks;
}

function gather(context: Context, block: number): void {
  const { kernel, space, team } = context;
  const { firstRow: firstColumn, rows: depth, stride: ownStride } = shapeOf(context, block);
  const { valueBytes } = space;
  // The block on the diagonal takes longest: it goes first.
  team.share(context.blocks, (task) => {
    const other = task === 0 ? block : task <= block ? task - 1 : task;
    if (other === block) return invertDiagonal(context, block);
    const { firstRow, rows, stride } = shapeOf(context, other);
    const toA = space.packedA + firstRow * depth * valueBytes;
    const toB = space.packedB + firstRow * depth * valueBytes;
    if (other > block) {
      const from = space.panels[other]! + firstColumn * valueBytes;
      kernel.packRows(from, stride, toA, rows, depth, GROUP_A);
      kernel.packRows(from, stride, toB, rows, depth, groupB(space.valueType));
    } else {
      const from = space.panels[block]! + firstRow * valueBytes;
      kernel.packColumns(from, ownStride, toA, rows, depth, GROUP_A);
      kernel.packColumns(from, ownStride, toB, rows, depth, groupB(space.valueType));
    }
  });
}

function invertDiagonal(context: Context, block: number): void {
  const { kernel, space, team } = context;
  const { firstRow, rows: size, stride } = shapeOf(context, block);
  const panel = panelOf(context, block);
  const { values, width } = diagonalBlock(context, size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column <= row; column++)
      values[row * width + column] = panel[row * stride + firstRow + column]!;
  const failed = kernel.invertBlock(space.diagonalBlock, space.diagonalColumn, size);
  if (failed >= 0) return team.fail(firstRow + failed);
  // Rows of K are free in W: the full D⁻¹ stands there until it is packed.
  const address = space.products + firstRow * size * space.valueBytes;
  const full = viewOf(context, address, size * size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column <= row; column++) {
      const value = -values[row * width + column]!;
      full[row * size + column] = value;
      full[column * size + row] = value;
    }
  kernel.packRows(address, size, space.packedInverse, size, size, groupB(space.valueType));
}

function multiplyByInverse(context: Context, block: number, chunk: Chunk): void {
  if (chunk.block === block) return;
  const { kernel, space } = context;
  const depth = shapeOf(context, block).rows;
  const offset = (chunk.block * BLOCK + chunk.row) * depth * space.valueBytes;
  const product = space.products + offset;
  kernel.multiply(product, depth, space.packedA + offset, space.packedInverse, chunk.rows, depth, depth);
  kernel.packRows(product, depth, space.packedA + offset, chunk.rows, depth, GROUP_A);
}

function update(context: Context, block: number, chunk: Chunk): void {
  if (chunk.block === block) return;
  const { kernel, space } = context;
  const { valueBytes } = space;
  const { firstRow: skipFrom, rows: depth, stride: skipTo } = shapeOf(context, block);
  const { firstRow, stride } = shapeOf(context, chunk.block);
  const a = space.packedA + (firstRow + chunk.row) * depth * valueBytes;
  const c = space.panels[chunk.block]! + chunk.row * stride * valueBytes;
  const end = firstRow + chunk.row + chunk.rows;
  kernel.subtract(c, stride, a, space.packedB, chunk.rows, Math.min(skipFrom, end), depth);
  if (end > skipTo)
    kernel.subtract(
      c + skipTo * valueBytes,
      stride,
      a,
      space.packedB + skipTo * depth * valueBytes,
      chunk.rows,
      end - skipTo,
      depth,
    );
}

function scatter(context: Context, block: number): void {
  const { kernel, space, team } = context;
  const { firstRow: firstColumn, rows: depth, stride: ownStride } = shapeOf(context, block);
  team.share(context.blocks, (other) => {
    const { firstRow, rows, stride } = shapeOf(context, other);
    const products = space.products + firstRow * depth * space.valueBytes;
    if (other < block) {
      kernel.transpose(
        products,
        depth,
        space.panels[block]! + firstRow * space.valueBytes,
        ownStride,
        rows,
        depth,
      );
      return;
    }
    const panel = panelOf(context, other);
    if (other === block) {
      const { values, width } = diagonalBlock(context, depth);
      for (let row = 0; row < rows; row++)
        for (let column = 0; column <= row; column++)
          panel[row * stride + firstColumn + column] = values[row * width + column]!;
    } else {
      const from = viewOf(context, products, rows * depth);
      for (let row = 0; row < rows; row++)
        panel.set(from.subarray(row * depth, (row + 1) * depth), row * stride + firstColumn);
    }
  });
}

function negate(context: Context, block: number): void {
  const panel = panelOf(context, block);
  for (let at = 0; at < panel.length; at++) panel[at] = -panel[at]!;
}

function diagonalBlock({ memory, space }: Context, size: number): { values: Float64Array; width: number } {
  const width = size + (size % 2);
  return { values: new Float64Array(memory, space.diagonalBlock, size * width), width };
}

function panelOf(context: Context, block: number): Float32Array | Float64Array {
  const { rows, stride } = shapeOf(context, block);
  return viewOf(context, context.space.panels[block]!, rows * stride);
}

const viewOf = ({ memory, space }: Context, address: number, length: number): Float32Array | Float64Array =>
  space.valueType === 'f32'
    ? new Float32Array(memory, address, length)
    : new Float64Array(memory, address, length);
