/** One thing a visitor told us about a title. A title may have a rating and a mark. */
export type VisitorEntry =
  { movieId: number; kind: 'rating'; halfStars: number } | { movieId: number; kind: 'hidden' | 'saved' };

export const MAX_ENTRIES = 100;

/**
 * Entries as a cookie holds them: a version, then for each entry its movieId in base 36 (small letters and digits)
 * closed by one capital: A–J for 1–10 half stars, X for hidden, W for the watchlist. Seven characters an entry at most,
 * all of which a cookie takes as they are: 100 entries stay below 750 bytes.
 */
const VERSION = '1.';
const RATING_MARKS = 'ABCDEFGHIJ';
const HIDDEN_MARK = 'X';
const SAVED_MARK = 'W';

/** movieIds are 32-bit integers in SQL. */
const MAX_MOVIE_ID = 2 ** 31 - 1;

export function encodeEntries(entries: readonly VisitorEntry[]): string {
  return VERSION + entries.map((entry) => entry.movieId.toString(36) + markOf(entry)).join('');
}

/** What a cookie holds. It comes from outside: anything that is not ours in every character reads as nothing. */
export function decodeEntries(text: unknown): VisitorEntry[] {
  if (typeof text !== 'string' || !text.startsWith(VERSION)) return [];
  const body = text.slice(VERSION.length);
  if (body.length > MAX_ENTRIES * 7) return [];
  const pieces = body.match(/[0-9a-z]{1,6}[A-JWX]/g) ?? [];
  if (pieces.length > MAX_ENTRIES || pieces.join('') !== body) return [];
  const seen = new Map<string, VisitorEntry>();
  for (const piece of pieces) {
    const entry = entryOf(parseInt(piece.slice(0, -1), 36), piece.at(-1)!);
    if (entry.movieId < 1 || entry.movieId > MAX_MOVIE_ID) return [];
    const key = `${entry.kind} ${entry.movieId}`;
    if (!seen.has(key)) seen.set(key, entry);
  }
  return [...seen.values()];
}

function markOf(entry: VisitorEntry): string {
  if (entry.kind === 'rating') return RATING_MARKS[entry.halfStars - 1]!;
  return entry.kind === 'hidden' ? HIDDEN_MARK : SAVED_MARK;
}

function entryOf(movieId: number, mark: string): VisitorEntry {
  if (mark === HIDDEN_MARK) return { movieId, kind: 'hidden' };
  if (mark === SAVED_MARK) return { movieId, kind: 'saved' };
  return { movieId, kind: 'rating', halfStars: RATING_MARKS.indexOf(mark) + 1 };
}
