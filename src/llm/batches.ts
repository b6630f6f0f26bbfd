import { hashText, seededRandom } from '../seededRandom.ts';

/** More titles than this in one answer take long to come and get forgotten. */
const MOST_PER_CALL = 20;
const USUAL_PER_CALL = 14;
const FEWEST_PER_CALL = 10;
/** With the call that reads the prompt, one repair included, a prompt stays at six. */
const MOST_CALLS = 4;

/** How many calls score so many titles: one up to 20, else 10–20 a call; more than 80 titles stay at 20 a call. */
export function callsFor(titles: number): number {
  if (titles <= 0) return 0;
  if (titles <= MOST_PER_CALL) return 1;
  const usual = Math.min(
    MOST_CALLS,
    Math.ceil(titles / USUAL_PER_CALL),
    Math.floor(titles / FEWEST_PER_CALL),
  );
  return Math.max(usual, Math.ceil(titles / MOST_PER_CALL));
}

/** Equal shares, the first ones larger by one. */
export function splitEvenly<T>(items: readonly T[], parts: number): T[][] {
  const result: T[][] = [];
  for (let part = 0, from = 0; part < parts; part++) {
    const size = Math.ceil((items.length - from) / (parts - part));
    result.push(items.slice(from, from + size));
    from += size;
  }
  return result;
}

/** Fisher–Yates: the same seed gives the same order on every machine. */
export function shuffle<T>(items: readonly T[], seed: number | string): T[] {
  const random = seededRandom(typeof seed === 'number' ? seed : hashText(seed));
  const result = [...items];
  for (let at = result.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [result[at], result[other]] = [result[other]!, result[at]!];
  }
  return result;
}
