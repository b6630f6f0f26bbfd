import { type RatingsTable, userCount } from '../ratingsFile.ts';
import { peopleOfTable } from './fitCohorts.ts';
import { ratingCounts } from './realRatings.ts';

export interface Marginals {
  people: number;
  ratings: number;
  /** Ratings a person: the tenth, fiftieth and ninetieth of a hundred, and the mean. */
  activity: { p10: number; p50: number; p90: number; mean: number };
  /** Share of all ratings that the most rated tenth and half of the titles have. */
  topTenth: number;
  topHalf: number;
  /** Share of ratings of ½–1, 1½–2, 2½–3, 3½–4, 4½–5 stars. */
  stars: number[];
  /** Share of likes among all ratings. */
  likes: number;
}

/** The table's people of one cohort (0 early, 1 late); who rated nothing is left out. */
export function marginalsOf(table: RatingsTable, years: number[], cohort: number): Marginals {
  const { cohorts } = peopleOfTable(table, years);
  const activity: number[] = [];
  const stars = new Float64Array(5);
  const counts = new Float64Array(table.itemIds.length);
  let likes = 0;
  for (let user = 0; user < userCount(table); user++) {
    const from = table.userStart[user]!;
    const until = table.userStart[user + 1]!;
    if (cohorts[user] !== cohort || from === until) continue;
    activity.push(until - from);
    for (let at = from; at < until; at++) {
      const halfStars = table.halfStars[at]!;
      stars[Math.ceil(halfStars / 2) - 1]!++;
      counts[table.items[at]!]!++;
      if (halfStars >= 8) likes++;
    }
  }
  activity.sort((a, b) => a - b);
  const ratings = activity.reduce((sum, own) => sum + own, 0);
  const popular = [...counts].sort((a, b) => b - a);
  const shareOfTop = (share: number) =>
    popular.slice(0, Math.round(share * popular.length)).reduce((sum, count) => sum + count, 0) / ratings;
  const quantile = (share: number) => activity[Math.floor(share * (activity.length - 1))]!;
  return {
    people: activity.length,
    ratings,
    activity: { p10: quantile(0.1), p50: quantile(0.5), p90: quantile(0.9), mean: ratings / activity.length },
    topTenth: shareOfTop(0.1),
    topHalf: shareOfTop(0.5),
    stars: [...stars].map((count) => count / ratings),
    likes: likes / ratings,
  };
}

/** Correlation of two tables' titles in the logarithm of how often they were rated, and in their mean rating. */
export function titleCorrelations(a: RatingsTable, b: RatingsTable): { logCounts: number; means: number } {
  const logs = (table: RatingsTable) => [...ratingCounts(table)].map((count) => Math.log(count + 1));
  return { logCounts: correlation(logs(a), logs(b)), means: correlation(meansOf(a), meansOf(b)) };
}

function meansOf(table: RatingsTable): number[] {
  const sums = new Float64Array(table.itemIds.length);
  table.items.forEach((item, at) => (sums[item]! += table.halfStars[at]! / 2));
  return [...ratingCounts(table)].map((count, item) => sums[item]! / Math.max(1, count));
}

function correlation(a: number[], b: number[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let product = 0;
  let squareA = 0;
  let squareB = 0;
  a.forEach((value, at) => {
    product += (value - meanA) * (b[at]! - meanB);
    squareA += (value - meanA) ** 2;
    squareB += (b[at]! - meanB) ** 2;
  });
  return product / Math.sqrt(squareA * squareB);
}
