import { type RatingsTable } from '../../training/ratingsFile.ts';

/** The seven users of the documented example: titles 1–6 (movieIds 10–60), every rating a like. */
export const GOLDEN_USERS = [[1, 2], [1, 2, 3], [1, 3, 4], [1, 5], [2, 5, 6], [1, 2, 4, 6], [1]];

/** A ratings table from lists of titles (1-based); movieId = 10 × title; rating 5 unless told otherwise. */
export function tableOf(
  users: number[][],
  halfStarsOf: (user: number, title: number) => number = () => 10,
): RatingsTable {
  const titles = Math.max(...users.flat());
  const userStart = [0];
  for (const user of users) userStart.push(userStart.at(-1)! + user.length);
  return {
    itemIds: Int32Array.from({ length: titles }, (_, at) => 10 * (at + 1)),
    userStart: Uint32Array.from(userStart),
    items: Uint32Array.from(users.flat(), (title) => title - 1),
    halfStars: Uint8Array.from(users.flatMap((user, at) => user.map((title) => halfStarsOf(at, title)))),
  };
}
