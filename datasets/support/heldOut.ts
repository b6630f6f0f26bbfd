import { type RatingsTable, userCount } from '../../training/ratingsFile.ts';
import { seededRandom } from '../../src/seededRandom.ts';

export const HELD_OUT_SEED = 20210;
export const HELD_OUT_MINIMUM_RATINGS = 25;
const MOST_HELD_OUT = 1000;

/**
 * The people set aside for the λ search, promotion and reports: min(1,000, 10 %) of those with at least 25 ratings,
 * drawn without repetition. The same table and seed always give the same people.
 * @returns positions of users in the table, ascending
 */
export function chooseHeldOut(table: RatingsTable, seed = HELD_OUT_SEED): Uint32Array {
  const eligible: number[] = [];
  for (let user = 0; user < userCount(table); user++)
    if (table.userStart[user + 1]! - table.userStart[user]! >= HELD_OUT_MINIMUM_RATINGS) eligible.push(user);
  const wanted = Math.min(MOST_HELD_OUT, Math.floor(eligible.length / 10));
  const random = seededRandom(seed);
  for (let at = 0; at < wanted; at++) {
    const other = at + Math.floor(random() * (eligible.length - at));
    [eligible[at], eligible[other]] = [eligible[other]!, eligible[at]!];
  }
  return Uint32Array.from(eligible.slice(0, wanted)).sort();
}
