import { panelCount, panelShape, type ValueType } from '../lowerTriangle.ts';
import { bytesBesideTriangle, gigabytes, requireMemory, trainingOf } from '../memory.ts';

/** Rows of a panel, and depth of every product: deep enough that C is passed seldom, small enough that A and B stay cached. */
export const BLOCK = 256;
/** Rows of C that one task updates. */
export const CHUNK = 128;
/** Rows of A in one packed group, and of B (kernel: ROWS, columnsOf). */
export const GROUP_A = 4;
export const groupB = (valueType: ValueType): number => (valueType === 'f32' ? 8 : 4);

/** Pivots that the inversion of one block sweeps together (kernel: STEP). */
const PIVOTS = 32;

const PAGE_BYTES = 65_536;
/** A WebAssembly memory has 32-bit addresses. */
const MOST_BYTES = 65_536 * PAGE_BYTES;

/** Byte addresses in the shared memory of one solve. */
export interface Workspace {
  size: number;
  valueType: ValueType;
  valueBytes: number;
  /** 128 bytes a thread. */
  scratch: number;
  /** For each thread: its chunk's rows of U and then of W, packed as A. */
  packedA: number[];
  /** For each thread: W of rows before the block, row major. */
  products: number[];
  /** All of U packed as B. */
  packedB: number;
  /** D⁻¹, row major and packed as B. */
  inverse: number;
  packedInverse: number;
  /** The block on the diagonal in f64, and what its inversion needs beside it. */
  diagonalBlock: number;
  diagonalWork: number;
  panels: number[];
  bytes: number;
}

export function layOut(size: number, valueType: ValueType, threads: number): Workspace {
  const valueBytes = valueType === 'f32' ? 4 : 8;
  const depth = Math.min(BLOCK, size);
  let next = 1024;
  const take = (bytes: number): number => {
    const address = next;
    next += Math.ceil(bytes / 64) * 64;
    return address;
  };
  const perChunk = Math.min(CHUNK + 16, size + 16) * depth * valueBytes;
  const perThread = (bytes: number): number[] => Array.from({ length: threads }, () => take(bytes));
  return {
    size,
    valueType,
    valueBytes,
    scratch: take(128 * threads),
    packedA: perThread(perChunk),
    products: perThread(perChunk),
    packedB: take((size + 16) * depth * valueBytes),
    inverse: take(depth * depth * valueBytes),
    packedInverse: take((depth + 16) * depth * valueBytes),
    diagonalBlock: take((depth + 1) * (depth + 1) * 8),
    diagonalWork: take((3 * (depth + 4) + 2 * PIVOTS) * PIVOTS * 8),
    panels: Array.from({ length: panelCount(size, BLOCK) }, (_, t) => {
      const { rows, stride } = panelShape(size, BLOCK, t);
      return take(rows * stride * valueBytes);
    }),
    bytes: next + 64,
  };
}

export const pagesOf = (workspace: Workspace): number => Math.ceil(workspace.bytes / PAGE_BYTES);

/** Bytes that a training run needs at its peak: the triangle with its workspace, and all that stands beside it. */
export const estimateBytes = (size: number, entries: number, valueType: ValueType, threads: number): number =>
  layOut(size, valueType, threads).bytes + bytesBesideTriangle(size, entries);

/** @throws Error with the numbers when the memory at hand, or 32-bit addresses, are too small */
export function requireSpace(
  size: number,
  entries: number,
  valueType: ValueType,
  threads: number,
  availableBytes: number,
): void {
  const work = layOut(size, valueType, threads).bytes;
  const training = trainingOf(size, entries, valueType);
  const help =
    valueType === 'f64' ? 'use f32 or a larger minimum of ratings' : 'use a larger minimum of ratings';
  if (work > MOST_BYTES)
    throw new Error(
      `${training} needs ${gigabytes(work)} for the matrix; WebAssembly can address ${gigabytes(MOST_BYTES)}: ${help}`,
    );
  requireMemory(training, estimateBytes(size, entries, valueType, threads), availableBytes, help);
}
