/**
 * Ranking measures of one person. `hits[r]` is 1 when the title at place r (0 the first) is relevant; `relevant` is the
 * number of relevant titles, at least 1, found or not. All are fractions from 0 to 1.
 */
export type Hits = Uint8Array;

const hitCount = (hits: Hits, k: number): number => {
  let count = 0;
  for (let place = 0; place < Math.min(k, hits.length); place++) count += hits[place]!;
  return count;
};

/** Hits in the first k places, divided by k also when the list is shorter. */
export const precisionAt = (hits: Hits, k: number): number => hitCount(hits, k) / k;

export const recallAt = (hits: Hits, relevant: number, k: number): number => hitCount(hits, k) / relevant;

/** Recall as Liang et al. (WWW 2018) have it: ÷ min(k, relevant), so that 1 can always be reached. */
export const cappedRecallAt = (hits: Hits, relevant: number, k: number): number =>
  hitCount(hits, k) / Math.min(k, relevant);

/** Harmonic mean of precision and recall, 0 without a hit. */
export function f1At(hits: Hits, relevant: number, k: number): number {
  const found = hitCount(hits, k);
  return found === 0 ? 0 : (2 * found) / (k + relevant);
}

export const hitAt = (hits: Hits, k: number): number => (hitCount(hits, k) > 0 ? 1 : 0);

/** 1 ÷ place of the first hit, 0 when it lies beyond k. */
export function reciprocalRankAt(hits: Hits, k: number): number {
  const first = hits.indexOf(1);
  return first >= 0 && first < k ? 1 / (first + 1) : 0;
}

/** Gain 1 a hit, discounted by log₂(place + 1); the ideal has min(k, relevant) hits in front. */
export function ndcgAt(hits: Hits, relevant: number, k: number): number {
  let gain = 0;
  let ideal = 0;
  for (let place = 0; place < k; place++) {
    const discounted = 1 / Math.log2(place + 2);
    if (hits[place] === 1) gain += discounted;
    if (place < relevant) ideal += discounted;
  }
  return gain / ideal;
}

/** Sum of the precision at each hit among the first k, ÷ relevant. */
export function averagePrecisionAt(hits: Hits, relevant: number, k: number): number {
  let found = 0;
  let sum = 0;
  for (let place = 0; place < Math.min(k, hits.length); place++)
    if (hits[place] === 1) sum += ++found / (place + 1);
  return sum / relevant;
}

/** Indexes of the k highest scores, best first (ties: the smaller index); −∞ is never among them. */
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

/** Share of the titles that stand in at least one list. @param shown how often each title is in a list */
export const coverageOf = (shown: Uint32Array): number =>
  shown.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0) / shown.length;

/** Gini coefficient of how often titles are shown: 0 all equally often, towards 1 a few take everything. */
export function giniOf(shown: Uint32Array): number {
  const ascending = shown.slice().sort();
  let total = 0;
  let weighted = 0;
  ascending.forEach((count, at) => {
    total += count;
    weighted += (at + 1) * count;
  });
  const size = shown.length;
  return total === 0 ? 0 : (2 * weighted) / (size * total) - (size + 1) / size;
}
