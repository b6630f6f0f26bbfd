import { type EaseFit } from './fitEase.ts';
import { rowsOf } from './lowerTriangle.ts';

/** The kept entries of B, rows = the rated title, columns ascending. */
export interface SparseWeights {
  rowStart: Uint32Array;
  columns: Uint16Array | Uint32Array;
  values: Float32Array;
}

/** What to keep of B: everything, the largest |B_ij| of the whole matrix, or the largest of each column (scored title). */
export type Keep = { entries: number } | { share: number } | { perColumn: number } | 'all';

/** 6.3 million entries load in well under 300 ms and hold 2 % of 17,807 × 17,807; smaller catalogues keep all or most. */
export const DEFAULT_KEEP: Keep = { entries: 6_300_000 };

export function sparsify(fit: EaseFit, keep: Keep = DEFAULT_KEEP): SparseWeights {
  const threshold = thresholds(fit, keep);
  const size = fit.movieIds.length;
  const rows = rowsOf(fit.inverse);
  const { rowScale, columnScale } = fit;
  const rowStart = new Uint32Array(size + 1);
  eachWeight((i, j, weight) => {
    if (isKept(weight, threshold[j]!)) rowStart[i + 1]!++;
  });
  for (let i = 0; i < size; i++) rowStart[i + 1]! += rowStart[i]!;
  const entries = rowStart[size]!;
  const columns = size <= 65_536 ? new Uint16Array(entries) : new Uint32Array(entries);
  const values = new Float32Array(entries);
  const next = rowStart.slice(0, size);
  // Two passes over the triangle in the same order: row i receives its columns below i first, then those above, ascending.
  eachWeight((i, j, weight) => {
    if (!isKept(weight, threshold[j]!)) return;
    const to = next[i]!++;
    columns[to] = j;
    values[to] = weight;
  });
  return { rowStart, columns, values };

  function eachWeight(visit: (i: number, j: number, weight: number) => void): void {
    for (let i = 0; i < size; i++) {
      const row = rows[i]!;
      for (let j = 0; j < i; j++) {
        const entry = -row[j]!;
        visit(i, j, Math.fround(rowScale[i]! * entry * columnScale[j]!));
        visit(j, i, Math.fround(rowScale[j]! * entry * columnScale[i]!));
      }
    }
  }
}

const isKept = (weight: number, threshold: number): boolean => weight !== 0 && Math.abs(weight) >= threshold;

/** Smallest |B_ij| that column j keeps. */
function thresholds(fit: EaseFit, keep: Keep): Float32Array {
  const size = fit.movieIds.length;
  const all = size * (size - 1);
  if (keep === 'all') return new Float32Array(size);
  if ('perColumn' in keep)
    return keep.perColumn >= size - 1
      ? new Float32Array(size)
      : columnThresholds(fit, Math.max(1, keep.perColumn));
  const wanted = 'share' in keep ? Math.ceil(all * keep.share) : keep.entries;
  return new Float32Array(size).fill(wanted >= all ? 0 : overallThreshold(fit, Math.max(1, wanted)));
}

/**
 * The `wanted`-th largest |B_ij|, exactly: a radix selection on the bits of non-negative floats, which sort as their
 * values do. Two passes, two histograms of 65,536, no copy of the matrix. Equal values at the threshold are all kept.
 */
function overallThreshold(fit: EaseFit, wanted: number): number {
  const high = histogram(fit, (bits) => bits >>> 16);
  const top = countDown(high, wanted);
  const low = histogram(fit, (bits) => (bits >>> 16 === top.bin ? bits & 0xffff : -1));
  const bits = new Uint32Array([(top.bin << 16) | countDown(low, wanted - top.above).bin]);
  return new Float32Array(bits.buffer)[0]!;
}

/** The bin from the top in which the `wanted`-th value lies, and how many lie above that bin. */
function countDown(counts: Float64Array, wanted: number): { bin: number; above: number } {
  let above = 0;
  for (let bin = counts.length - 1; bin > 0; bin--) {
    if (above + counts[bin]! >= wanted) return { bin, above };
    above += counts[bin]!;
  }
  return { bin: 0, above };
}

function histogram(fit: EaseFit, binOf: (bits: number) => number): Float64Array {
  const counts = new Float64Array(65_536);
  const magnitudes = new Float32Array(fit.movieIds.length * 2);
  const bits = new Uint32Array(magnitudes.buffer);
  const { rowScale, columnScale } = fit;
  rowsOf(fit.inverse).forEach((row, i) => {
    for (let j = 0; j < i; j++) {
      const entry = Math.abs(row[j]!);
      magnitudes[2 * j] = rowScale[i]! * entry * columnScale[j]!;
      magnitudes[2 * j + 1] = rowScale[j]! * entry * columnScale[i]!;
    }
    for (let at = 0; at < 2 * i; at++) {
      const bin = binOf(bits[at]!);
      if (bin >= 0) counts[bin]!++;
    }
  });
  return counts;
}

/** The `wanted`-th largest |B_ij| of each column, by one bounded min-heap a column. */
function columnThresholds(fit: EaseFit, wanted: number): Float32Array {
  const size = fit.movieIds.length;
  const heaps = new Float32Array(size * wanted);
  const { rowScale, columnScale } = fit;
  rowsOf(fit.inverse).forEach((row, i) => {
    for (let j = 0; j < i; j++) {
      const entry = Math.abs(row[j]!);
      offer(j, Math.fround(rowScale[i]! * entry * columnScale[j]!));
      offer(i, Math.fround(rowScale[j]! * entry * columnScale[i]!));
    }
  });
  return Float32Array.from({ length: size }, (_, j) => heaps[j * wanted]!);

  // A heap that begins full of zeros needs no count: its root is the threshold so far.
  function offer(column: number, magnitude: number): void {
    const root = column * wanted;
    if (magnitude <= heaps[root]!) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= wanted) break;
      if (child + 1 < wanted && heaps[root + child + 1]! < heaps[root + child]!) child++;
      if (heaps[root + child]! >= magnitude) break;
      heaps[root + at] = heaps[root + child]!;
      at = child;
    }
    heaps[root + at] = magnitude;
  }
}
