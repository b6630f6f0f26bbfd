import { type RatingsTable, userCount } from '../ratingsFile.ts';
import { logistic } from './normal.ts';
import { type Cohort, STAR_CLASSES, starClass } from './tasteModel.ts';

/** Bins of equal size that activity is cut into for the logistic curves. */
const BINS = 16;
const QUANTILES = 101;
/**
 * Share of early people among the drawn ones. In the sample it is half: fewer of them, and shows and newer films, which only
 * the others can have rated, have enough ratings to be learned from.
 */
const EARLY_SHARE = 0.38;
/** How strongly a title's slope is drawn to 1 (in people). */
const SLOPE_PRIOR = 6;
/** Logit that stands for "cannot have rated it". */
export const NEVER = -30;

export interface People {
  /** Cohort of each person of the table. */
  cohorts: Uint8Array;
  /** Standardised log of the number of ratings. */
  activities: Float32Array;
}

/**
 * Two cohorts: the sample's `early` people rated in 2000 and could not know anything newer, and used whole stars; `late`
 * people rated everything up to today by halves.
 */
export function peopleOfTable(table: RatingsTable, years: number[]): People {
  const people = userCount(table);
  const cohorts = new Uint8Array(people);
  const logs = new Float32Array(people);
  for (let user = 0; user < people; user++) {
    let late = 0;
    for (let at = table.userStart[user]!; at < table.userStart[user + 1]!; at++)
      if (years[table.items[at]!]! > 2000 || table.halfStars[at]! % 2 === 1) late = 1;
    cohorts[user] = late;
    logs[user] = Math.log(table.userStart[user + 1]! - table.userStart[user]!);
  }
  const mean = logs.reduce((sum, log) => sum + log, 0) / people;
  const deviation = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / people);
  return { cohorts, activities: logs.map((log) => (log - mean) / deviation) };
}

export function fitCohorts(table: RatingsTable, people: People, years: number[]): Cohort[] {
  return ['early', 'late'].map((name, which) => {
    const members = [...people.cohorts.keys()].filter((user) => people.cohorts[user] === which);
    members.sort((a, b) => people.activities[a]! - people.activities[b]!);
    const activity = Array.from({ length: QUANTILES }, (_, at) => {
      const member =
        members[Math.min(members.length - 1, Math.floor((at * members.length) / (QUANTILES - 1)))]!;
      return Math.round(people.activities[member]! * 1000) / 1000;
    });
    const { base, slope } = fitCurves(table, people, members);
    if (which === 0) years.forEach((year, title) => year > 2000 && (base[title] = NEVER));
    return {
      name,
      share: which === 0 ? EARLY_SHARE : 1 - EARLY_SHARE,
      activity,
      base,
      slope,
      starFactors: new Array<number>(STAR_CLASSES).fill(1),
      split: splitOf(table, members),
    };
  });
}

/** Logistic curves of "rated" over activity, one a title, by Newton on binned counts. Titles nobody rated keep base NaN. */
function fitCurves(table: RatingsTable, people: People, members: number[]) {
  const titles = table.itemIds.length;
  const base = new Float32Array(titles);
  const slope = new Float32Array(titles);
  const binOf = (order: number) => Math.floor((order * BINS) / members.length);
  const size = new Float64Array(BINS);
  const centre = new Float64Array(BINS);
  const counts = new Float64Array(BINS * titles);
  members.forEach((user, order) => {
    const bin = binOf(order);
    size[bin]!++;
    centre[bin]! += people.activities[user]!;
    for (let at = table.userStart[user]!; at < table.userStart[user + 1]!; at++)
      counts[bin * titles + table.items[at]!]!++;
  });
  for (let bin = 0; bin < BINS; bin++) centre[bin]! /= Math.max(1, size[bin]!);
  for (let title = 0; title < titles; title++) {
    const perBin = Float64Array.from({ length: BINS }, (_, bin) => counts[bin * titles + title]!);
    const total = perBin.reduce((sum, count) => sum + count, 0);
    if (total === 0) base[title] = NaN;
    else [base[title], slope[title]] = fitCurve(perBin, size, centre, total / members.length);
  }
  return { base, slope };
}

function fitCurve(
  counts: Float64Array,
  size: Float64Array,
  centre: Float64Array,
  share: number,
): [number, number] {
  let base = Math.log(share / (1 - share));
  let slope = 1;
  for (let step = 0; step < 15; step++) {
    let g0 = 0;
    let g1 = -SLOPE_PRIOR * (slope - 1);
    let h00 = 1e-6;
    let h01 = 0;
    let h11 = SLOPE_PRIOR;
    for (let bin = 0; bin < counts.length; bin++) {
      const p = logistic(base + slope * centre[bin]!);
      const miss = counts[bin]! - size[bin]! * p;
      const weight = size[bin]! * p * (1 - p);
      g0 += miss;
      g1 += miss * centre[bin]!;
      h00 += weight;
      h01 += weight * centre[bin]!;
      h11 += weight * centre[bin]! ** 2;
    }
    const determinant = h00 * h11 - h01 * h01;
    base += (h11 * g0 - h01 * g1) / determinant;
    slope += (h00 * g1 - h01 * g0) / determinant;
  }
  return [base, slope];
}

/** How the cohort's ratings inside each star class fall on half stars. */
function splitOf(table: RatingsTable, members: number[]): Cohort['split'] {
  const counts = new Float64Array(11);
  for (const user of members)
    for (let at = table.userStart[user]!; at < table.userStart[user + 1]!; at++)
      counts[table.halfStars[at]!]!++;
  return Array.from({ length: STAR_CLASSES }, (_, star) => {
    const halves = [...counts.keys()].filter(
      (half) => half > 0 && starClass(half) === star && counts[half]! > 0,
    );
    const total = halves.reduce((sum, half) => sum + counts[half]!, 0);
    return halves.map((half) => ({
      halfStars: half,
      share: Math.round((counts[half]! / total) * 1e4) / 1e4,
    }));
  });
}

/** Titles × star classes: counts, smoothed by `weight` ratings of the expected shares. */
export function fitStarShares(table: RatingsTable, expected: Float32Array, weight: number): Float32Array {
  const shares = Float32Array.from(expected, (share) => share * weight);
  table.items.forEach((item, at) => shares[item * STAR_CLASSES + starClass(table.halfStars[at]!)]!++);
  for (let title = 0; title < table.itemIds.length; title++) {
    const row = shares.subarray(title * STAR_CLASSES, (title + 1) * STAR_CLASSES);
    const total = row.reduce((sum, share) => sum + share, 0);
    row.forEach((share, star) => (row[star] = share / total));
  }
  return shares;
}

/** Sets each cohort's star factors: what it gave, divided by what the shares of the titles it rated say. */
export function fitStarFactors(
  cohorts: Cohort[],
  starShares: Float32Array,
  table: RatingsTable,
  people: People,
): void {
  cohorts.forEach((cohort, which) => {
    const given = new Float64Array(STAR_CLASSES);
    const expected = new Float64Array(STAR_CLASSES);
    people.cohorts.forEach((member, user) => {
      if (member !== which) return;
      for (let at = table.userStart[user]!; at < table.userStart[user + 1]!; at++) {
        given[starClass(table.halfStars[at]!)]!++;
        for (let star = 0; star < STAR_CLASSES; star++)
          expected[star]! += starShares[table.items[at]! * STAR_CLASSES + star]!;
      }
    });
    cohort.starFactors = [...given].map((count, star) => Math.round((count / expected[star]!) * 1e4) / 1e4);
  });
}
