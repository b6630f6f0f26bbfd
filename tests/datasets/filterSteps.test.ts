import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filterSteps } from '../../datasets/support/filterSteps.ts';
import { chooseHeldOut } from '../../datasets/support/heldOut.ts';
import { RatingRows } from '../../datasets/support/ratingRows.ts';
import { userCount, type RatingsTable } from '../../training/ratingsFile.ts';

type Row = [user: number, item: number, halfStars: number];

function rowsOf(rows: readonly Row[]): RatingRows {
  const result = new RatingRows({ hasTimes: false });
  for (const [user, item, half] of rows) result.push(user, item, half);
  return result;
}

const triplesOf = (table: RatingsTable): [number, number, number][] =>
  Array.from({ length: userCount(table) }, (_, user) => user).flatMap((user) =>
    Array.from({ length: table.userStart[user + 1]! - table.userStart[user]! }, (_, offset) => {
      const at = table.userStart[user]! + offset;
      return [user, table.itemIds[table.items[at]!]!, table.halfStars[at]!] as [number, number, number];
    }),
  );

/** The same rules in the plainest form there is. */
function naive(rows: readonly Row[], years: Map<number, number | null>, since: number, minRatings: number) {
  const distinct = new Map<string, Row>();
  for (const row of rows) distinct.set(`${row[0]} ${row[1]}`, row);
  const dated = [...distinct.values()].filter(([, item]) => (years.get(item) ?? null) !== null);
  const active = new Set(dated.filter(([, item]) => years.get(item)! >= since).map(([user]) => user));
  const ofActive = since === 0 ? dated : dated.filter(([user]) => active.has(user));
  const count = new Map<number, number>();
  for (const [, item] of ofActive) count.set(item, (count.get(item) ?? 0) + 1);
  const kept = ofActive.filter(([, item]) => count.get(item)! >= minRatings);
  const users = [...new Set(kept.map(([user]) => user))].sort((a, b) => a - b);
  return {
    sizes: [distinct.size, dated.length, ofActive.length, kept.length],
    users: users.length,
    titles: new Set(kept.map(([, item]) => item)).size,
    triples: kept
      .map(([user, item, half]) => [users.indexOf(user), item, half])
      .sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!),
  };
}

describe('the filters, in the order repeats, year, users, titles', () => {
  test('keep what a plain computation keeps', () => {
    const row = fc.tuple(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 10 }),
    );
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 120 }),
        fc.constantFrom(0, 1990, 2015),
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        (rows, activeSince, minRatings, hasHugeIds) => {
          const id = (number: number) => (hasHugeIds ? number * 100_000_000 : number);
          const raw = rows.map(([user, item, half]): Row => [id(user), id(item), half]);
          // Title 7 has no year, title 8 is unknown.
          const years = new Map<number, number | null>(
            [1980, 1991, 1999, 2014, 2015, 2020].map((year, at) => [id(at + 1), year]),
          );
          years.set(id(7), null);
          const result = filterSteps(rowsOf(raw), years, { activeSince, minRatings });
          const expected = naive(raw, years, activeSince, minRatings);
          expect(result.steps.map(({ kept }) => kept.ratings)).toEqual(expected.sizes);
          expect(triplesOf(result.table)).toEqual(expected.triples);
          expect(userCount(result.table)).toBe(expected.users);
          expect(result.table.itemIds.length).toBe(expected.titles);
          expect(result.steps.at(-1)!.kept).toEqual({
            titles: expected.titles,
            ratings: expected.sizes[3],
            users: expected.users,
          });
        },
      ),
    );
  });

  test('each step takes in what the one before kept, and drops the difference', () => {
    const rows = rowsOf([
      [1, 1, 8],
      [1, 1, 8],
      [2, 2, 4],
      [3, 1, 2],
      [3, 2, 9],
    ]);
    const years = new Map([
      [1, 1990],
      [2, 2016],
      [3, null],
    ]);
    const { steps } = filterSteps(rows, years, { activeSince: 2015, minRatings: 2 });
    expect(steps.map(({ step }) => step)).toEqual(['repeats', 'year', 'users', 'titles']);
    for (let at = 1; at < steps.length; at++) expect(steps[at]!.in).toEqual(steps[at - 1]!.kept);
    expect(steps[0]!.dropped).toEqual({ titles: 0, ratings: 1, users: 0 });
    expect(steps[1]!.dropped).toEqual({ titles: 1, ratings: 0, users: 0 });
    expect(steps[2]!.dropped).toEqual({ titles: 0, ratings: 1, users: 1 });
    expect(steps[3]!.kept).toEqual({ titles: 1, ratings: 2, users: 2 });
  });

  test('of two ratings of one title the last counts, and the conflict is reported', () => {
    const rows = rowsOf([
      [5, 1, 2],
      [5, 1, 9],
    ]);
    const { table, steps } = filterSteps(rows, new Map([[1, 2000]]), { activeSince: 0, minRatings: 1 });
    expect([...table.halfStars]).toEqual([9]);
    expect(steps[0]!.reasons).toEqual([
      { reason: 'the same person and title again, another rating: the last counts', count: 1, examples: [] },
    ]);
  });

  test('the order of the rows does not change the table', () => {
    const rows: Row[] = [
      [3, 2, 4],
      [1, 9, 5],
      [3, 1, 6],
      [1, 2, 7],
    ];
    const years = new Map([1, 2, 9].map((id) => [id, 2000]));
    const options = { activeSince: 0, minRatings: 1 };
    expect(filterSteps(rowsOf(rows), years, options).table).toEqual(
      filterSteps(rowsOf(rows.toReversed()), years, options).table,
    );
  });

  test('times travel with their ratings', () => {
    const rows = new RatingRows({ hasTimes: true });
    rows.push(2, 1, 8, 1000);
    rows.push(1, 2, 6, 3000);
    rows.push(1, 1, 4, 2000);
    const { table } = filterSteps(rows, new Map([1, 2].map((id) => [id, 2000])), {
      activeSince: 0,
      minRatings: 1,
    });
    expect([...table.timestamps!]).toEqual([2000, 3000, 1000]);
    expect([...table.halfStars]).toEqual([4, 6, 8]);
  });
});

describe('the people held out', () => {
  /** `heavy` people with 25 ratings, as many with 24. */
  const tableOf = (heavy: number): RatingsTable => {
    const rows = new RatingRows({ hasTimes: false });
    for (let user = 0; user < heavy * 2; user++)
      for (let item = 1; item <= (user < heavy ? 25 : 24); item++) rows.push(user, item, 8);
    const years = new Map(Array.from({ length: 25 }, (_, at) => [at + 1, 2000]));
    return filterSteps(rows, years, { activeSince: 0, minRatings: 1 }).table;
  };

  test('are a tenth of those with 25 ratings, all different, the same for the same seed', () => {
    const table = tableOf(95);
    const chosen = chooseHeldOut(table);
    expect(chosen.length).toBe(9);
    expect(new Set(chosen).size).toBe(9);
    expect(Math.max(...chosen)).toBeLessThan(95);
    expect(chooseHeldOut(table)).toEqual(chosen);
    expect(chooseHeldOut(table, 7)).not.toEqual(chosen);
  });

  test('do not count for popularity', () => {
    const rows = new RatingRows({ hasTimes: false });
    for (let user = 0; user < 50; user++) for (let item = 1; item <= 25; item++) rows.push(user, item, 8);
    const years = new Map(Array.from({ length: 25 }, (_, at) => [at + 1, 2000]));
    const { popularity, heldOut } = filterSteps(rows, years, { activeSince: 0, minRatings: 1 });
    expect(heldOut.length).toBe(5);
    expect(popularity.get(1)).toEqual({ count: 45, mean: 4 });
  });
});
