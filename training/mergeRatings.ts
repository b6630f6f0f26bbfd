import { UsageError } from '../src/errors.ts';
import { type RatingsTable } from './ratingsFile.ts';

/**
 * The data set's ratings with those of people registered here as further users. A title only people have rated joins too;
 * whether it is trained is for the minimum of ratings to say. Timestamps are left behind: training does not use them.
 * @param people any order; a person's later row for the same title wins
 */
export function mergeRatings(
  table: RatingsTable,
  people: readonly { userId: number | string; movieId: number; rating: number }[],
): RatingsTable {
  const byPerson = new Map<number | string, Map<number, number>>();
  for (const { userId, movieId, rating } of people) {
    const halfStars = rating * 2;
    if (!Number.isInteger(halfStars) || halfStars < 1 || halfStars > 10)
      throw new UsageError(`A rating of ${rating} for title ${movieId} is outside 0.5 to 5 by halves`);
    let own = byPerson.get(userId);
    if (!own) byPerson.set(userId, (own = new Map()));
    own.set(movieId, halfStars);
  }
  const itemIds = [...table.itemIds];
  const itemOf = new Map(itemIds.map((movieId, item) => [movieId, item]));
  const userStart = [...table.userStart];
  const items: number[] = [];
  const halfStars: number[] = [];
  for (const own of byPerson.values()) {
    for (const [movieId, rated] of own) {
      let item = itemOf.get(movieId);
      if (item === undefined) {
        item = itemIds.push(movieId) - 1;
        itemOf.set(movieId, item);
      }
      items.push(item);
      halfStars.push(rated);
    }
    userStart.push(table.items.length + items.length);
  }
  return {
    itemIds: Int32Array.from(itemIds),
    userStart: Uint32Array.from(userStart),
    items: joined(Uint32Array, table.items, items),
    halfStars: joined(Uint8Array, table.halfStars, halfStars),
  };
}

function joined<T extends Uint32Array | Uint8Array>(
  make: new (length: number) => T,
  first: T,
  rest: number[],
): T {
  const all = new make(first.length + rest.length);
  all.set(first);
  all.set(rest, first.length);
  return all;
}

/**
 * The ratings of titles that the catalogue has; others could never be shown. Users keep their places.
 * @returns with the movieIds left out, ascending
 */
export function ofKnownTitles(
  table: RatingsTable,
  known: ReadonlySet<number>,
): { ratings: RatingsTable; unknown: number[] } {
  const isKnown = Array.from(table.itemIds, (movieId) => known.has(movieId));
  if (!isKnown.includes(false)) return { ratings: table, unknown: [] };
  const isKept = (_: number, at: number): boolean => isKnown[table.items[at]!]!;
  const keptBefore = new Uint32Array(table.items.length + 1);
  table.items.forEach((item, at) => (keptBefore[at + 1] = keptBefore[at]! + (isKnown[item] ? 1 : 0)));
  const ratings = {
    itemIds: table.itemIds,
    userStart: table.userStart.map((start) => keptBefore[start]!),
    items: table.items.filter(isKept),
    halfStars: table.halfStars.filter(isKept),
  };
  const rated = new Set(table.items);
  const unknown = [...table.itemIds].filter((_, item) => !isKnown[item] && rated.has(item));
  return { ratings, unknown: unknown.sort((a, b) => a - b) };
}

/** A table of nothing, for a data directory without data-set ratings. */
export const emptyRatings = (): RatingsTable => ({
  itemIds: new Int32Array(0),
  userStart: new Uint32Array(1),
  items: new Uint32Array(0),
  halfStars: new Uint8Array(0),
});

/** @throws UsageError naming the first rating outside 0.5–5, or the first person who rated a title twice */
export function checkRatings(table: RatingsTable): void {
  const lastUser = new Int32Array(table.itemIds.length).fill(-1);
  for (let user = 0; user + 1 < table.userStart.length; user++)
    for (let at = table.userStart[user]!; at < table.userStart[user + 1]!; at++) {
      const item = table.items[at]!;
      const movieId = table.itemIds[item];
      if (movieId === undefined)
        throw new UsageError(`Rating ${at} names item ${item}, which is not in the table`);
      if (table.halfStars[at]! < 1 || table.halfStars[at]! > 10)
        throw new UsageError(
          `User ${user} rated title ${movieId} with ${table.halfStars[at]! / 2}: outside 0.5 to 5`,
        );
      if (lastUser[item] === user) throw new UsageError(`User ${user} rated title ${movieId} twice`);
      lastUser[item] = user;
    }
}
