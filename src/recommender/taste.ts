/**
 * The popularity dial: divides a positive score by `max(n, 1)^a`. Larger a, fewer blockbusters; scores that are not
 * positive stay, because dividing would favour what a person would dislike.
 * @param raw EASE score
 * @param count n, the title's training weight (the Gram matrix's diagonal)
 * @param exponent a, 0–.5
 */
export const dialPopularity = (raw: number, count: number, exponent: number): number =>
  raw > 0 && exponent > 0 ? raw / Math.pow(Math.max(count, 1), exponent) : raw;
