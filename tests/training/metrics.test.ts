import { describe, expect, it } from 'vitest';
import {
  averagePrecisionAt,
  cappedRecallAt,
  coverageOf,
  f1At,
  giniOf,
  hitAt,
  ndcgAt,
  precisionAt,
  recallAt,
  reciprocalRankAt,
  topOf,
} from '../../training/metrics.ts';
import { bootstrapIntervals, pairedRandomisation } from '../../training/significance.ts';

// Places 2, 3 and 6 are hits; five titles are relevant.
const hits = Uint8Array.from([0, 1, 1, 0, 0, 1, 0, 0, 0, 0]);

describe('ranking measures of one person', () => {
  it('the best titles come first, the earlier of two equals before the later, what is left out never', () => {
    expect(topOf(Float64Array.from([3, -Infinity, 5, 3, 4]), 3)).toEqual([2, 4, 0]);
    expect(topOf(Float64Array.from([1, -Infinity]), 3)).toEqual([0]);
  });

  it('precision and recall count the hits in the first k', () => {
    expect(precisionAt(hits, 5)).toBe(2 / 5);
    expect(precisionAt(hits, 10)).toBe(3 / 10);
    expect(recallAt(hits, 5, 5)).toBe(2 / 5);
    expect(recallAt(hits, 4, 10)).toBe(3 / 4);
  });

  it('precision divides by k also when the list is shorter', () => {
    expect(precisionAt(Uint8Array.from([1, 1]), 10)).toBe(0.2);
  });

  it('capped recall divides by the smaller of k and what is relevant', () => {
    expect(cappedRecallAt(hits, 5, 3)).toBe(2 / 3);
    expect(cappedRecallAt(hits, 5, 10)).toBe(3 / 5);
  });

  it('F1 is the harmonic mean of precision and recall', () => {
    const [precision, recall] = [3 / 10, 3 / 5];
    expect(f1At(hits, 5, 10)).toBeCloseTo((2 * precision * recall) / (precision + recall), 12);
    expect(f1At(new Uint8Array(10), 5, 10)).toBe(0);
  });

  it('nDCG discounts by log2 of the place and compares with min(k, relevant) hits in front', () => {
    const gain = 1 / Math.log2(3) + 1 / Math.log2(4) + 1 / Math.log2(7);
    const ideal = 1 + 1 / Math.log2(3) + 1 / Math.log2(4) + 1 / Math.log2(5) + 1 / Math.log2(6);
    expect(ndcgAt(hits, 5, 10)).toBeCloseTo(gain / ideal, 12);
    expect(ndcgAt(hits, 1, 1)).toBe(0);
    expect(ndcgAt(Uint8Array.from([1, 1, 0]), 2, 3)).toBe(1);
  });

  it('average precision is divided by all that is relevant', () => {
    expect(averagePrecisionAt(hits, 5, 10)).toBeCloseTo((1 / 2 + 2 / 3 + 3 / 6) / 5, 12);
    expect(averagePrecisionAt(hits, 5, 2)).toBeCloseTo(1 / 2 / 5, 12);
  });

  it('hit and reciprocal rank look at the first hit, and only up to k', () => {
    expect(hitAt(hits, 1)).toBe(0);
    expect(hitAt(hits, 2)).toBe(1);
    expect(reciprocalRankAt(hits, 10)).toBe(1 / 2);
    expect(reciprocalRankAt(hits, 1)).toBe(0);
    expect(reciprocalRankAt(new Uint8Array(10), 10)).toBe(0);
  });
});

describe('measures of all lists together', () => {
  it('coverage is the share of titles shown to anybody', () => {
    expect(coverageOf(Uint32Array.from([3, 0, 1, 0]))).toBe(0.5);
  });

  it('Gini is 0 when all are shown equally, and (n − 1)/n when one takes everything', () => {
    expect(giniOf(Uint32Array.from([2, 2, 2, 2]))).toBeCloseTo(0, 12);
    expect(giniOf(Uint32Array.from([0, 9, 0, 0]))).toBeCloseTo(3 / 4, 12);
    expect(giniOf(Uint32Array.from([1, 3]))).toBeCloseTo(1 / 4, 12);
    expect(giniOf(new Uint32Array(3))).toBe(0);
  });
});

describe('significance', () => {
  it('a bootstrap interval holds the mean and has the width of the normal approximation', async () => {
    const values = Float64Array.from({ length: 400 }, (_, at) => at % 2);
    const { x } = await bootstrapIntervals({ x: values });
    expect(x![0]).toBeGreaterThan(0.5 - 0.06);
    expect(x![0]).toBeLessThan(0.5 - 0.04);
    expect(x![1]).toBeGreaterThan(0.5 + 0.04);
    expect(x![1]).toBeLessThan(0.5 + 0.06);
  });

  it('the same seed gives the same interval', async () => {
    const values = Float64Array.from([0.1, 0.5, 0.9, 0.3, 0.2]);
    const again = await bootstrapIntervals({ x: values }, { seed: 7 });
    expect(await bootstrapIntervals({ x: values }, { seed: 7 })).toEqual(again);
  });

  it('the randomisation test agrees with counting all sign patterns', () => {
    const zeros = new Float64Array(4);
    // Of 16 patterns of ±1 ±2 ±3 ±4, only all plus and all minus reach a sum of 10.
    const { difference, p } = pairedRandomisation(Float64Array.from([1, 2, 3, 4]), zeros);
    expect(difference).toBe(2.5);
    expect(p).toBeGreaterThan(0.115);
    expect(p).toBeLessThan(0.135);
  });

  it('equal results are no evidence', () => {
    const same = Float64Array.from([0.2, 0.4]);
    expect(pairedRandomisation(same, same)).toEqual({ difference: 0, p: 1 });
  });
});
