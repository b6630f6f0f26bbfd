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

/** Fisher–Yates with mulberry32: the same seed gives the same order on every machine. */
export function shuffle<T>(items: readonly T[], seed: number | string): T[] {
  const random = mulberry32(typeof seed === 'number' ? seed : fnv1a(seed));
  const result = [...items];
  for (let at = result.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [result[at], result[other]] = [result[other]!, result[at]!];
  }
  return result;
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** FNV-1a, 32 bits. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
