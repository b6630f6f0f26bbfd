import { LRUCache } from 'lru-cache';
import { lowerBound } from './bm25.ts';
import { NearWords } from './nearWords.ts';
import { fold } from './tokenize.ts';

/**
 * Names found while they are typed: any word of a name by its beginning, a typo forgiven, the better known first. The
 * entries stand by popularity, so a posting list is already in the order of a good answer.
 */
export interface NameTableState {
  /** The caller's key of each entry, best known first. */
  keys: Int32Array;
  /** log(1 + popularity) ÷ its largest value. */
  fame: Float32Array;
  /** Normalised first name of each entry, joined by line feeds. */
  names: string;
  /** Words of all names, ascending, joined by line feeds. */
  words: string;
  /** Entries with word w stand at starts[w] … starts[w + 1] − 1 of `entries`, ascending. */
  starts: Uint32Array;
  entries: Uint32Array;
}

export interface NamedEntry {
  key: number;
  names: readonly string[];
  popularity: number;
}

/** Folded, punctuation as spaces, apostrophes gone: "WALL·E" → "wall e", "Ocean's" → "oceans". */
export function normaliseName(name: string): string {
  return fold(name)
    .replace(/['.]/g, '')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
}

/** Keys in the order of the table: by popularity, then as given. */
export function byPopularity<Entry extends { popularity: number }>(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((a, b) => b.popularity - a.popularity);
}

/** @param entries best known first (`byPopularity`) */
export function buildNameTable(entries: readonly NamedEntry[]): NameTableState {
  const postings = new Map<string, number[]>();
  entries.forEach(({ names }, entry) => {
    const words = new Set<string>();
    for (const name of names) {
      const normal = normaliseName(name);
      const parts = normal.split(' ');
      for (const part of parts) if (part !== '') words.add(part);
      // "spiderman" is to find "Spider-Man".
      if (parts.length > 1 && normal.length <= 40) words.add(parts.join(''));
    }
    for (const word of words) {
      const list = postings.get(word);
      if (list) list.push(entry);
      else postings.set(word, [entry]);
    }
  });
  const words = [...postings.keys()].sort((a, b) => (a < b ? -1 : 1));
  const starts = new Uint32Array(words.length + 1);
  words.forEach((word, at) => (starts[at + 1] = starts[at]! + postings.get(word)!.length));
  const most = Math.log1p(Math.max(1e-9, ...entries.slice(0, 1).map(({ popularity }) => popularity)));
  return {
    keys: Int32Array.from(entries, ({ key }) => key),
    fame: Float32Array.from(entries, ({ popularity }) => Math.log1p(Math.max(0, popularity)) / most),
    names: entries.map(({ names }) => normaliseName(names[0] ?? '')).join('\n'),
    words: words.join('\n'),
    starts,
    entries: Uint32Array.from(words.flatMap((word) => postings.get(word)!)),
  };
}

/** So many words of queries are remembered with the words like them. */
const MOST_RECENT = 300;

/** Short words are looked up at once; what they leave nothing of need not be looked at further. */
const shortestFirst = (parts: readonly string[]): string[] => parts.toSorted((a, b) => a.length - b.length);

export class NameTable {
  readonly state: NameTableState;
  private splitNames: string[] | null = null;
  private splitWords: string[] | null = null;
  private nearby: NearWords | null = null;
  /** People's queries share their words. */
  private readonly recent = new LRUCache<string, Uint32Array>({ max: MOST_RECENT });

  constructor(state: NameTableState) {
    this.state = state;
  }

  get names(): readonly string[] {
    return (this.splitNames ??= this.state.names.split('\n'));
  }

  private get words(): readonly string[] {
    return (this.splitWords ??= this.state.words === '' ? [] : this.state.words.split('\n'));
  }

  private get nearWords(): NearWords {
    return (this.nearby ??= new NearWords(this.words));
  }

  /**
   * Entries whose names hold a word beginning like each word of the query; all entries for an empty query.
   * @param options.areTyposForgiven when nothing begins as written; true unless said otherwise
   */
  complete(query: string, limit: number, options: { areTyposForgiven?: boolean } = {}): number[] {
    // What a person types into a field is short; a long text is no name.
    const said = normaliseName(query.slice(0, 200));
    if (said === '') return Array.from(this.state.keys.subarray(0, Math.max(0, limit)), (_, entry) => entry);
    const parts = said.split(' ').slice(0, 12);
    let found = this.withAll(parts, (part) => this.startingWith(part));
    if (found.length === 0 && options.areTyposForgiven !== false)
      found = this.withAll(shortestFirst(parts), (part) => this.startingLike(part));
    if (found.length === 0 && parts.length > 1)
      found = this.withAll([parts.join('')], (part) => this.startingWith(part));
    return this.best(found, said, limit);
  }

  /** Entries that share most words with the query, with typos: for "did you mean". */
  similar(query: string, limit: number): number[] {
    const parts = normaliseName(query.slice(0, 200))
      .split(' ')
      .filter((part) => part.length > 2)
      .slice(0, 12);
    const shared = new Map<number, number>();
    for (const part of parts) {
      const seen = new Set<number>();
      for (const word of this.startingLike(part)) this.eachEntry(word, (entry) => seen.add(entry));
      if (seen.size > this.state.keys.length / 4) continue;
      // A rare word says more: "Termnator Returns" is after the Terminator.
      const weight = part.length * Math.log(1 + this.state.keys.length / (1 + seen.size));
      for (const entry of seen) shared.set(entry, (shared.get(entry) ?? 0) + weight);
    }
    return [...shared]
      .map(([entry, letters]) => ({
        entry,
        score: (letters * (1 + this.state.fame[entry]!)) / (8 + this.names[entry]!.length),
      }))
      .sort((a, b) => b.score - a.score || a.entry - b.entry)
      .slice(0, limit)
      .map(({ entry }) => entry);
  }

  /** Numbers of the words that begin with `part`. */
  private startingWith(part: string): number[] {
    const found: number[] = [];
    for (
      let at = lowerBound(this.words, part);
      at < this.words.length && this.words[at]!.startsWith(part);
      at++
    )
      found.push(at);
    return found;
  }

  /** The words that begin with something at most one edit (two from eight letters) from `part`. */
  private startingLike(part: string): Iterable<number> {
    const most = part.length < 4 ? 0 : part.length < 8 ? 1 : 2;
    if (most === 0) return this.startingWith(part);
    let found = this.recent.get(part);
    if (!found) this.recent.set(part, (found = Uint32Array.from(this.nearWords.beginningLike(part, most))));
    return found;
  }

  private eachEntry(word: number, visit: (entry: number) => void): void {
    const { starts, entries } = this.state;
    for (let at = starts[word]!; at < starts[word + 1]!; at++) visit(entries[at]!);
  }

  /** Entries that have a word for each part, ascending; the search ends with the first part that leaves none. */
  private withAll(parts: readonly string[], wordsFor: (part: string) => Iterable<number>): number[] {
    const met = new Uint8Array(this.state.keys.length);
    for (let round = 0; round < parts.length; round++) {
      let left = 0;
      for (const word of wordsFor(parts[round]!))
        this.eachEntry(word, (entry) => {
          if (met[entry] !== round) return;
          met[entry] = round + 1;
          left++;
        });
      if (left === 0) return [];
    }
    const found: number[] = [];
    for (let entry = 0; entry < met.length; entry++) if (met[entry] === parts.length) found.push(entry);
    return found;
  }

  /** The whole name first, then names that begin so, then fame. */
  private best(found: readonly number[], said: string, limit: number): number[] {
    const score = (entry: number): number => {
      const name = this.names[entry]!;
      const bare = name.startsWith('the ') ? name.slice(4) : name;
      const place =
        name === said || bare === said ? 1 : name.startsWith(said) || bare.startsWith(said) ? 0.25 : 0;
      return place + this.state.fame[entry]!;
    };
    const scores = new Float64Array(found.length);
    for (let at = 0; at < found.length; at++) scores[at] = score(found[at]!);
    return largest(scores, limit).map((at) => found[at]!);
  }
}

/** Places of the largest values, largest first, ties in their order; choosing a few costs less than sorting thousands. */
function largest(values: Float64Array, limit: number): number[] {
  const best: number[] = [];
  for (let place = 0; place < values.length; place++) {
    if (best.length >= limit && !(values[place]! > values[best.at(-1) ?? 0]!)) continue;
    let at = best.length;
    while (at > 0 && values[best[at - 1]!]! < values[place]!) at--;
    best.splice(at, 0, place);
    if (best.length > limit) best.pop();
  }
  return best;
}
