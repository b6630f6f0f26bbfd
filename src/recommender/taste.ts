/**
 * The popularity dial: what each title's positive score is divided by, `max(n, 1)^a`. Larger a, fewer blockbusters.
 * @param counts n, each title's training weight (the Gram matrix's diagonal)
 * @param exponent a, 0–.5
 */
export const popularityDial = (counts: Float32Array, exponent: number): Float64Array =>
  Float64Array.from(counts, (count) => Math.pow(Math.max(count, 1), exponent));

/**
 * Scores that are not positive stay, because dividing would favour what a person would dislike.
 * @param raw EASE score
 * @param divisor of `popularityDial`
 */
export const dialPopularity = (raw: number, divisor: number): number => (raw > 0 ? raw / divisor : raw);
