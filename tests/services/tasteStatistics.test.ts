import { describe, expect, it } from 'vitest';
import { tasteStatistics } from '../../src/services/tasteStatistics.ts';
import { COLLATERAL, handMadeLibrary, HATE, HEAT, HEATHERS, NOBODY, THIEF } from './handMadeLibrary.ts';

const library = handMadeLibrary();
const profile = {
  ratings: [
    { movieId: HEAT, rating: 5 },
    { movieId: THIEF, rating: 4.5 },
    { movieId: HEATHERS, rating: 1 },
    { movieId: 999, rating: 0.5 },
  ],
  hidden: [HATE],
  watchlist: [COLLATERAL, HATE],
};

describe('a taste in numbers', () => {
  const statistics = tasteStatistics(profile, library);

  it('counts what was rated, liked, saved and sent away, and the mean', () => {
    expect(statistics).toMatchObject({ rated: 4, liked: 2, saved: 2, hidden: 1 });
    expect(statistics.mean).toBeCloseTo(2.75, 10);
  });

  it('has one count for each half star', () => {
    expect(statistics.stars.map(({ rating }) => rating)).toEqual([0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5]);
    expect(statistics.stars.map(({ count }) => count)).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 1, 1]);
  });

  it('leaves no gap between the first and the last decade', () => {
    expect(statistics.decades).toEqual([
      { decade: 1980, count: 2 },
      { decade: 1990, count: 1 },
    ]);
    const apart = tasteStatistics(
      { ...NOBODY, ratings: [{ movieId: THIEF, rating: 4 }, { movieId: COLLATERAL, rating: 4 }] }, // prettier-ignore
      library,
    );
    expect(apart.decades.map(({ count }) => count)).toEqual([1, 0, 1]);
  });

  it('puts the genres in the order they were watched', () => {
    expect(statistics.genres).toEqual([
      { genre: 'Crime', count: 2, mean: 4.75 },
      { genre: 'Comedy', count: 1, mean: 1 },
    ]);
  });

  it('finds what the likes have in common, and nothing the dislikes stand for', () => {
    expect(statistics.tags[0]).toMatchObject({ name: 'heist', pull: 1 });
    expect(statistics.tags.map(({ name }) => name)).not.toContain('teen');
  });

  it('says nothing about nobody', () => {
    expect(tasteStatistics(NOBODY, library)).toMatchObject({
      rated: 0,
      mean: null,
      decades: [],
      genres: [],
      tags: [],
    });
  });
});
