/** A rule of the catalogue that a row breaks: it has to be mended. */
export interface Finding {
  movieId: number | null;
  title: string;
  problem: string;
}

export type FactField = 'title' | 'year' | 'runtime' | 'language' | 'directors';

/** A fact that other data tell otherwise. Somebody looks it up and either mends the row or writes down why it stays. */
export interface Disagreement {
  movieId: number;
  title: string;
  field: FactField;
  ours: string;
  theirs: string;
}

/** Decided by hand; holds only as long as both sides say what they said then. */
export interface Decision extends Disagreement {
  decision: string;
}

/** The disagreements nobody has decided, and the decisions that no longer decide anything. */
export function undecided(
  disagreements: Disagreement[],
  decisions: Decision[],
): { open: Disagreement[]; stale: Decision[] } {
  const keyOf = ({ movieId, field, ours, theirs }: Disagreement) =>
    JSON.stringify([movieId, field, ours, theirs]);
  const decided = new Set(decisions.map(keyOf));
  const present = new Set(disagreements.map(keyOf));
  return {
    open: disagreements.filter((disagreement) => !decided.has(keyOf(disagreement))),
    stale: decisions.filter((decision) => !present.has(keyOf(decision))),
  };
}
