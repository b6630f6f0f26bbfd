import { type TrainingMatrix } from './trainingMatrix.ts';

/**
 * X by titles, for building G = XᵀX row by row: row i is the sum over the users who have title i of X_ui · (their entries
 * up to and including i). Entries stay in user order; each title has a list of its entries.
 */
export interface TitleEntries {
  /** Entries of title i stand at titleStart[i] … titleStart[i + 1] − 1 of the next two. */
  titleStart: Uint32Array;
  /** Place of the entry in `items` and `values`. */
  place: Uint32Array;
  /** Where that entry's user begins in `items` and `values`. */
  userBegin: Uint32Array;
}

/** @param allocate makes each array (of n 32-bit numbers): shared memory for several threads */
export function titleEntriesOf(
  matrix: TrainingMatrix,
  allocate: (length: number) => Uint32Array = (length) => new Uint32Array(length),
): TitleEntries {
  const titles = matrix.movieIds.length;
  const titleStart = allocate(titles + 1);
  for (const item of matrix.items) titleStart[item + 1]!++;
  for (let title = 0; title < titles; title++) titleStart[title + 1]! += titleStart[title]!;
  const next = titleStart.slice(0, titles);
  const place = allocate(matrix.items.length);
  const userBegin = allocate(matrix.items.length);
  for (let user = 0; user + 1 < matrix.userStart.length; user++) {
    const begin = matrix.userStart[user]!;
    for (let at = begin; at < matrix.userStart[user + 1]!; at++) {
      const to = next[matrix.items[at]!]!++;
      place[to] = at;
      userBegin[to] = begin;
    }
  }
  return { titleStart, place, userBegin };
}

/**
 * Row i of G, columns 0 … i.
 * @param sums overwritten; at least i + 1 long, f64 so that millions of small addends stay exact
 */
export function gramRow(
  i: number,
  entries: TitleEntries,
  items: Uint32Array,
  values: Float32Array,
  sums: Float64Array,
): void {
  const { titleStart, place, userBegin } = entries;
  sums.fill(0, 0, i + 1);
  const end = titleStart[i + 1]!;
  for (let entry = titleStart[i]!; entry < end; entry++) {
    const last = place[entry]!;
    const value = values[last]!;
    for (let at = userBegin[entry]!; at <= last; at++) sums[items[at]!]! += value * values[at]!;
  }
}
