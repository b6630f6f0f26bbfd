import { BadRows } from '../../datasets/support/badRows.ts';
import { readRatingLines } from '../../datasets/support/ratingLines.ts';
import { openFiles } from '../../datasets/support/zipStream.ts';
import { type RatingsTable, userCount } from '../ratingsFile.ts';
import { seededRandom, shuffle } from '../random.ts';
import { range } from '../trainingMatrix.ts';

/** Real ratings of the starter's titles, one row a person; people who rated none of them are left out. */
export async function readRealRatings(archive: string, movieIds: Int32Array): Promise<RatingsTable> {
  const files = await openFiles(archive);
  const bad = new BadRows('ratings.json');
  const rows = await readRatingLines(await files.open(files.find('raw/ratings.json')!), bad, () => {});
  files.close();
  const itemOf = new Map(Array.from(movieIds, (movieId, item) => [movieId, item]));
  const byUser = new Map<number, Map<number, number>>();
  for (const { users, items, halfStars, length } of rows.chunks())
    for (let at = 0; at < length; at++) {
      const item = itemOf.get(items[at]!);
      if (item === undefined) continue;
      let ratings = byUser.get(users[at]!);
      if (!ratings) byUser.set(users[at]!, (ratings = new Map()));
      ratings.set(item, halfStars[at]!);
    }
  return tableOf(
    movieIds,
    [...byUser.entries()].sort(([a], [b]) => a - b).map(([, ratings]) => ratings),
  );
}

function tableOf(movieIds: Int32Array, people: Map<number, number>[]): RatingsTable {
  const userStart = new Uint32Array(people.length + 1);
  people.forEach((ratings, user) => (userStart[user + 1] = userStart[user]! + ratings.size));
  const items = new Uint32Array(userStart.at(-1)!);
  const halfStars = new Uint8Array(items.length);
  people.forEach((ratings, user) => {
    [...ratings.keys()]
      .sort((a, b) => a - b)
      .forEach((item, at) => {
        items[userStart[user]! + at] = item;
        halfStars[userStart[user]! + at] = ratings.get(item)!;
      });
  });
  return { itemIds: movieIds.slice(), userStart, items, halfStars };
}

/** The table with these people only, in this order. */
export function peopleOf(table: RatingsTable, users: Uint32Array): RatingsTable {
  const userStart = new Uint32Array(users.length + 1);
  users.forEach((user, at) => {
    userStart[at + 1] = userStart[at]! + table.userStart[user + 1]! - table.userStart[user]!;
  });
  const items = new Uint32Array(userStart.at(-1)!);
  const halfStars = new Uint8Array(items.length);
  users.forEach((user, at) => {
    items.set(table.items.subarray(table.userStart[user], table.userStart[user + 1]), userStart[at]);
    halfStars.set(table.halfStars.subarray(table.userStart[user], table.userStart[user + 1]), userStart[at]);
  });
  return { itemIds: table.itemIds, userStart, items, halfStars };
}

/** People the fit never sees: `test` for what is reported, `validation` for choosing λ. */
export function splitPeople(table: RatingsTable, seed = 7) {
  const order = shuffle(range(userCount(table)), seededRandom(seed));
  return { test: order.slice(0, 800), validation: order.slice(800, 1200), fit: order.slice(1200) };
}

/** Ratings of each item. */
export function ratingCounts(table: RatingsTable): Uint32Array {
  const counts = new Uint32Array(table.itemIds.length);
  for (const item of table.items) counts[item]!++;
  return counts;
}
