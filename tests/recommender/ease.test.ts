import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contributions,
  type EaseModel,
  foldInValue,
  neighbours,
  scoreProfile,
  weightOf,
} from '../../src/recommender/ease.ts';
import { modelOfWeights } from './smallModel.ts';

/** Row i, column j: what a rating of i says about j. Not symmetric, with gaps. */
const WEIGHTS = [
  [0, 0.5, 0, -0.25],
  [0.125, 0, 0.75, 0],
  [0, 0, 0, 1],
  [0, 0, 0, 0],
];
const model = modelOfWeights(WEIGHTS);

describe('foldInValue', () => {
  it.each([
    [5, 1],
    [4, 1],
    [3.5, 0.5],
    [3, 0.5],
    [2.5, 0],
    [2, -0.25],
    [0.5, -0.25],
  ])('a rating of %s counts %s', (rating, value) => {
    expect(foldInValue(rating)).toBe(value);
  });
});

describe('scoreProfile', () => {
  it('sums the rows of the rated titles, weighted, and not the columns', () => {
    const scores = scoreProfile(
      model,
      [
        { index: 0, value: 1 },
        { index: 1, value: -0.25 },
      ],
      new Float32Array(4),
    );
    expect([...scores]).toEqual([-0.03125, 0.5, -0.1875, -0.25]);
  });

  it('overwrites a used buffer and allocates no other', () => {
    const buffer = new Float32Array(4).fill(9);
    expect(scoreProfile(model, [], buffer)).toBe(buffer);
    expect([...buffer]).toEqual([0, 0, 0, 0]);
  });
});

describe('weightOf and neighbours', () => {
  it('finds every stored weight and 0 elsewhere', () => {
    WEIGHTS.forEach((row, i) => row.forEach((weight, j) => expect(weightOf(model, i, j)).toBe(weight)));
  });

  it('lists what a liked title speaks for, best first, never what it speaks against', () => {
    expect(neighbours(model, 0, 5)).toEqual([{ index: 1, weight: 0.5 }]);
    expect(neighbours(model, 1, 5)).toEqual([
      { index: 2, weight: 0.75 },
      { index: 0, weight: 0.125 },
    ]);
    expect(neighbours(model, 1, 1)).toHaveLength(1);
    expect(neighbours(model, 3, 5)).toEqual([]);
  });
});

const anyModel = fc
  .integer({ min: 2, max: 12 })
  .chain((size) =>
    fc.array(fc.array(fc.constantFrom(0, 0, 0, 0.3, -0.2, 0.9, 0.01), { minLength: size, maxLength: size }), {
      minLength: size,
      maxLength: size,
    }),
  )
  .map((rows) => modelOfWeights(rows.map((row, i) => row.map((weight, j) => (i === j ? 0 : weight)))));
const profileOf = (own: EaseModel) =>
  fc.uniqueArray(
    fc.record({ index: fc.nat(own.movieIds.length - 1), value: fc.constantFrom(1, 0.5, 0, -0.25) }),
    { selector: ({ index }) => index },
  );

describe('contributions', () => {
  it('sum to the score, for every model, profile and title', () => {
    fc.assert(
      fc.property(
        anyModel.chain((own) => fc.tuple(fc.constant(own), profileOf(own))),
        ([own, profile]) => {
          const scores = scoreProfile(own, profile, new Float32Array(own.movieIds.length));
          scores.forEach((score, j) => {
            const parts = contributions(own, profile, j);
            expect(parts).toHaveLength(profile.length);
            expect(parts.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(score, 5);
          });
        },
      ),
    );
  });

  it('say exactly what the score would be without one rating', () => {
    fc.assert(
      fc.property(
        anyModel.chain((own) =>
          fc.tuple(
            fc.constant(own),
            profileOf(own).filter((profile) => profile.length > 0),
          ),
        ),
        ([own, profile]) => {
          const size = own.movieIds.length;
          const whole = scoreProfile(own, profile, new Float32Array(size)).slice();
          const without = scoreProfile(own, profile.slice(1), new Float32Array(size));
          without.forEach((score, j) =>
            expect(whole[j]! - contributions(own, profile, j)[0]!.weight).toBeCloseTo(score, 5),
          );
        },
      ),
    );
  });
});
