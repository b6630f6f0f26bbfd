import { seededRandom } from '../random.ts';
import { type RatingsTable } from '../ratingsFile.ts';

/**
 * Ratings with the skew of the real thing, for measuring time: popularity falls as a power of the rank, activity is
 * log-normal (a few people rated thousands), and each person prefers three of many clusters. Taste in them is crude; do not
 * judge quality on it. The full size, 17,807 titles, comes to about 9.7 million ratings.
 */
export function syntheticRatings(titles: number, seed = 1): RatingsTable {
  const random = seededRandom(seed);
  const wanted = titles * RATINGS_PER_TITLE;
  const weights = Float64Array.from({ length: titles }, (_, rank) => (rank + 1 + titles * 0.003) ** -0.85);
  const clusters = clustersOf(titles, random);
  const everything = sampler(
    Uint32Array.from({ length: titles }, (_, at) => at),
    weights,
  );
  const ofCluster = clusters.map((cluster) => sampler(cluster, weights));
  const items = new Uint32Array(wanted + titles);
  const halfStars = new Uint8Array(wanted + titles);
  const userStart = [0];
  const takenBy = new Int32Array(titles).fill(-1);
  let count = 0;
  for (let user = 0; count < wanted; user++) {
    const activity = Math.exp(MEAN_LOG_ACTIVITY + SPREAD * gaussian(random));
    const most = Math.min(
      Math.round(Math.max(5, activity)),
      Math.floor(titles * 0.5),
      wanted + titles - count,
    );
    const own = [0, 1, 2].map(() => ofCluster[Math.floor(random() * ofCluster.length)]!);
    for (let tries = 0, given = 0; given < most && tries < most * 20; tries++) {
      const item = random() < 0.4 ? own[Math.floor(random() * 3)]!(random) : everything(random);
      if (takenBy[item] === user) continue;
      takenBy[item] = user;
      items[count] = item;
      halfStars[count++] = Math.max(1, Math.min(10, Math.round(7 + 2.1 * gaussian(random))));
      given++;
    }
    userStart.push(count);
  }
  return {
    itemIds: Int32Array.from({ length: titles }, (_, at) => at + 1),
    userStart: Uint32Array.from(userStart),
    items: items.slice(0, count),
    halfStars: halfStars.slice(0, count),
  };
}

const RATINGS_PER_TITLE = 545;
/** Median 94 ratings a person, mean about 230. */
const MEAN_LOG_ACTIVITY = Math.log(94);
const SPREAD = 1.34;

function clustersOf(titles: number, random: () => number): Uint32Array[] {
  const clusters: number[][] = Array.from({ length: Math.max(4, Math.round(titles / 300)) }, () => []);
  for (let title = 0; title < titles; title++) clusters[Math.floor(random() * clusters.length)]!.push(title);
  return clusters.filter((cluster) => cluster.length > 0).map((cluster) => Uint32Array.from(cluster));
}

/** Draws in constant time by Walker's alias method. */
function sampler(items: Uint32Array, weights: Float64Array): (random: () => number) => number {
  const total = items.reduce((sum, item) => sum + weights[item]!, 0);
  const share = Float64Array.from(items, (item) => (weights[item]! * items.length) / total);
  const alias = new Uint32Array(items.length);
  const small: number[] = [];
  const large: number[] = [];
  share.forEach((value, at) => (value < 1 ? small : large).push(at));
  while (small.length > 0 && large.length > 0) {
    const low = small.pop()!;
    const high = large.at(-1)!;
    alias[low] = high;
    share[high]! -= 1 - share[low]!;
    if (share[high]! < 1) small.push(large.pop()!);
  }
  for (const at of [...small, ...large]) share[at] = 1;
  return (random) => {
    const at = Math.floor(random() * items.length);
    return items[random() < share[at]! ? at : alias[at]!]!;
  };
}

function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
