import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { type RatingsTable, userCount } from '../ratingsFile.ts';
import { seededRandom } from '../random.ts';
import { gramOfRows } from './dense.ts';
import { drawPeople } from './drawPeople.ts';
import { type People } from './fitCohorts.ts';
import { logistic, normalDensity, upperQuantile } from './normal.ts';
import { STAR_CLASSES, starClass, starSharesIn, type TasteModel } from './tasteModel.ts';

/** Largest part of a title's latent variance that taste may explain. */
const LARGEST_COMMUNALITY = 0.98;

export interface FactorOptions {
  rank: number;
  rounds: number;
  /** People drawn in each round to compare with. */
  people: number;
  report?: (round: number, rootMeanSquare: number) => void;
}

/**
 * Correlations of the copula by matching moments. Every answer (not rated, low, middling, liked) becomes its expected
 * latent value given the person's activity and cohort; the products of these, averaged over people, must be the same for
 * real and drawn people. In each round people are drawn from the current model, and the correlations are moved by what is
 * missing and cut back to the given rank.
 * @param model its titles are those of `table`; `factors` are ignored
 * @returns titles × rank, row major
 */
export function fitFactors(
  model: TasteModel,
  table: RatingsTable,
  people: People,
  options: FactorOptions,
): Float32Array {
  const n = model.movieIds.length;
  const wanted = momentsOf(model, table, people);
  const scale = Float64Array.from({ length: n }, (_, i) => Math.sqrt(wanted[i * n + i]!));
  let correlation = wanted.map((moment, at) => {
    const i = Math.floor(at / n);
    const j = at % n;
    return i === j ? 1 : bounded((2 * moment) / (scale[i]! * scale[j]!));
  });
  let factors = lowRank(correlation, n, options.rank);
  for (let round = 1; round <= options.rounds; round++) {
    const drawn = drawPeople(
      { ...model, rank: options.rank, factors },
      { people: options.people, random: seededRandom(100 + round) },
    );
    const moments = momentsOf(model, drawn.table, drawn);
    const reached = gramOfRows(factors, n, options.rank);
    let squares = 0;
    correlation = reached.map((value, at) => {
      const i = Math.floor(at / n);
      const j = at % n;
      if (i === j) return 1;
      const missing = (wanted[at]! - moments[at]!) / (scale[i]! * scale[j]!);
      squares += missing ** 2;
      return bounded(value + missing);
    });
    options.report?.(round, Math.sqrt(squares / (n * (n - 1))));
    factors = lowRank(correlation, n, options.rank);
  }
  return factors;
}

const bounded = (correlation: number): number => Math.max(-0.95, Math.min(0.95, correlation));

/** Titles × titles: mean over people of the products of expected latent values. */
function momentsOf(model: TasteModel, table: RatingsTable, people: People): Float64Array {
  const n = model.movieIds.length;
  const count = userCount(table);
  const values = new Float32Array(n * count);
  const category = new Uint8Array(n);
  const shares = new Float64Array(STAR_CLASSES);
  for (let user = 0; user < count; user++) {
    category.fill(0);
    for (let at = table.userStart[user]!; at < table.userStart[user + 1]!; at++)
      category[table.items[at]!] = 1 + likingOf(table.halfStars[at]!);
    const cohort = model.cohorts[people.cohorts[user]!]!;
    for (let title = 0; title < n; title++) {
      if (cohort.base[title]! < -29) continue;
      const rated = logistic(cohort.base[title]! + cohort.slope[title]! * people.activities[user]!);
      starSharesIn(model, cohort, title, shares);
      values[title * count + user] = expectedLatent(rated, shares, category[title]!);
    }
  }
  return gramOfRows(values, n, count, count);
}

/** 0 below three stars, 1 for 3–3½, 2 for a like. */
const likingOf = (halfStars: number): number => Math.max(0, Math.min(2, starClass(halfStars) - 1));

/** E[z | category], where the categories cut the normal distribution at 1 − rated and inside that by the star shares. */
function expectedLatent(rated: number, shares: Float64Array, category: number): number {
  const p = Math.max(1e-6, Math.min(1 - 1e-6, rated));
  const liked = p * (shares[3]! + shares[4]!);
  const middling = liked + p * shares[2]!;
  const tails = [1, p, middling, liked, 0];
  const from = tails[category]!;
  const until = tails[category + 1]!;
  const densityAt = (tail: number) => (tail <= 0 || tail >= 1 ? 0 : normalDensity(upperQuantile(tail)));
  return (densityAt(from) - densityAt(until)) / Math.max(1e-9, from - until);
}

/** Nearest positive semidefinite matrix of this rank, as factors; rows longer than allowed are cut to length. */
function lowRank(correlation: Float64Array, n: number, rank: number): Float32Array {
  const matrix = new Matrix(n, n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) matrix.set(i, j, correlation[i * n + j]!);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  const order = [...realEigenvalues.keys()]
    .sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!)
    .slice(0, rank);
  const factors = new Float32Array(n * rank);
  for (let i = 0; i < n; i++) {
    const row = factors.subarray(i * rank, (i + 1) * rank);
    order.forEach(
      (from, k) => (row[k] = eigenvectorMatrix.get(i, from) * Math.sqrt(Math.max(0, realEigenvalues[from]!))),
    );
    const square = row.reduce((sum, value) => sum + value * value, 0);
    if (square > LARGEST_COMMUNALITY) {
      const shorter = Math.sqrt(LARGEST_COMMUNALITY / square);
      row.forEach((value, k) => (row[k] = value * shorter));
    }
  }
  return factors;
}
