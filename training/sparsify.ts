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
  const rowStart = new Uint32Array(size + 1);
  eachLarge(fit, threshold, (i) => {
    rowStart[i + 1]!++;
  });
  for (let i = 0; i < size; i++) rowStart[i + 1]! += rowStart[i]!;
  const entries = rowStart[size]!;
  const columns = size <= 65_536 ? new Uint16Array(entries) : new Uint32Array(entries);
  const values = new Float32Array(entries);
  const next = rowStart.slice(0, size);
  // The order of the walk gives row i its columns below i first, then those above: ascending.
  eachLarge(fit, threshold, (i, j, weight) => {
    const to = next[i]!++;
    columns[to] = j;
    values[to] = weight;
  });
  return { rowStart, columns, values };
}

/**
 * Walks all B_ij ≠ 0 with |B_ij| ≥ threshold_j, twice the triangle in one pass over it: for each i, each j < i, first (i, j)
 * then (j, i). Nearly all entries fail the first comparison, which is therefore all that the inner loop does.
 */
function eachLarge(
  fit: EaseFit,
  threshold: Float32Array,
  visit: (i: number, j: number, weight: number) => void,
): void {
  const { rowScale, columnScale } = fit;
  // The bound on |P_ij|·rowScale_i, a little low: `offer` decides with the rounding of the stored value.
  const bound = columnScale.map((scale, j) =>
    Math.max((threshold[j]! / Math.abs(scale)) * (1 - 1e-6), Number.MIN_VALUE),
  );
  const offer = (i: number, j: number, entry: number) => {
    const weight = Math.fround(-entry * rowScale[i]! * columnScale[j]!);
    if (weight !== 0 && Math.abs(weight) >= threshold[j]!) visit(i, j, weight);
  };
  rowsOf(fit.inverse).forEach((row, i) => {
    const ownScale = rowScale[i]!;
    const ownBound = bound[i]!;
    for (let j = 0; j < i; j++) {
      const magnitude = Math.abs(row[j]!);
      if (magnitude * ownScale >= bound[j]!) offer(i, j, row[j]!);
      if (magnitude * rowScale[j]! >= ownBound) offer(j, i, row[j]!);
    }
  });
}

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
 * The `wanted`-th largest |B_ij|, exactly and without a copy of the matrix: a sample of rows says about where it lies, all
 * entries from a little below are collected, and the answer is selected among them. Equal values there are all kept.
 */
function overallThreshold(fit: EaseFit, wanted: number): number {
  const size = fit.movieIds.length;
  const all = size * (size - 1);
  const step = Math.ceil(all / SAMPLE_ENTRIES);
  const sample = magnitudesOf(fit, step);
  const share = wanted / all;
  for (let margin = 1.1; ; margin *= 2) {
    const rank = Math.ceil(sample.length * share * margin);
    const guess = rank >= sample.length ? 0 : nthLargest(sample, rank);
    const collected = new Grower();
    eachLarge(fit, new Float32Array(size).fill(guess), (_i, _j, weight) => collected.add(Math.abs(weight)));
    // Fewer than wanted although everything was collected: the rest of B is zeros.
    if (collected.length >= wanted) return nthLargest(collected.values, wanted);
    if (guess === 0) return 0;
  }
}

const SAMPLE_ENTRIES = 3_000_000;

/** |B_ij| and |B_ji| of every `step`-th row of the triangle. */
function magnitudesOf(fit: EaseFit, step: number): Float32Array {
  const rows = rowsOf(fit.inverse);
  const { rowScale, columnScale } = fit;
  const found = new Grower();
  for (let i = rows.length - 1; i >= 0; i -= step)
    for (let j = 0; j < i; j++) {
      const entry = Math.abs(rows[i]![j]!);
      found.add(entry * rowScale[i]! * columnScale[j]!);
      found.add(entry * rowScale[j]! * columnScale[i]!);
    }
  return found.values;
}

/** Radix selection on the bits of non-negative floats, which sort as their values do. */
function nthLargest(values: Float32Array, n: number): number {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const high = new Uint32Array(65_536);
  for (const pattern of bits) high[pattern >>> 16]!++;
  const top = countDown(high, n);
  const low = new Uint32Array(65_536);
  for (const pattern of bits) if (pattern >>> 16 === top.bin) low[pattern & 0xffff]!++;
  const found = new Uint32Array([(top.bin << 16) | countDown(low, n - top.above).bin]);
  return new Float32Array(found.buffer)[0]!;
}

/** The bin from the top in which the n-th value lies, and how many lie above that bin. */
function countDown(counts: Uint32Array, n: number): { bin: number; above: number } {
  let above = 0;
  for (let bin = counts.length - 1; bin > 0; bin--) {
    if (above + counts[bin]! >= n) return { bin, above };
    above += counts[bin]!;
  }
  return { bin: 0, above };
}

/** A Float32Array that grows. */
class Grower {
  length = 0;
  private buffer = new Float32Array(65_536);

  add(value: number): void {
    if (this.length === this.buffer.length) {
      const larger = new Float32Array(this.length * 2);
      larger.set(this.buffer);
      this.buffer = larger;
    }
    this.buffer[this.length++] = value;
  }

  get values(): Float32Array {
    return this.buffer.subarray(0, this.length);
  }
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
