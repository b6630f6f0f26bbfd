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
      throw new Error(`A rating of ${rating} for title ${movieId} is outside 0.5 to 5 by halves`);
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

/** A table of nothing, for a data directory without data-set ratings. */
export const emptyRatings = (): RatingsTable => ({
  itemIds: new Int32Array(0),
  userStart: new Uint32Array(1),
  items: new Uint32Array(0),
  halfStars: new Uint8Array(0),
});

/** @throws Error naming the first rating outside 0.5–5, or the first person who rated a title twice */
export function checkRatings(table: RatingsTable): void {
  const lastUser = new Int32Array(table.itemIds.length).fill(-1);
  for (let user = 0; user + 1 < table.userStart.length; user++)
    for (let at = table.userStart[user]!; at < table.userStart[user + 1]!; at++) {
      const item = table.items[at]!;
      const movieId = table.itemIds[item];
      if (movieId === undefined)
        throw new Error(`Rating ${at} names item ${item}, which is not in the table`);
      if (table.halfStars[at]! < 1 || table.halfStars[at]! > 10)
        throw new Error(
          `User ${user} rated title ${movieId} with ${table.halfStars[at]! / 2}: outside 0.5 to 5`,
        );
      if (lastUser[item] === user) throw new Error(`User ${user} rated title ${movieId} twice`);
      lastUser[item] = user;
    }
}
