import { type RatingData } from './readRatingData.ts';
import { buildSplit, cutByUser, drawUsers, ifAsked, type Rows, rowsOfUsers, type Split, type SplitRules } from './split.ts'; // prettier-ignore

export interface PeopleSplit {
  test: Split;
  /** On the same X; null when there is nobody to choose on. */
  validation: Split | null;
  /** Users asked, users parameters are chosen on, users trained on: nobody is in two of them. */
  asked: Uint32Array;
  choosers: Uint32Array;
  trained: Uint32Array;
}

/**
 * Strong generalisation: the people asked, and those parameters are chosen on, are in no training.
 * @param byUser each user's rows, shuffled: the first `knownOf(n)` of n are folded in, the others are to be found
 * @param users all who may be trained on; `candidates` among them may be asked
 */
export function splitByPeople(
  data: RatingData,
  byUser: Rows[],
  {
    rows,
    users,
    candidates,
    counts,
    knownOf,
    rules,
    seed,
  }: {
    rows: Rows;
    users: Uint32Array;
    candidates: Uint32Array;
    counts: { asked: number; choosers: number };
    knownOf: (ratings: number) => number;
    rules: SplitRules;
    seed: number;
  },
): PeopleSplit {
  const drawn = drawUsers(candidates, [counts.asked, counts.choosers], seed);
  const [asked, choosers] = drawn as [Uint32Array, Uint32Array];
  const setAside = new Set([...asked, ...choosers]);
  const trained = users.filter((user) => !setAside.has(user));
  const train = rowsOfUsers(data, rows, trained);
  const test = buildSplit(data, { train, ...cutByUser(byUser, asked, knownOf) }, rules);
  const others = buildSplit(data, { train, ...cutByUser(byUser, choosers, knownOf) }, rules, test.matrix);
  return { test, validation: ifAsked(others), asked, choosers, trained };
}
