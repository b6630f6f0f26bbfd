import { type EaseFit, type EaseParameters, fitFromGram, preparedMatrix } from './fitEase.ts';
import { copyInto, copyOf, type LowerTriangle, rowsOf } from './lowerTriangle.ts';
import { type RatingsTable, userCount } from './ratingsFile.ts';
import { seededRandom, shuffle } from './random.ts';
import { type Solver } from './solver.ts';
import { buildTrainingMatrix, type InputKind, inputValue, popularityOf, range } from './trainingMatrix.ts';

/**
 * Parameters chosen on people the Gram matrix has not seen: one Gram, then one solve for each λ on a geometric grid that is
 * walked from the middle outwards and left once it only gets worse. The measure is nDCG@10 of held-out likes.
 */
export interface SearchOptions {
  /** λ to try, ascending; a grid around the preset's when absent. */
  lambdas?: number[];
  /** The most rated titles only: the best λ moves little with the rest, and the time goes with the cube. */
  maxTitles?: number;
  validationUsers?: number;
  seed?: number;
}

export interface SearchResult {
  chosen: EaseParameters;
  /** In the order tried. */
  tried: { lambda: number; ndcgAt10: number }[];
  validationUsers: number;
  titles: number;
  seed: number;
}

/** One validation user: what is folded in and what should come out on top. */
export interface HeldOut {
  known: { index: number; value: number }[];
  likes: Set<number>;
  seen: Set<number>;
}

export async function chooseParameters(
  solver: Solver,
  ratings: RatingsTable,
  options: SearchOptions & { input: InputKind; minRatings: number; parameters: EaseParameters },
  report: (done: number, total: number, note: string) => void,
): Promise<SearchResult> {
  const { maxTitles = 4000, validationUsers = 800, seed = 1, parameters } = options;
  const lambdas =
    options.lambdas ?? [1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8].map((factor) => factor * parameters.lambda);
  const { training, validation } = splitUsers(ratings, validationUsers, seed);
  const matrix = buildTrainingMatrix(ratings, { ...options, maxTitles, users: training });
  const people = holdOut(ratings, validation, matrix.movieIds, seed);
  if (people.length === 0)
    throw new Error(
      'A search needs people with at least two likes outside training: there are none; name a lambda instead',
    );
  const counts = popularityOf(matrix);
  const started = performance.now();
  report(0, lambdas.length, 'Gram matrix');
  const triangle = await solver.gram(preparedMatrix(matrix, parameters));
  const gram = copyOf(triangle);
  const tried: SearchResult['tried'] = [];
  const measure = async (lambda: number): Promise<number> => {
    copyInto(gram, triangle);
    const fit = await fitFromGram(
      solver,
      triangle,
      { movieIds: matrix.movieIds, counts },
      { ...parameters, lambda },
    );
    const ndcgAt10 = meanNdcg(fit, people, 10);
    tried.push({ lambda, ndcgAt10 });
    const secondsEach = (performance.now() - started) / 1000 / tried.length;
    const left = Math.ceil(secondsEach * (lambdas.length - tried.length));
    report(
      tried.length,
      lambdas.length,
      `lambda ${lambda}: nDCG@10 ${ndcgAt10.toFixed(4)}, at most ${left} s left`,
    );
    return ndcgAt10;
  };
  await climb(lambdas, measure);
  const best = tried.reduce((a, b) => (b.ndcgAt10 > a.ndcgAt10 ? b : a));
  report(lambdas.length, lambdas.length, `lambda ${best.lambda} chosen`);
  return {
    chosen: { ...parameters, lambda: best.lambda },
    tried,
    validationUsers: people.length,
    titles: matrix.movieIds.length,
    seed,
  };
}

/** From the middle in the better direction, until a step down: the measure has one peak in log λ but for noise. */
async function climb(lambdas: number[], measure: (lambda: number) => Promise<number>): Promise<void> {
  const middle = Math.floor(lambdas.length / 2);
  const start = await measure(lambdas[middle]!);
  for (const direction of [1, -1]) {
    let best = start;
    for (let at = middle + direction; at >= 0 && at < lambdas.length; at += direction) {
      const value = await measure(lambdas[at]!);
      if (value < best) break;
      best = value;
    }
    if (best > start) return;
  }
}

function splitUsers(ratings: RatingsTable, wanted: number, seed: number) {
  const users = shuffle(range(userCount(ratings)), seededRandom(seed));
  const count = Math.min(wanted, Math.floor(users.length / 5));
  return { validation: users.slice(0, count), training: users.slice(count) };
}

/** 80 % of each person's ratings are folded in with the product's input (no dislikes), the likes of the rest are wanted. */
export function holdOut(
  ratings: RatingsTable,
  users: Uint32Array,
  movieIds: Int32Array,
  seed: number,
): HeldOut[] {
  const indexOf = new Map(Array.from(movieIds, (movieId, index) => [movieId, index]));
  const random = seededRandom(seed + 1);
  const people: HeldOut[] = [];
  for (const user of users) {
    const places = shuffle(range(ratings.userStart[user + 1]! - ratings.userStart[user]!), random)
      .map((place) => place + ratings.userStart[user]!)
      .filter((at) => indexOf.has(ratings.itemIds[ratings.items[at]!]!));
    const cut = Math.ceil(places.length * 0.8);
    const person: HeldOut = { known: [], likes: new Set(), seen: new Set() };
    places.forEach((at, order) => {
      const index = indexOf.get(ratings.itemIds[ratings.items[at]!]!)!;
      const halfStars = ratings.halfStars[at]!;
      if (order < cut) {
        person.seen.add(index);
        person.known.push({ index, value: inputValue('graded', halfStars) });
      } else if (halfStars >= 8) person.likes.add(index);
    });
    if (person.likes.size > 0 && person.known.some(({ value }) => value > 0)) people.push(person);
  }
  return people;
}

/** Mean nDCG@k over people, binary relevance, ideal min(k, likes held out), everything known left out. */
export function meanNdcg(fit: EaseFit, people: HeldOut[], k: number): number {
  const columns = fullInverse(fit.inverse);
  const size = fit.movieIds.length;
  const scores = new Float64Array(size);
  let sum = 0;
  for (const { known, likes, seen } of people) {
    scores.fill(0);
    for (const { index, value } of known) {
      if (value === 0) continue;
      const factor = -value * fit.rowScale[index]!;
      const row = columns.subarray(index * size, (index + 1) * size);
      for (let j = 0; j < size; j++) scores[j]! += factor * row[j]!;
    }
    for (let j = 0; j < size; j++) scores[j]! *= fit.columnScale[j]!;
    for (const index of seen) scores[index] = -Infinity;
    sum += ndcg(topOf(scores, k), likes, k);
  }
  return sum / people.length;
}

export function ndcg(ranked: number[], likes: Set<number>, k: number): number {
  let gain = 0;
  ranked.forEach((index, at) => (gain += likes.has(index) ? 1 / Math.log2(at + 2) : 0));
  let ideal = 0;
  for (let at = 0; at < Math.min(k, likes.size); at++) ideal += 1 / Math.log2(at + 2);
  return gain / ideal;
}

export function topOf(scores: Float64Array, k: number): number[] {
  const top: number[] = [];
  for (let j = 0; j < scores.length; j++) {
    if (scores[j] === -Infinity) continue;
    if (top.length === k && scores[j]! <= scores[top[k - 1]!]!) continue;
    let at = Math.min(top.length, k - 1);
    if (top.length < k) top.push(j);
    while (at > 0 && scores[top[at - 1]!]! < scores[j]!) {
      top[at] = top[at - 1]!;
      at--;
    }
    top[at] = j;
  }
  return top;
}

/** P as a full square, so that a person's scores are sums of contiguous rows. */
function fullInverse(triangle: LowerTriangle): Float32Array {
  const { size } = triangle;
  const full = new Float32Array(size * size);
  rowsOf(triangle).forEach((row, i) => {
    full.set(row, i * size);
    for (let j = 0; j < i; j++) full[j * size + i] = row[j]!;
  });
  return full;
}
