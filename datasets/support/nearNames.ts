import { editDistance } from './matchTitles.ts';

const LARGEST_DISTANCE = 3;
/** One edit is allowed for this many letters: "Heat" stays apart from "Hate". */
const LETTERS_PER_EDIT = 6;

/** A name with what tells most pairs apart before edits are counted. */
export interface ComparedName {
  text: string;
  /** One bit for each letter or digit that occurs. */
  letters: number;
  /** "Part 2" is one edit from "Part 3" and another film: numbers, also Roman ones, must be the same. */
  numbers: string;
}

export const toCompared = (text: string): ComparedName => ({
  text,
  letters: lettersIn(text),
  numbers: (text.match(/\d+|\b[ivx]+\b/g) ?? []).join(' '),
});

/** Edits between the nearest two names, null when none are near enough for their length. */
export function nearestDistance(
  names: readonly ComparedName[],
  others: readonly ComparedName[],
): number | null {
  let nearest: number | null = null;
  for (const name of names)
    for (const other of others) {
      const shorter = Math.min(name.text.length, other.text.length);
      const limit = Math.min(LARGEST_DISTANCE, Math.floor(shorter / LETTERS_PER_EDIT));
      // An edit takes one letter out and puts one in, at most.
      if (limit === 0 || bitCount(name.letters ^ other.letters) > 2 * limit) continue;
      if (name.numbers !== other.numbers) continue;
      const distance = editDistance(name.text, other.text, limit);
      if (distance <= limit && (nearest === null || distance < nearest)) nearest = distance;
    }
  return nearest;
}

/** Letters beyond a–z share bits: different letters may look alike here, equal ones never differ. */
function lettersIn(text: string): number {
  let bits = 0;
  for (let at = 0; at < text.length; at++) bits |= 1 << (text.charCodeAt(at) & 31);
  return bits;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
