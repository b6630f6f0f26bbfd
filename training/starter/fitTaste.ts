import { type StarterRow } from '../../datasets/starter/rows.ts';
import { type RatingsTable } from '../ratingsFile.ts';
import { featuresOf, kernelOf, likenessOf } from './features.ts';
import { fitCohorts, fitStarFactors, fitStarShares, NEVER, peopleOfTable } from './fitCohorts.ts';
import { fitFactors } from './fitFactors.ts';
import { logistic } from './normal.ts';
import { predictBase, predictByKernel, sharesByAcclaim } from './placeTitles.ts';
import { ratingCounts } from './realRatings.ts';
import { type Cohort, STAR_CLASSES, type TasteModel } from './tasteModel.ts';

export interface FitOptions {
  rank: number;
  rounds: number;
  /** Titles with at least this many real ratings have factors of their own. */
  minRatings: number;
  /** Every title is expected to be rated by at least this share of people. */
  leastShare: number;
  report: (line: string) => void;
}

/** Part of every title's factors that comes from its tags: quiets what is an accident of who was asked when. */
const TAG_SHARE = 0.35;
/** Ratings at which the rest is half the title's own. */
const EVEN_RATINGS = 50;
/** Regression shrinks; a prediction is stretched towards the usual length by at most this. */
const LARGEST_STRETCH = 2.5;
/** Numbers a title's likeness is made of, and the part of the latent variance it explains where ratings are many or none. */
const LIKENESS_RANK = 96;
const LIKENESS_OF_KNOWN = 0.2;
const LIKENESS_OF_NEW = 0.45;
const LARGEST_COMMUNALITY = 0.98;
/** Shows are rated by fewer of the people who rate films than their fame says. */
const TV_LOGIT = -0.5;
const RIDGE_LAMBDAS = [0.5, 1, 2, 4];
/** Ratings that expected star shares count for. */
const SHARE_WEIGHT = 15;

/** The taste model of all the starter's titles from real ratings of some of them. Items of `table` are numbered as `rows`. */
export function fitTaste(rows: StarterRow[], table: RatingsTable, options: FitOptions): TasteModel {
  const years = rows.map(({ year }) => year);
  const people = peopleOfTable(table, years);
  const counts = ratingCounts(table);
  const known = [...rows.keys()].filter((title) => counts[title]! >= options.minRatings);
  options.report(`${known.length} of ${rows.length} titles have ${options.minRatings} real ratings or more`);
  const cohorts = fitCohorts(table, people, years);
  for (const cohort of cohorts) completeBase(rows, cohort, counts, known, options.leastShare);
  const plainShares = fitStarShares(
    table,
    new Float32Array(rows.length * STAR_CLASSES).fill(1 / STAR_CLASSES),
    1,
  );
  const starShares = fitStarShares(table, sharesByAcclaim(rows, plainShares, known), SHARE_WEIGHT);
  fitStarFactors(cohorts, starShares, table, people);
  const model: TasteModel = {
    movieIds: table.itemIds,
    rank: options.rank,
    factors: new Float32Array(0),
    starShares,
    leniency: leniencyOf(table),
    cohorts,
  };
  options.report(`leniency ${model.leniency.toFixed(3)}`);
  const part = partOf(model, known);
  const own = fitFactors(part, tableOfItems(table, known), people, {
    rank: options.rank,
    rounds: options.rounds,
    people: people.cohorts.length,
    report: (round, rms) =>
      options.report(`round ${round}: root mean square of missing moments ${rms.toFixed(4)}`),
  });
  return {
    ...model,
    rank: options.rank + LIKENESS_RANK,
    factors: placeAll(rows, counts, known, own, options),
  };
}

/** Base and slope of the titles nobody in the cohort rated, and of those few rated, from fame, acclaim and year. */
function completeBase(
  rows: StarterRow[],
  cohort: Cohort,
  counts: Uint32Array,
  known: number[],
  leastShare: number,
): void {
  const { base, slope, activity } = cohort;
  const sure = known.filter((title) => base[title]! > NEVER + 1);
  const predicted = predictBase(rows, base, sure);
  const usualSlope = sure.reduce((sum, title) => sum + slope[title]!, 0) / sure.length;
  rows.forEach(({ kind }, title) => {
    if (base[title] === NEVER) return;
    if (cohort.name === 'early' && kind === 'tv') return void (base[title] = NEVER);
    const guess = predicted[title]! + (kind === 'tv' ? TV_LOGIT : 0);
    const own = counts[title]! / (counts[title]! + 5);
    if (Number.isNaN(base[title])) [base[title], slope[title]] = [guess, usualSlope];
    else base[title] = own * base[title]! + (1 - own) * guess;
    if (cohort.name === 'late') base[title] = raisedTo(leastShare, base[title]!, slope[title]!, activity);
  });
}

/** The base at which at least this share of the cohort is expected to have rated the title. */
function raisedTo(leastShare: number, base: number, slope: number, activity: number[]): number {
  let raised = base;
  const shareAt = () => activity.reduce((sum, a) => sum + logistic(raised + slope * a), 0) / activity.length;
  while (shareAt() < leastShare) raised += 0.05;
  return raised;
}

/** Share of the variance of ratings around their title's mean that is one person's habit. */
function leniencyOf(table: RatingsTable): number {
  const sums = new Float64Array(table.itemIds.length);
  const counts = ratingCounts(table);
  table.items.forEach((item, at) => (sums[item]! += table.halfStars[at]!));
  let products = 0;
  let pairs = 0;
  let squares = 0;
  for (let user = 0; user + 1 < table.userStart.length; user++) {
    let sum = 0;
    let own = 0;
    const from = table.userStart[user]!;
    const until = table.userStart[user + 1]!;
    for (let at = from; at < until; at++) {
      const item = table.items[at]!;
      const rest = table.halfStars[at]! - sums[item]! / counts[item]!;
      sum += rest;
      own += rest * rest;
    }
    // Each person counts alike, or the few who rated everything would decide.
    if (until - from < 2) continue;
    products += (sum * sum - own) / (until - from);
    pairs += until - from - 1;
    squares += own;
  }
  return Math.max(0, products / pairs / (squares / table.items.length));
}

function partOf(model: TasteModel, titles: number[]): TasteModel {
  const pick = (values: Float32Array) => Float32Array.from(titles, (title) => values[title]!);
  return {
    ...model,
    movieIds: Int32Array.from(titles, (title) => model.movieIds[title]!),
    starShares: Float32Array.from(
      titles.flatMap((title) => [
        ...model.starShares.subarray(title * STAR_CLASSES, (title + 1) * STAR_CLASSES),
      ]),
    ),
    cohorts: model.cohorts.map((cohort) => ({
      ...cohort,
      base: pick(cohort.base),
      slope: pick(cohort.slope),
    })),
  };
}

/** All people, the given items only, renumbered in the order given. */
export function tableOfItems(table: RatingsTable, kept: number[]): RatingsTable {
  const place = new Int32Array(table.itemIds.length).fill(-1);
  kept.forEach((item, at) => (place[item] = at));
  const items: number[] = [];
  const halfStars: number[] = [];
  const userStart = new Uint32Array(table.userStart.length);
  for (let user = 0; user + 1 < table.userStart.length; user++) {
    for (let at = table.userStart[user]!; at < table.userStart[user + 1]!; at++) {
      const item = place[table.items[at]!]!;
      if (item < 0) continue;
      items.push(item);
      halfStars.push(table.halfStars[at]!);
    }
    userStart[user + 1] = items.length;
  }
  return {
    itemIds: Int32Array.from(kept, (item) => table.itemIds[item]!),
    userStart,
    items: Uint32Array.from(items),
    halfStars: Uint8Array.from(halfStars),
  };
}

/**
 * Factors of every title: its own where it has ratings, mixed with what its tags and facts suggest, which is all there is
 * where it has none; and after these the title's likeness (its tags as a short vector), so that titles of one kind stay
 * together that the regression puts in the same crowd.
 */
function placeAll(
  rows: StarterRow[],
  counts: Uint32Array,
  known: number[],
  own: Float32Array,
  { rank, report }: FitOptions,
): Float32Array {
  const features = featuresOf(rows);
  const { predicted, lambda, explained } = predictByKernel(
    kernelOf(features),
    rows.length,
    known,
    own,
    rank,
    RIDGE_LAMBDAS,
  );
  report(
    `ridge of factors on tags and facts: λ ${lambda}, ${(explained * 100).toFixed(1)} % explained, leaving one out`,
  );
  const likeness = likenessOf(features, LIKENESS_RANK);
  const lengths = known.map((_, row) => lengthOf(own, row, rank)).sort((a, b) => a - b);
  const usual = lengths[Math.floor(lengths.length / 2)]!;
  const ownRow = new Map(known.map((title, row) => [title, row]));
  const wide = rank + LIKENESS_RANK;
  const factors = new Float32Array(rows.length * wide);
  rows.forEach((_, title) => {
    const guess = predicted.subarray(title * rank, (title + 1) * rank);
    const stretch = Math.min(LARGEST_STRETCH, usual / Math.max(1e-6, lengthOf(predicted, title, rank)));
    const row = ownRow.get(title);
    const trust =
      row === undefined ? 0 : ((1 - TAG_SHARE) * counts[title]!) / (counts[title]! + EVEN_RATINGS);
    const place = factors.subarray(title * wide, (title + 1) * wide);
    for (let k = 0; k < rank; k++)
      place[k] = (row === undefined ? 0 : trust * own[row * rank + k]!) + (1 - trust) * guess[k]! * stretch;
    const room = Math.max(0, LARGEST_COMMUNALITY - lengthOf(place, 0, rank) ** 2);
    const share = Math.min(room, trust * LIKENESS_OF_KNOWN + (1 - trust) * LIKENESS_OF_NEW);
    for (let k = 0; k < LIKENESS_RANK; k++)
      place[rank + k] = likeness[title * LIKENESS_RANK + k]! * Math.sqrt(share);
  });
  return factors;
}

function lengthOf(factors: Float32Array, row: number, rank: number): number {
  let square = 0;
  for (let k = row * rank; k < (row + 1) * rank; k++) square += factors[k]! ** 2;
  return Math.sqrt(square);
}
