import type { Because } from '../domain.ts';

/**
 * The largest inputs of an EASE score as reasons. `share` is signed: weight ÷ Σ|weight| over *all* inputs, so the
 * shares shown are honest about what is not shown.
 * @param inputs every rating's weight in the score; their sum is the raw score
 */
export function explainScore(inputs: readonly { movieId: number; weight: number }[], most = 5): Because[] {
  let total = 0;
  for (const { weight } of inputs) total += Math.abs(weight);
  if (total === 0) return [];
  return inputs
    .filter(({ weight }) => weight !== 0)
    .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || a.movieId - b.movieId)
    .slice(0, most)
    .map(({ movieId, weight }) => ({ movieId, weight, share: weight / total }));
}
