import { cleanReason } from './cleanText.ts';
import { readNumber } from './numbers.ts';
import { completeObjects } from './parse.ts';

export interface ReadScore {
  id: string;
  /** 0–5. */
  score: number;
  reason: string;
}

/** A line that starts with an id: `c01 | 4.2 | reason`, `- **c01**: 4`, `"c01": 4`. */
const ID_LINE = /^[\s*>|`"-]{0,12}(c\d{1,3})["*`]{0,3}\s*[|:\t–-]\s*(.*)$/i;

/** A score this far outside of 0–5 is a slip and is clamped; farther out it is nonsense and is dropped. */
const SLIP = 10;

/**
 * Reads scores out of an answer while it grows: `push` what came, get what is new and complete. JSON items and the line form
 * `c01 | 4.2 | reason` are both read. Only the ids asked for count, and each once: the first.
 */
export class ScoreReader {
  readonly #open: Set<string>;
  #text = '';
  #objectsFrom = 0;
  #linesFrom = 0;

  constructor(ids: readonly string[]) {
    this.#open = new Set(ids);
  }

  /** The ids without a score so far. */
  get missing(): string[] {
    return [...this.#open];
  }

  push(piece: string): ReadScore[] {
    this.#text += piece;
    // Looking for objects starts over at the last open brace; a piece without a closing one cannot complete any.
    const items = piece.includes('}') ? this.#readObjects() : [];
    return [...items, ...(piece.includes('\n') ? this.#readLines(false) : [])];
  }

  /** At the end of the answer, cut or not: the last line need not be closed by a line break. */
  end(isComplete: boolean): ReadScore[] {
    return [...this.#readObjects(), ...this.#readLines(isComplete)];
  }

  #readObjects(): ReadScore[] {
    const { objects, end } = completeObjects(this.#text, this.#objectsFrom);
    this.#objectsFrom = end;
    return objects.flatMap((item) =>
      this.#take(item['id'], item['score'] ?? item['rating'], item['reason'] ?? item['explanation']),
    );
  }

  #readLines(isLast: boolean): ReadScore[] {
    const end = isLast ? this.#text.length : this.#text.lastIndexOf('\n') + 1;
    if (end <= this.#linesFrom) return [];
    const lines = this.#text.slice(this.#linesFrom, end).split('\n');
    this.#linesFrom = end;
    return lines.flatMap((line) => {
      const [, id, rest] = ID_LINE.exec(line.slice(0, 1_000)) ?? [];
      const number = rest === undefined ? null : readNumber(rest);
      // "c01 is not among them, 3 of …" is prose: the number must stand first.
      if (!number || !/^["'(]?-?\d/.test(rest!)) return [];
      const scaled = number.outOf === null ? number.value : (number.value / number.outOf) * 5;
      return this.#take(id, scaled, number.rest.replace(/^[\s"|:)–-]+/, '').replace(/[\s|]+$/, ''));
    });
  }

  #take(givenId: unknown, givenScore: unknown, givenReason: unknown): ReadScore[] {
    const id = readId(givenId);
    const score = readScore(givenScore);
    if (id === null || score === null || !this.#open.delete(id)) return [];
    return [{ id, score, reason: typeof givenReason === 'string' ? cleanReason(givenReason) : '' }];
  }
}

/** "c07", "C7", 7, "[c07]" are the same id. */
function readId(given: unknown): string | null {
  const found = /^[\s[("']{0,3}c?0*(\d{1,3})[\s\])"'.]{0,3}$/i.exec(String(given ?? ''));
  return found ? shortId(Number(found[1])) : null;
}

/** c01, c02 … */
export const shortId = (number: number): string => `c${String(number).padStart(2, '0')}`;

/**
 * 0–5, or null. Strings with a number count ("4", "4.5/5", "8/10" → 4); a finite number at most ten outside is clamped;
 * anything else is no score.
 */
export function readScore(given: unknown): number | null {
  const value = typeof given === 'string' ? readText(given) : given;
  if (typeof value !== 'number' || !Number.isFinite(value)) return null;
  if (value < -SLIP || value > 5 + SLIP) return null;
  return Math.min(5, Math.max(0, value));
}

function readText(given: string): number | null {
  const found = readNumber(given.slice(0, 40));
  if (!found || !/^[\s"'(]*-?$/.test(given.slice(0, given.search(/\d/)))) return null;
  if (!/^\s*(?:star|stars|point|points|)[\s"')]*$/i.test(found.rest)) return null;
  return found.outOf === null ? found.value : (found.value / found.outOf) * 5;
}
