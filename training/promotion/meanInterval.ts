import { seededRandom } from '../random.ts';
import { type Interval } from '../significance.ts';

const DRAWS = 1000;

/**
 * 95 % percentile bootstrap interval of a mean, the same numbers as `bootstrapIntervals` gives. Every training needs it, the
 * first start of the site too, and loading mathjs alone takes as long as training the starter; a test keeps the two equal.
 */
export function meanInterval(values: readonly number[]): Interval {
  const random = seededRandom(1);
  const means = new Float64Array(DRAWS);
  for (let draw = 0; draw < DRAWS; draw++) {
    let sum = 0;
    for (let at = 0; at < values.length; at++) sum += values[Math.floor(random() * values.length)]!;
    means[draw] = sum / values.length;
  }
  means.sort();
  return [quantile(means, 0.025), quantile(means, 0.975)];
}

/** Between the two nearest of the ascending values, linearly. */
function quantile(ascending: Float64Array, share: number): number {
  const place = share * (ascending.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, ascending.length - 1);
  return ascending[below]! + (place - below) * (ascending[above]! - ascending[below]!);
}
