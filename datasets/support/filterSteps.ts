import type { RatingsTable } from '../../training/ratingsFile.ts';
import { chooseHeldOut, HELD_OUT_SEED } from './heldOut.ts';
import type { RatingRows } from './ratingRows.ts';
import { type Counts, counts, type Reason, step, type StepReport } from './report.ts';
import {
  activeUserCount,
  countByItem,
  keepOnly,
  ratingCount,
  sortByUser,
  type UserRatings,
} from './userRatings.ts';

export interface FilterOptions {
  /** Keep people with at least one rating of a title of this year or later; 0 keeps everyone. */
  activeSince: number;
  /** Titles with fewer ratings than this are not trained on. */
  minRatings: number;
}

export interface FilteredRatings {
  /** What EASE is trained on. */
  table: RatingsTable;
  steps: StepReport[];
  /** Ratings of each dated title by active people that were not held out, trained on or not. */
  popularity: Map<number, { count: number; mean: number }>;
  /** Positions in `table` of the people set aside for choosing λ and for reports. */
  heldOut: Uint32Array;
  numbers: Record<string, number>;
}

/**
 * From rows as read to the ratings EASE is trained on. Each filter works once, in the order repeats, year, users,
 * titles, and the counts after each are what `data report` prints.
 * @param years the year of every title of the data set, null where it has none
 */
export function filterSteps(
  rows: RatingRows,
  years: ReadonlyMap<number, number | null>,
  options: FilterOptions,
): FilteredRatings {
  const rowCount = rows.length; // sorting frees the rows as it goes
  const { ratings, repeats } = sortByUser(rows);
  const distinct = countsOf(ratings, years.size);
  const read = { ...distinct, ratings: rowCount };
  const yearOf = Int32Array.from(ratings.itemIds, (id) => years.get(id) ?? 0);
  const dated = keepDated(ratings, yearOf, years, distinct);
  const active = keepActive(ratings, yearOf, options.activeSince, dated.kept);
  const count = countByItem(ratings);
  const { table, userOf } = trainingTable(ratings, count, options.minRatings);
  const trained = counts(table.itemIds.length, table.items.length, userOf.length);
  const heldOut = chooseHeldOut(table);
  const heldOutRatings = heldOut.reduce(
    (sum, user) => sum + table.userStart[user + 1]! - table.userStart[user]!,
    0,
  );
  return {
    table,
    steps: [
      step('repeats', read, distinct, [
        reason(
          'the same person and title again, same rating',
          repeats.count - repeats.conflicting,
          repeats.examples,
        ),
        reason('the same person and title again, another rating: the last counts', repeats.conflicting),
      ]),
      dated,
      active,
      step('titles', active.kept, trained, [
        reason(`titles with fewer than ${options.minRatings} ratings (in the catalogue, not trained on)`,
          active.kept.titles - trained.titles), // prettier-ignore
      ]),
    ],
    heldOut,
    popularity: popularityWithout(
      ratings,
      Uint32Array.from(heldOut, (user) => userOf[user]!),
    ),
    numbers: {
      testUsers: heldOut.length,
      testRatings: heldOutRatings,
      trainRatings: table.items.length - heldOutRatings,
      heldOutSeed: HELD_OUT_SEED,
    },
  };
}

const countsOf = (ratings: UserRatings, titles: number): Counts =>
  counts(titles, ratingCount(ratings), activeUserCount(ratings));

/** Takes out, in place, the ratings of titles without a year and of ids that are no title. */
function keepDated(
  ratings: UserRatings,
  yearOf: Int32Array,
  years: ReadonlyMap<number, number | null>,
  before: Counts,
): StepReport {
  const undated = [...years].filter(([, year]) => year === null).map(([id]) => id);
  const unknown = [...ratings.itemIds].filter((id) => !years.has(id));
  keepOnly(ratings, { items: Uint8Array.from(yearOf, (year) => (year > 0 ? 1 : 0)) });
  return step('year', before, countsOf(ratings, years.size - undated.length), [
    reason('titles without a year', undated.length, examplesOf(undated)),
    reason('rated ids that are no title of the set', unknown.length, examplesOf(unknown)),
  ]);
}

/** Takes out, in place, the people who rated nothing that new; `since` 0 keeps everyone. */
function keepActive(ratings: UserRatings, yearOf: Int32Array, since: number, before: Counts): StepReport {
  if (since <= 0) return step('users', before, before);
  const { users, empty } = usersActiveSince(ratings, yearOf, since);
  const leaving = users.reduce((sum, kept) => sum + (kept === 0 ? 1 : 0), 0);
  keepOnly(ratings, { users });
  const titles = countByItem(ratings).reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  return step('users', before, countsOf(ratings, titles), [
    reason(`people without a rating of a title of ${since} or later`, leaving - empty),
  ]);
}

const reason = (text: string, count: number, examples: string[] = []): Reason => ({
  reason: text,
  count,
  examples,
});
const examplesOf = (ids: number[]): string[] => ids.slice(0, 5).map((id) => `title ${id}`);

function usersActiveSince(
  ratings: UserRatings,
  yearOf: Int32Array,
  since: number,
): { users: Uint8Array; empty: number } {
  const users = new Uint8Array(ratings.userIds.length);
  let empty = 0;
  for (let user = 0; user < users.length; user++) {
    const to = ratings.start[user + 1]!;
    if (ratings.start[user] === to) empty++;
    for (let at = ratings.start[user]!; at < to; at++)
      if (yearOf[ratings.items[at]!]! >= since) {
        users[user] = 1;
        break;
      }
  }
  return { users, empty };
}

/** Titles with enough ratings and the people who have one left, renumbered. `userOf` leads back to `ratings`. */
function trainingTable(
  ratings: UserRatings,
  count: Uint32Array,
  minRatings: number,
): { table: RatingsTable; userOf: number[] } {
  const newItem = new Int32Array(count.length).fill(-1);
  const itemIds: number[] = [];
  let total = 0;
  count.forEach((titleCount, item) => {
    if (titleCount === 0 || titleCount < minRatings) return;
    newItem[item] = itemIds.push(ratings.itemIds[item]!) - 1;
    total += titleCount;
  });
  const items = new Uint32Array(total);
  const halfStars = new Uint8Array(total);
  const timestamps = ratings.seconds ? new Float64Array(total) : null;
  const userStart = [0];
  const userOf: number[] = [];
  let write = 0;
  for (let user = 0; user < ratings.userIds.length; user++) {
    const before = write;
    for (let at = ratings.start[user]!; at < ratings.start[user + 1]!; at++) {
      const item = newItem[ratings.items[at]!]!;
      if (item < 0) continue;
      items[write] = item;
      halfStars[write] = ratings.halfStars[at]!;
      if (timestamps) timestamps[write] = ratings.seconds![at]!;
      write++;
    }
    if (write === before) continue;
    userOf.push(user);
    userStart.push(write);
  }
  const table: RatingsTable = {
    itemIds: Int32Array.from(itemIds),
    userStart: Uint32Array.from(userStart),
    items,
    halfStars,
    ...(timestamps ? { timestamps } : {}),
  };
  return { table, userOf };
}

/** Number and mean (in stars) of each title's ratings, without those of the people held out. */
function popularityWithout(
  ratings: UserRatings,
  heldOut: Uint32Array,
): Map<number, { count: number; mean: number }> {
  const count = new Uint32Array(ratings.itemIds.length);
  const sum = new Float64Array(ratings.itemIds.length);
  const isHeldOut = new Uint8Array(ratings.userIds.length);
  for (const user of heldOut) isHeldOut[user] = 1;
  for (let user = 0; user < ratings.userIds.length; user++) {
    if (isHeldOut[user] === 1) continue;
    for (let at = ratings.start[user]!; at < ratings.start[user + 1]!; at++) {
      count[ratings.items[at]!]!++;
      sum[ratings.items[at]!]! += ratings.halfStars[at]! / 2;
    }
  }
  const popularity = new Map<number, { count: number; mean: number }>();
  ratings.itemIds.forEach((id, item) => {
    const n = count[item]!;
    if (n > 0) popularity.set(id, { count: n, mean: Math.round((sum[item]! / n) * 1000) / 1000 });
  });
  return popularity;
}
