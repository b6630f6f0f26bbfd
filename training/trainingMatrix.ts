import { UsageError } from '../src/errors.ts';
import { type RatingsTable, userCount } from './ratingsFile.ts';

/** What a rating counts in X. `graded` is the product's: 1 for ≥ 4, .5 for 3–3.5, 0 below. */
export type InputKind = 'graded' | 'binary' | 'likes' | 'stars';

const INPUT_OF_HALF_STARS: Record<InputKind, (halfStars: number) => number> = {
  graded: (halfStars) => (halfStars >= 8 ? 1 : halfStars >= 6 ? 0.5 : 0),
  binary: () => 1,
  likes: (halfStars) => (halfStars >= 8 ? 1 : 0),
  stars: (halfStars) => halfStars / 10,
};

export const inputValue = (kind: InputKind, halfStars: number): number =>
  INPUT_OF_HALF_STARS[kind](halfStars);

/**
 * X, users × titles, in compressed sparse rows. Titles are numbered by popularity, 0 the most rated: the entries that the
 * Gram matrix is made of then lie close together, and the served rows are read from the front.
 */
export interface TrainingMatrix {
  movieIds: Int32Array;
  /** Entries of user u stand at userStart[u] … userStart[u + 1] − 1. */
  userStart: Uint32Array;
  /** Ascending inside a user. */
  items: Uint32Array;
  /** X_ui, never 0. */
  values: Float32Array;
}

export interface MatrixOptions {
  input: InputKind;
  /** Titles with fewer ratings (of any height) are left out. */
  minRatings: number;
  /** Keep only this many titles, the most rated. */
  maxTitles?: number;
  /** movieIds that get a place after all others although nobody rated them: side information gives them weights. */
  coldTitles?: Iterable<number>;
  /** Users to use; all when absent. Popularity and `minRatings` are counted over these only. */
  users?: Iterable<number>;
}

/** @throws UsageError when nothing is left to train on, saying what was asked for. */
export function buildTrainingMatrix(ratings: RatingsTable, options: MatrixOptions): TrainingMatrix {
  const users = options.users ? Uint32Array.from(options.users) : range(userCount(ratings));
  const ratingCounts = countRatings(ratings, users);
  const kept = [...range(ratings.itemIds.length)]
    .filter((item) => ratingCounts[item]! >= Math.max(1, options.minRatings))
    .sort((a, b) => ratingCounts[b]! - ratingCounts[a]! || ratings.itemIds[a]! - ratings.itemIds[b]!)
    .slice(0, options.maxTitles ?? Infinity);
  if (kept.length === 0)
    throw new UsageError(
      ratings.items.length === 0
        ? 'There are no ratings to train on'
        : `No title has ${options.minRatings} ratings or more: nothing to train on`,
    );
  const indexOfItem = new Int32Array(ratings.itemIds.length).fill(-1);
  kept.forEach((item, index) => (indexOfItem[item] = index));
  const matrix = fillRows(ratings, users, indexOfItem, options.input);
  const movieIds = kept.map((item) => ratings.itemIds[item]!);
  const known = new Set(movieIds);
  const cold = [...new Set(options.coldTitles)]
    .filter((movieId) => !known.has(movieId))
    .sort((a, b) => a - b);
  return { movieIds: Int32Array.from([...movieIds, ...cold]), ...matrix };
}

function fillRows(ratings: RatingsTable, users: Uint32Array, indexOfItem: Int32Array, input: InputKind) {
  const valueOf = Float32Array.from({ length: 11 }, (_, halfStars) => inputValue(input, halfStars));
  const userStart = new Uint32Array(users.length + 1);
  let entries = 0;
  users.forEach((user, row) => {
    for (let at = ratings.userStart[user]!; at < ratings.userStart[user + 1]!; at++)
      if (indexOfItem[ratings.items[at]!]! >= 0 && valueOf[ratings.halfStars[at]!] !== 0) entries++;
    userStart[row + 1] = entries;
  });
  if (entries === 0) throw new UsageError(`No rating counts as "${input}" input: nothing to train on`);
  const items = new Uint32Array(entries);
  const values = new Float32Array(entries);
  const valueOfIndex = new Float32Array(indexOfItem.length);
  users.forEach((user, row) => {
    let to = userStart[row]!;
    const start = to;
    for (let at = ratings.userStart[user]!; at < ratings.userStart[user + 1]!; at++) {
      const index = indexOfItem[ratings.items[at]!]!;
      const value = valueOf[ratings.halfStars[at]!]!;
      if (index < 0 || value === 0) continue;
      items[to++] = index;
      valueOfIndex[index] = value;
    }
    items.subarray(start, to).sort();
    for (let at = start; at < to; at++) values[at] = valueOfIndex[items[at]!]!;
  });
  return { userStart, items, values };
}

function countRatings(ratings: RatingsTable, users: Uint32Array): Uint32Array {
  const counts = new Uint32Array(ratings.itemIds.length);
  for (const user of users)
    for (let at = ratings.userStart[user]!; at < ratings.userStart[user + 1]!; at++)
      counts[ratings.items[at]!]!++;
  return counts;
}

export const range = (length: number): Uint32Array => Uint32Array.from({ length }, (_, at) => at);

/** n_j = Σ_u X_uj², the diagonal of XᵀX. */
export function popularityOf(matrix: TrainingMatrix): Float64Array {
  const popularity = new Float64Array(matrix.movieIds.length);
  matrix.items.forEach((item, at) => (popularity[item]! += matrix.values[at]! ** 2));
  return popularity;
}

/**
 * X with further rows below it: a row of side information (one tag over all titles, times a) adds `a²·TᵀT` to the Gram
 * matrix (Jeunen et al., RecSys 2020). Entries must be ascending inside a row.
 */
export function appendRows(
  matrix: TrainingMatrix,
  rows: { items: number[]; values: number[] }[],
): TrainingMatrix {
  const added = rows.reduce((sum, row) => sum + row.items.length, 0);
  const before = matrix.items.length;
  const userStart = new Uint32Array(matrix.userStart.length + rows.length);
  const items = new Uint32Array(before + added);
  const values = new Float32Array(before + added);
  userStart.set(matrix.userStart);
  items.set(matrix.items);
  values.set(matrix.values);
  let to = before;
  rows.forEach((row, at) => {
    items.set(row.items, to);
    values.set(row.values, to);
    to += row.items.length;
    userStart[matrix.userStart.length + at] = to;
  });
  return { movieIds: matrix.movieIds, userStart, items, values };
}

/** X with row u multiplied by factors[u]. */
export function scaleUsers(matrix: TrainingMatrix, factors: Float64Array): TrainingMatrix {
  const values = matrix.values.slice();
  factors.forEach((factor, user) => {
    for (let at = matrix.userStart[user]!; at < matrix.userStart[user + 1]!; at++) values[at]! *= factor;
  });
  return { ...matrix, values };
}
