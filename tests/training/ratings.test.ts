import { describe, expect, it } from 'vitest';
import { checkRatings, emptyRatings, mergeRatings, ofKnownTitles } from '../../training/mergeRatings.ts';
import { buildTrainingMatrix, popularityOf } from '../../training/trainingMatrix.ts';
import { tableOf } from './goldenModel.ts';

// Title 3 is rated most, then 1 and 2; halves 2, 5, 6, 7, 8 and 10 between them.
const table = tableOf(
  [[3, 1], [2, 3], [3, 1, 2], [3]],
  (user, title) =>
    [
      [8, 0, 2],
      [0, 7, 6],
      [10, 5, 8],
      [0, 0, 10],
    ][user]![title - 1]!,
);

describe('the training matrix', () => {
  it('numbers titles by popularity, ties by movieId, and rows ascend', () => {
    const matrix = buildTrainingMatrix(table, { input: 'binary', minRatings: 1 });
    expect([...matrix.movieIds]).toEqual([30, 10, 20]);
    expect([...matrix.userStart]).toEqual([0, 2, 4, 7, 8]);
    expect([...matrix.items]).toEqual([0, 1, 0, 2, 0, 1, 2, 0]);
  });

  it('graded input counts a like 1, 3 to 3.5 a half, and leaves the rest out', () => {
    const matrix = buildTrainingMatrix(table, { input: 'graded', minRatings: 1 });
    expect([...matrix.items]).toEqual([1, 0, 2, 0, 1, 0]);
    expect([...matrix.values]).toEqual([1, 0.5, 0.5, 1, 1, 1].map((value, at) => (at === 3 ? 1 : value)));
    expect([...matrix.userStart]).toEqual([0, 1, 3, 5, 6]);
  });

  it('stars and likes are the other scales', () => {
    const stars = buildTrainingMatrix(table, { input: 'stars', minRatings: 1 });
    expect(stars.values[0]).toBeCloseTo(0.2, 6);
    expect(popularityOf(buildTrainingMatrix(table, { input: 'likes', minRatings: 1 }))).toEqual(
      Float64Array.from([2, 2, 0]),
    );
  });

  it('counts all ratings for the minimum, keeps the most rated, and only the users asked for', () => {
    expect([...buildTrainingMatrix(table, { input: 'likes', minRatings: 3 }).movieIds]).toEqual([30]);
    expect([
      ...buildTrainingMatrix(table, { input: 'binary', minRatings: 1, maxTitles: 2 }).movieIds,
    ]).toEqual([30, 10]);
    expect([...buildTrainingMatrix(table, { input: 'binary', minRatings: 1, users: [1] }).movieIds]).toEqual([
      20, 30,
    ]);
  });

  it('says when nothing is left', () => {
    expect(() => buildTrainingMatrix(table, { input: 'graded', minRatings: 9 })).toThrow(
      'No title has 9 ratings or more',
    );
    expect(() => buildTrainingMatrix(emptyRatings(), { input: 'graded', minRatings: 1 })).toThrow(
      'There are no ratings',
    );
    const disliked = tableOf([[1, 2]], () => 2);
    expect(() => buildTrainingMatrix(disliked, { input: 'graded', minRatings: 1 })).toThrow(
      'No rating counts as "graded"',
    );
  });
});

describe('people of this site join the data set', () => {
  it('as further users, with titles of their own, the later of two ratings counting', () => {
    const merged = mergeRatings(table, [
      { userId: 7, movieId: 20, rating: 4 },
      { userId: 9, movieId: 555, rating: 0.5 },
      { userId: 7, movieId: 20, rating: 2.5 },
    ]);
    expect([...merged.itemIds]).toEqual([10, 20, 30, 555]);
    expect([...merged.userStart]).toEqual([0, 2, 4, 7, 8, 9, 10]);
    expect([...merged.items.subarray(8)]).toEqual([1, 3]);
    expect([...merged.halfStars.subarray(8)]).toEqual([5, 1]);
    expect([...merged.items.subarray(0, 8)]).toEqual([...table.items]);
  });

  it.each([0, 5.5, 3.3, NaN, -1])('a rating of %s is refused by name', (rating) => {
    expect(() => mergeRatings(table, [{ userId: 1, movieId: 20, rating }])).toThrow(
      `A rating of ${rating} for title 20`,
    );
  });
});

describe('titles the catalogue does not have', () => {
  it('lose their ratings, and everybody keeps their place', () => {
    const table = tableOf([[2], [1, 2, 3], [3]]);
    const { ratings, unknown } = ofKnownTitles(table, new Set([10, 30]));
    expect(unknown).toEqual([20]);
    expect([...ratings.userStart]).toEqual([0, 0, 2, 3]);
    expect(Array.from(ratings.items, (item) => ratings.itemIds[item])).toEqual([10, 30, 30]);
    expect(ofKnownTitles(table, new Set([10, 20, 30])).ratings).toBe(table);
  });
});

describe('a ratings table is checked', () => {
  it('for values outside 0.5 to 5', () => {
    expect(() => checkRatings(tableOf([[1], [2]], (user) => (user === 1 ? 11 : 4)))).toThrow(
      'User 1 rated title 20 with 5.5',
    );
    expect(() => checkRatings(tableOf([[1]], () => 0))).toThrow('outside 0.5 to 5');
  });
  it('for a title rated twice by one person', () => {
    expect(() =>
      checkRatings(
        tableOf([
          [1, 2],
          [2, 1, 2],
        ]),
      ),
    ).toThrow('User 1 rated title 20 twice');
  });
  it('for titles that are not in it', () => {
    expect(() => checkRatings({ ...tableOf([[1, 2]]), items: Uint32Array.from([0, 5]) })).toThrow(
      'names item 5',
    );
  });
});
