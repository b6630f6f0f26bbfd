import type { RatingRows } from './ratingRows.ts';

/** Below this an id is looked up in an array, above it in a map: ids of people are dense in every set known. */
const LARGEST_TABLE_ID = 1 << 24;

/** Ratings sorted by person and title, each pair once; people and titles are numbered from 0 in order of their ids. */
export interface UserRatings {
  userIds: Int32Array;
  itemIds: Int32Array;
  /** Ratings of user u stand at start[u] … start[u + 1] − 1. A user may have none left. */
  start: Uint32Array;
  items: Uint32Array;
  halfStars: Uint8Array;
  seconds: Uint32Array | null;
}

export interface Repeats {
  count: number;
  /** Repeats whose rating differs from the one kept. */
  conflicting: number;
  examples: string[];
}

/**
 * Sorts rows by person, then title, and drops repeats of a pair: the row that came last wins, because a person who
 * rated again changed their mind. The rows are given back to memory on the way.
 */
export function sortByUser(rows: RatingRows): { ratings: UserRatings; repeats: Repeats } {
  const users = indexIds(rows, 'users');
  const items = indexIds(rows, 'items');
  const start = startsOf(rows, users);
  const ratings: UserRatings = {
    userIds: users.ids,
    itemIds: items.ids,
    start,
    items: new Uint32Array(rows.length),
    halfStars: new Uint8Array(rows.length),
    seconds: rows.withTimes ? new Uint32Array(rows.length) : null,
  };
  const next = start.slice(0, -1);
  for (const piece of rows.drain()) {
    for (let at = 0; at < piece.length; at++) {
      const user = users.indexOf(piece.users[at]!);
      const place = next[user]!;
      next[user] = place + 1;
      ratings.items[place] = items.indexOf(piece.items[at]!);
      ratings.halfStars[place] = piece.halfStars[at]!;
      if (ratings.seconds) ratings.seconds[place] = piece.seconds![at]!;
    }
  }
  return { ratings, repeats: sortAndDropRepeats(ratings) };
}

interface IdIndex {
  ids: Int32Array;
  indexOf: (id: number) => number;
}

function indexIds(rows: RatingRows, column: 'users' | 'items'): IdIndex {
  let largest = 0;
  for (const piece of rows.chunks()) {
    const ids = piece[column];
    for (let at = 0; at < piece.length; at++) if (ids[at]! > largest) largest = ids[at]!;
  }
  return largest <= LARGEST_TABLE_ID ? indexByTable(rows, column, largest) : indexByMap(rows, column);
}

function indexByTable(rows: RatingRows, column: 'users' | 'items', largest: number): IdIndex {
  const table = new Int32Array(largest + 1);
  for (const piece of rows.chunks()) {
    const ids = piece[column];
    for (let at = 0; at < piece.length; at++) table[ids[at]!] = 1;
  }
  const found: number[] = [];
  for (let id = 0; id <= largest; id++) if (table[id] === 1) table[id] = found.push(id) - 1;
  return { ids: Int32Array.from(found), indexOf: (id) => table[id]! };
}

function indexByMap(rows: RatingRows, column: 'users' | 'items'): IdIndex {
  const distinct = new Set<number>();
  for (const piece of rows.chunks()) {
    const ids = piece[column];
    for (let at = 0; at < piece.length; at++) distinct.add(ids[at]!);
  }
  const ids = Int32Array.from(distinct).sort();
  const index = new Map<number, number>();
  ids.forEach((id, at) => index.set(id, at));
  return { ids, indexOf: (id) => index.get(id)! };
}

function startsOf(rows: RatingRows, users: IdIndex): Uint32Array {
  const start = new Uint32Array(users.ids.length + 1);
  for (const piece of rows.chunks())
    for (let at = 0; at < piece.length; at++) start[users.indexOf(piece.users[at]!) + 1]!++;
  for (let user = 1; user < start.length; user++) start[user]! += start[user - 1]!;
  return start;
}

/** Room for the position in one person's list beside the item number in one exact double. */
const POSITIONS = 2 ** 26;

/** Sorts each person's ratings by title, order of reading kept among equals, and closes the gaps. */
function sortAndDropRepeats(ratings: UserRatings): Repeats {
  const { start, items, halfStars, seconds, itemIds, userIds } = ratings;
  const repeats: Repeats = { count: 0, conflicting: 0, examples: [] };
  let write = 0;
  for (let user = 0; user < userIds.length; user++) {
    const from = start[user]!;
    const to = start[user + 1]!;
    start[user] = write;
    const keys = new Float64Array(to - from);
    for (let at = from; at < to; at++) keys[at - from] = items[at]! * POSITIONS + (at - from);
    keys.sort();
    const halves = halfStars.slice(from, to);
    const times = seconds?.slice(from, to);
    const first = write;
    for (const key of keys) {
      const item = Math.floor(key / POSITIONS);
      const position = key % POSITIONS;
      if (write > first && items[write - 1] === item) {
        write--;
        repeats.count++;
        if (halfStars[write] !== halves[position]) repeats.conflicting++;
        if (repeats.examples.length < 5)
          repeats.examples.push(`user ${userIds[user]}, title ${itemIds[item]}`);
      }
      items[write] = item;
      halfStars[write] = halves[position]!;
      if (seconds) seconds[write] = times![position]!;
      write++;
    }
  }
  start[userIds.length] = write;
  return repeats;
}

/** Keeps the ratings of the users and titles marked 1 (null: all), in place. People left with nothing stay, empty. */
export function keepOnly(ratings: UserRatings, keep: { users?: Uint8Array; items?: Uint8Array }): void {
  const { start, items, halfStars, seconds } = ratings;
  let write = 0;
  for (let user = 0; user < ratings.userIds.length; user++) {
    const from = start[user]!;
    const to = start[user + 1]!;
    start[user] = write;
    if (keep.users && keep.users[user] === 0) continue;
    for (let at = from; at < to; at++) {
      if (keep.items && keep.items[items[at]!] === 0) continue;
      items[write] = items[at]!;
      halfStars[write] = halfStars[at]!;
      if (seconds) seconds[write] = seconds[at]!;
      write++;
    }
  }
  start[ratings.userIds.length] = write;
}

export const ratingCount = (ratings: UserRatings): number => ratings.start.at(-1)!;

/** Ratings of each title. */
export function countByItem(ratings: UserRatings): Uint32Array {
  const count = new Uint32Array(ratings.itemIds.length);
  const total = ratingCount(ratings);
  for (let at = 0; at < total; at++) count[ratings.items[at]!]!++;
  return count;
}

/** People with at least one rating left. */
export function activeUserCount(ratings: UserRatings): number {
  let active = 0;
  for (let user = 0; user < ratings.userIds.length; user++)
    if (ratings.start[user + 1]! > ratings.start[user]!) active++;
  return active;
}
