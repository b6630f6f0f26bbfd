/** How many ratings make taste and words count the same. */
const HALF_WAY = 20;

/**
 * The weight of taste when nobody chose one: few ratings, trust the words; many, trust the taste.
 * `w = n / (n + 20)` for n known ratings, at most one half when the prompt has preferences.
 * @returns importance 0–100 and a sentence that says why
 */
export function importanceByEvidence(
  ratingsKnown: number,
  hasPreferences: boolean,
): { importance: number; reason: string } {
  const weight = ratingsKnown / (ratingsKnown + HALF_WAY);
  const isCapped = hasPreferences && weight > 0.5;
  const importance = Math.round(100 * (isCapped ? 0.5 : weight));
  const ratings = ratingsKnown === 1 ? '1 rating' : `${ratingsKnown} ratings`;
  return {
    importance,
    reason: isCapped
      ? `${ratings} known; your words keep at least half`
      : `${ratings} known: taste counts ${importance} of 100`,
  };
}
