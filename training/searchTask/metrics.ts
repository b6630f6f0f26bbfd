import { seededRandom } from '../random.ts';

/** Depths at which it is counted whether the target stands in the list. */
export const HIT_DEPTHS = [1, 5, 10, 20, 50] as const;

/** Where one target stood in its list: from 1, null when it was not in it. */
export interface Placed {
  rank: number | null;
  /** Places of one person are drawn together. */
  user: string;
}

/** Fractions 0–1, with 95 % intervals under the same keys. null when there was no task. */
export interface Metrics {
  [metric: string]: number | null | Record<string, [number, number]>;
  intervals: Record<string, [number, number]>;
}

const MEASURES: Record<string, (rank: number | null) => number> = {
  ...Object.fromEntries(
    HIT_DEPTHS.map((depth) => [
      `hit@${depth}`,
      (rank: number | null) => Number(rank !== null && rank <= depth),
    ]),
  ),
  mrr: (rank) => (rank === null ? 0 : 1 / rank),
  'mrr@10': (rank) => (rank === null || rank > 10 ? 0 : 1 / rank),
};

const RESAMPLES = 1000;
const SEED = 20_250;

/**
 * Means over all tasks, and percentile intervals from a bootstrap over people: as many people as there are drawn with
 * repetition, with all their tasks, a thousand times, seeded.
 */
export function summarise(places: readonly Placed[]): Metrics {
  const metrics: Metrics = { intervals: {} };
  const groups = groupByUser(places);
  for (const [name, measure] of Object.entries(MEASURES)) {
    const sums = groups.map((group) => ({
      sum: group.reduce((total, { rank }) => total + measure(rank), 0),
      count: group.length,
    }));
    metrics[name] = places.length === 0 ? null : meanOf(sums);
    if (places.length > 0) metrics.intervals[name] = interval(sums);
  }
  const { intervals, ...values } = metrics;
  return { ...values, intervals };
}

function groupByUser(places: readonly Placed[]): Placed[][] {
  const groups = new Map<string, Placed[]>();
  for (const placed of places) groups.set(placed.user, [...(groups.get(placed.user) ?? []), placed]);
  return [...groups.values()];
}

interface GroupSum {
  sum: number;
  count: number;
}

function meanOf(groups: readonly GroupSum[]): number {
  let sum = 0;
  let count = 0;
  for (const group of groups) {
    sum += group.sum;
    count += group.count;
  }
  return sum / count;
}

function interval(groups: readonly GroupSum[]): [number, number] {
  const random = seededRandom(SEED);
  const draw = () => groups[Math.floor(random() * groups.length)]!;
  const means = Array.from({ length: RESAMPLES }, () => meanOf(groups.map(draw))).sort((a, b) => a - b);
  return [means[Math.floor(RESAMPLES * 0.025)]!, means[Math.ceil(RESAMPLES * 0.975) - 1]!];
}
