import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blendParts, rankByBlend, scalePart, swapPoint } from '../../src/recommender/blend.ts';
import { diversify } from '../../src/recommender/diversify.ts';
import { explainScore } from '../../src/recommender/explain.ts';
import { importanceByEvidence } from '../../src/recommender/importance.ts';
import { matchTags, medianTotalOf } from '../../src/recommender/tagMatch.ts';
import { dialPopularity, popularityDial } from '../../src/recommender/taste.ts';
import { topPositions } from '../../src/topPositions.ts';

const part = fc.double({ min: 0.01, max: 1, noNaN: true });
const parts = fc.record({ movieId: fc.integer({ min: 1 }), taste: part, fit: part, popularity: fc.double({ min: 0, max: 1e5, noNaN: true }) }); // prettier-ignore

describe('scaling parts', () => {
  it('stays in [.01, 1], keeps the order, and gives .5 to all when all are equal', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2 }), (values) => {
        for (const how of ['range', 'ratio', 'fifths'] as const) {
          const scaled = scalePart(values, how);
          for (const value of scaled) expect(value >= 0.01 && value <= 1).toBe(true);
          values.forEach((value, at) => values.forEach((other, place) => {
            if (value > other) expect(scaled[at]!).toBeGreaterThanOrEqual(scaled[place]!);
          })); // prettier-ignore
        }
      }),
    );
    expect(scalePart([3, 3, 3], 'range')).toEqual([0.5, 0.5, 0.5]);
    expect(scalePart([7], 'ratio')).toEqual([0.5]);
  });

  it('knows three scales: min–max, ratio to the largest, fifths', () => {
    expect(scalePart([0, 5, 10], 'range')).toEqual([0.01, 0.5, 1]);
    expect(scalePart([-2, 5, 10], 'ratio')).toEqual([0.01, 0.5, 1]);
    expect(scalePart([0, 2.5, 4], 'fifths')).toEqual([0.01, 0.5, 0.8]);
  });
});

describe('blending', () => {
  it('lies between its parts, for both kinds', () => {
    fc.assert(
      fc.property(part, part, fc.double({ min: 0, max: 1, noNaN: true }), (taste, fit, weight) => {
        for (const kind of ['linear', 'geometric'] as const) {
          const value = blendParts(taste, fit, weight, kind);
          expect(value).toBeGreaterThanOrEqual(Math.min(taste, fit) - 1e-12);
          expect(value).toBeLessThanOrEqual(Math.max(taste, fit) + 1e-12);
        }
      }),
    );
  });

  it('is exactly the weighted sum, or the weighted geometric mean', () => {
    expect(blendParts(0.8, 0.2, 0.25, 'linear')).toBeCloseTo(0.35, 12);
    expect(blendParts(0.8, 0.2, 0.25, 'geometric')).toBeCloseTo(0.8 ** 0.25 * 0.2 ** 0.75, 12);
    expect(blendParts(null, 0.2, 1, 'linear')).toBe(0.2);
    expect(blendParts(0.8, null, 0, 'linear')).toBe(0.8);
  });

  it('puts the best title at 10 and breaks ties by popularity, then by movieId', () => {
    const same = { taste: 0.5, fit: 0.5 };
    const ranked = rankByBlend(
      [
        { movieId: 9, ...same, popularity: 1 },
        { movieId: 3, ...same, popularity: 5 },
        { movieId: 2, ...same, popularity: 1 },
        { movieId: 7, taste: 1, fit: 1, popularity: 0 },
      ],
      0.5,
      'linear',
    );
    expect(ranked.map(({ movieId }) => movieId)).toEqual([7, 3, 2, 9]);
    expect(ranked.map(({ score }) => score)).toEqual([10, 5, 5, 5]);
  });

  it('two titles swap exactly at their swap point', () => {
    fc.assert(
      fc.property(parts, parts, fc.constantFrom('linear' as const, 'geometric' as const), (a, b, kind) => {
        const weight = swapPoint(a, b, kind);
        if (weight === null) return;
        const at = (one: typeof a) => blendParts(one.taste, one.fit, weight, kind);
        expect(at(a)).toBeCloseTo(at(b), 6);
      }),
    );
  });
});

describe('evidence', () => {
  it('trusts words at few ratings and taste at many, with at most one half when there are words', () => {
    expect(importanceByEvidence(0, true).importance).toBe(0);
    expect(importanceByEvidence(5, true).importance).toBe(20);
    expect(importanceByEvidence(80, true).importance).toBe(50);
    expect(importanceByEvidence(80, false).importance).toBe(80);
  });
});

describe('reasons', () => {
  it('shares are signed, and sum to 1 in size over all inputs', () => {
    const because = explainScore([{ movieId: 1, weight: 3 }, { movieId: 2, weight: -1 }, { movieId: 3, weight: 0 }]); // prettier-ignore
    expect(because).toEqual([
      { movieId: 1, weight: 3, share: 0.75 },
      { movieId: 2, weight: -1, share: -0.25 },
    ]);
    expect(explainScore([])).toEqual([]);
  });
});

describe('tag match', () => {
  const title = (counts: Record<number, number>, relevance: number | null = null) => ({
    tags: Object.entries(counts).map(([tagId, count]) => ({
      tagId: Number(tagId),
      name: tagId,
      count,
      relevance,
    })),
    total: Object.values(counts).reduce((sum, count) => sum + count, 0),
  });

  it('classic is the share of the chosen tags; a title without tags scores 0', () => {
    expect(matchTags(title({ 1: 3, 2: 1 }), new Map([[1, 1]]), 'classic', 10).score).toBe(0.75);
    expect(matchTags(title({}), new Map([[1, 1]]), 'classic', 10).score).toBe(0);
    expect(matchTags(title({}), new Map([[1, 1]]), 'smoothed', 10).score).toBe(0);
  });

  it('smoothed puts a well-tagged title before one with a single application of a single tag', () => {
    const wanted = new Map([[1, 1]]);
    const known = title({ 1: 40, 2: 30, 3: 30 });
    const single = title({ 1: 1 });
    expect(matchTags(single, wanted, 'classic', 50).score).toBeGreaterThan(
      matchTags(known, wanted, 'classic', 50).score,
    );
    expect(matchTags(known, wanted, 'smoothed', 50).score).toBeGreaterThan(
      matchTags(single, wanted, 'smoothed', 50).score,
    );
  });

  it('takes the relevance where the data has it, and unwanted tags count against', () => {
    const match = matchTags(title({ 1: 1, 2: 1 }, 0.9), new Map([[1, 1], [2, -0.5]]), 'smoothed', 50); // prettier-ignore
    expect(match.score).toBeCloseTo(0.45, 12);
    expect(match.matched.map(({ weight }) => weight)).toEqual([0.9, -0.45]);
  });

  it('the median total passes over titles without tags', () => {
    expect(medianTotalOf([0, 0, 4, 10, 6])).toBe(6);
    expect(medianTotalOf([])).toBe(1);
  });
});

describe('picking', () => {
  it('the largest allowed values, best first, ties to the smaller position', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 })), fc.integer({ min: 1, max: 8 }), (values, k) => {
        const isAllowed = (at: number) => at % 3 !== 0;
        const expected = [...values.keys()]
          .filter(isAllowed)
          .sort((a, b) => values[b]! - values[a]! || a - b)
          .slice(0, k);
        expect(topPositions(Float32Array.from(values), k, isAllowed)).toEqual(expected);
        const above = expected.filter((at) => values[at]! > 4);
        expect(topPositions(Float32Array.from(values), k, isAllowed, 4)).toEqual(above);
      }),
    );
  });

  it('the popularity dial divides positive scores only', () => {
    const [popular, unknown] = popularityDial(Float32Array.of(100, 0), 0.5);
    expect(dialPopularity(8, popular!)).toBeCloseTo(0.8, 12);
    expect(dialPopularity(-8, popular!)).toBe(-8);
    expect(dialPopularity(8, unknown!)).toBe(8);
    expect([...popularityDial(Float32Array.of(100, 7), 0)]).toEqual([1, 1]);
  });

  it('diversity 0 keeps the order of scores; 1 never picks a double while anything else is left', () => {
    const scores = [9, 8, 7, 6];
    const similarity = (a: number, b: number) => (Math.floor(a / 2) === Math.floor(b / 2) ? 1 : 0);
    expect(diversify(scores, similarity, 0, 4)).toEqual([0, 1, 2, 3]);
    expect(diversify(scores, similarity, 1, 2)).toEqual([0, 2]);
  });
});
