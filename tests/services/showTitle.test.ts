import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { showTitle } from '../../src/services/showTitle.ts';
import {
  COLLATERAL,
  GONE,
  handMadeLibrary,
  HATE,
  HEAT,
  HEATHERS,
  HEAT_1986,
  NOBODY,
  THIEF,
} from './handMadeLibrary.ts';

const library = handMadeLibrary();
const profile = {
  ratings: [
    { movieId: HEAT, rating: 5 },
    { movieId: HATE, rating: 1 },
  ],
  hidden: [],
  watchlist: [THIEF],
};

describe('the verdict on a title', () => {
  it("is ten times the EASE score over the person's best unseen score", () => {
    // Thief: .3 by Heat and −.1 × −.25 by Hate; the best unseen title is Collateral with .4 − .025.
    const { verdict } = showTitle(library, THIEF, profile);
    expect(verdict?.raw).toBeCloseTo(0.325, 6);
    expect(verdict?.score).toBeCloseTo((10 * 0.325) / 0.375, 5);
    expect(showTitle(library, COLLATERAL, profile).verdict?.score).toBeCloseTo(10, 6);
  });

  it('names the ratings with signed shares of all weights, and what it would be without the weightiest', () => {
    const { verdict } = showTitle(library, COLLATERAL, profile);
    expect(verdict?.because.map(({ movieId }) => movieId)).toEqual([HEAT, HATE]);
    expect(verdict?.because.map(({ share }) => share)).toEqual([
      expect.closeTo(0.4 / 0.425, 5),
      expect.closeTo(-0.025 / 0.425, 5),
    ]);
    // Without Heat only Hate speaks: −.025 for Collateral, and nothing above it but Thief's .025.
    expect(verdict?.decisive).toEqual({ movieId: HEAT, scoreWithout: 0 });
  });

  it('never falls below zero', () => {
    expect(showTitle(library, HEATHERS, profile).verdict).toMatchObject({
      score: 0,
      raw: expect.closeTo(-0.05, 6),
    });
  });

  it('leaves out what the person says of the title itself', () => {
    const { verdict, mine } = showTitle(library, HEAT, profile);
    expect(mine).toEqual({ rating: 5, isHidden: false, isSaved: false });
    expect(verdict?.because.map(({ movieId }) => movieId)).toEqual([HATE]);
  });

  it('is absent without ratings, for a title outside the model, and before a model is trained', () => {
    expect(showTitle(library, THIEF, NOBODY).verdict).toBeNull();
    expect(showTitle(library, HEAT_1986, profile).verdict).toBeNull();
    expect(showTitle(handMadeLibrary({ isTrained: false }), THIEF, profile).verdict).toBeNull();
  });

  it('takes no notice of retired and hidden titles when it looks for the best unseen one', () => {
    const hiding = { ...profile, hidden: [COLLATERAL] };
    expect(showTitle(library, THIEF, hiding).verdict?.score).toBeCloseTo(10, 6);
  });
});

describe('the shelves of a title', () => {
  it('holds near it by taste what liking it speaks for, best first, without what has left the catalogue', () => {
    const { nearByTaste } = showTitle(library, HEAT, NOBODY);
    expect(nearByTaste.map(({ title }) => title.movieId)).toEqual([COLLATERAL, THIEF, HATE]);
    expect(nearByTaste[0]?.closeness).toBeCloseTo(0.4, 6);
  });

  it('holds near it by tags what shares its rarer tags, and says which', () => {
    const { nearByTags } = showTitle(library, HEAT, NOBODY);
    expect(nearByTags[0]?.title.movieId).toBe(THIEF);
    expect(nearByTags[0]?.shared[0]).toBe('heist');
    const [nearest, next] = nearByTags.map(({ closeness }) => closeness);
    expect(nearest).toBeGreaterThan(next!);
    expect(nearest).toBeLessThanOrEqual(1);
  });

  it('shows nothing the person has sent away', () => {
    const { nearByTaste, nearByTags } = showTitle(library, HEAT, { ...NOBODY, hidden: [THIEF] });
    for (const { title } of [...nearByTaste, ...nearByTags]) expect(title.movieId).not.toBe(THIEF);
  });
});

describe('a title', () => {
  it('has its tags with their strength, strongest first', () => {
    expect(showTitle(library, THIEF, NOBODY).tags.map(({ name, strength }) => [name, strength])).toEqual([
      ['heist', 1],
      ['neon', 0.5],
      ['night', 0.5],
    ]);
  });

  it('can be looked at when it is retired, and is a 404 when nobody knows it', () => {
    expect(showTitle(library, GONE, NOBODY).title.isRetired).toBe(true);
    expect(() => showTitle(library, 999, NOBODY)).toThrow(AppError);
    expect(showTitle(library, THIEF, profile).mine.isSaved).toBe(true);
  });
});
