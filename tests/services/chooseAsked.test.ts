import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankByBlend } from '../../src/recommender/blend.ts';
import { canReachTop } from '../../src/services/recommend/askModel.ts';

const part = fc.double({ min: 0.01, max: 1, noNaN: true });

describe('which titles a model need not be asked about', () => {
  it('are those no score could bring into the top K, whatever the others get', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(part, part), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 1, max: 10 }),
        fc.constantFrom('linear' as const, 'geometric' as const),
        (parts, importance, k, kind) => {
          const reachable = canReachTop(parts.map(([taste]) => taste), importance / 100, kind, k); // prettier-ignore
          const candidates = parts.map(([taste, fit], movieId) => ({ movieId, taste, fit, popularity: 0 }));
          const top = rankByBlend(candidates, importance / 100, kind).slice(0, k);
          // A title left out may only tie with the last of the list.
          const bar = top.at(-1)!.blend;
          for (const { movieId, blend } of top) expect(reachable[movieId] || blend <= bar).toBe(true);
        },
      ),
    );
  });

  it('are none where words decide, and all but K where taste does', () => {
    const tastes = [0.9, 0.8, 0.7, 0.6, 0.5];
    expect(canReachTop(tastes, 0, 'linear', 2)).toEqual([true, true, true, true, true]);
    expect(canReachTop(tastes, 0.999, 'linear', 2)).toEqual([true, true, false, false, false]);
  });
});
