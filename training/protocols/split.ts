import { UsageError } from '../../src/errors.ts';
import { type RatingsTable } from '../ratingsFile.ts';
import { seededRandom, shuffle } from '../random.ts';
import { buildTrainingMatrix, type InputKind, range, type TrainingMatrix } from '../trainingMatrix.ts';
import { type Person } from '../evaluation/evaluate.ts';
import { mersenneTwister } from './mersenneTwister.ts';
import { type RatingData } from './readRatingData.ts';

/** Positions of ratings in a RatingData. */
export type Rows = Uint32Array;

/** Which ratings train, which are folded in, which are to be found. */
export interface RowSplit {
  train: Rows;
  known: Rows;
  heldOut: Rows;
}

export interface SplitRules {
  input: InputKind;
  /** What a known rating counts when it is folded in. */
  foldIn: (halfStars: number) => number;
  isRelevant: (halfStars: number) => boolean;
  /** Held-out titles that nobody in training has rated count against recall, although nothing can find them. */
  countsUnreachable: boolean;
  /** People of whom nothing is known are asked too. */
  asksUnknown: boolean;
}

/** X and the people asked about it. */
export interface Split {
  matrix: TrainingMatrix;
  people: Person[];
  trainRatings: number;
  heldOutRatings: number;
}

/** A part to choose parameters on, or null when there is nobody to ask. */
export const ifAsked = (split: Split): Split | null => (split.people.length > 0 ? split : null);

/** Python's and NumPy's rounding: halves go to the even neighbour. */
export function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/**
 * One random number a row in the order given; in each title the rows with the lowest `round(share · count)` numbers go to
 * the first part.
 */
export function splitWithinTitles(data: RatingData, rows: Rows, share: number, seed: number): [Rows, Rows] {
  const random = mersenneTwister(seed);
  const drawn = Float64Array.from(rows, random);
  const order = range(rows.length).sort(
    (a, b) => data.items[rows[a]!]! - data.items[rows[b]!]! || drawn[a]! - drawn[b]! || a - b,
  );
  const counts = new Uint32Array(data.itemIds.length);
  for (const row of rows) counts[data.items[row]!]!++;
  const first: number[] = [];
  const second: number[] = [];
  let item = -1;
  let rank = 0;
  for (const at of order) {
    const row = rows[at]!;
    rank = data.items[row] === item ? rank + 1 : 1;
    item = data.items[row]!;
    (rank <= roundHalfToEven(share * counts[item]!) ? first : second).push(row);
  }
  return [Uint32Array.from(first), Uint32Array.from(second)];
}

/** For each user a shuffled list of their rows; users without any give an empty one. */
export function shuffledByUser(data: RatingData, rows: Rows, seed: number): Rows[] {
  const random = seededRandom(seed);
  const own = Array.from(data.userIds, () => [] as number[]);
  for (const row of rows) own[data.users[row]!]!.push(row);
  return own.map((list) => shuffle(Uint32Array.from(list), random));
}

/** Disjoint draws of `counts[0]`, `counts[1]`, … of the candidates. */
export function drawUsers(candidates: Uint32Array, counts: number[], seed: number): Uint32Array[] {
  const order = shuffle(candidates.slice(), seededRandom(seed));
  let from = 0;
  return counts.map((count) => order.slice(from, (from += count)));
}

/** The rows of some users cut in two: the first `knownOf(n)` of each user's n shuffled rows, and the others. */
export function cutByUser(
  byUser: Rows[],
  users: Uint32Array,
  knownOf: (ratings: number) => number,
): { known: Rows; heldOut: Rows } {
  const known: number[] = [];
  const heldOut: number[] = [];
  for (const user of users) {
    const cut = knownOf(byUser[user]!.length);
    byUser[user]!.forEach((row, at) => (at < cut ? known : heldOut).push(row));
  }
  return { known: Uint32Array.from(known), heldOut: Uint32Array.from(heldOut) };
}

/** Rows of some users, in the order of the file. */
export function rowsOfUsers(data: RatingData, rows: Rows, users: Uint32Array): Rows {
  const isWanted = new Uint8Array(data.userIds.length);
  for (const user of users) isWanted[user] = 1;
  return rows.filter((row) => isWanted[data.users[row]!] === 1);
}

/**
 * @param trained the X of another split with the same training rows, so that it is built and inverted only once
 * @throws UsageError when nothing is left to train on
 */
export function buildSplit(
  data: RatingData,
  rows: RowSplit,
  rules: SplitRules,
  trained?: TrainingMatrix,
): Split {
  const matrix = trained ?? matrixOf(data, rows.train, rules.input);
  const indexOfId = new Map([...matrix.movieIds].map((id, index) => [id, index]));
  const indexOf = Int32Array.from(data.itemIds, (id) => indexOfId.get(id) ?? -1);
  const known = tableOf(data, rows.known);
  const heldOut = tableOf(data, rows.heldOut);
  const people: Person[] = [];
  let heldOutRatings = 0;
  for (let user = 0; user < data.userIds.length; user++) {
    const person = personOf(user, known, heldOut, indexOf, rules);
    if (person.relevantCount === 0 || (person.indexes.length === 0 && !rules.asksUnknown)) continue;
    people.push(person);
    heldOutRatings += person.relevantCount;
  }
  return { matrix, people, trainRatings: rows.train.length, heldOutRatings };
}

function matrixOf(data: RatingData, rows: Rows, input: InputKind): TrainingMatrix {
  try {
    return buildTrainingMatrix(tableOf(data, rows), { input, minRatings: 1 });
  } catch (error) {
    throw new UsageError(`${data.name}: ${(error as Error).message}`);
  }
}

function personOf(
  user: number,
  known: RatingsTable,
  heldOut: RatingsTable,
  indexOf: Int32Array,
  { foldIn, isRelevant, countsUnreachable }: SplitRules,
): Person {
  const profile: [number, number][] = [];
  const seen: number[] = [];
  for (let at = known.userStart[user]!; at < known.userStart[user + 1]!; at++) {
    const index = indexOf[known.items[at]!]!;
    if (index < 0) continue;
    seen.push(index);
    const value = foldIn(known.halfStars[at]!);
    if (value !== 0) profile.push([index, value]);
  }
  profile.sort(([a], [b]) => a - b);
  const relevant = new Set<number>();
  let relevantCount = 0;
  for (let at = heldOut.userStart[user]!; at < heldOut.userStart[user + 1]!; at++) {
    if (!isRelevant(heldOut.halfStars[at]!)) continue;
    const index = indexOf[heldOut.items[at]!]!;
    if (index >= 0) relevant.add(index);
    if (index >= 0 || countsUnreachable) relevantCount++;
  }
  return {
    indexes: Uint32Array.from(profile, ([index]) => index),
    values: Float64Array.from(profile, ([, value]) => value),
    seen: Uint32Array.from(seen),
    relevant,
    relevantCount,
  };
}

/** Some of the ratings as a table of all users, their rows in the order given. */
export function tableOf(data: RatingData, rows: Rows): RatingsTable {
  const userStart = new Uint32Array(data.userIds.length + 1);
  for (const row of rows) userStart[data.users[row]! + 1]!++;
  for (let user = 0; user < data.userIds.length; user++) userStart[user + 1]! += userStart[user]!;
  const next = userStart.slice();
  const items = new Uint32Array(rows.length);
  const halfStars = new Uint8Array(rows.length);
  for (const row of rows) {
    const to = next[data.users[row]!]!++;
    items[to] = data.items[row]!;
    halfStars[to] = data.halfStars[row]!;
  }
  return { itemIds: data.itemIds, userStart, items, halfStars };
}
