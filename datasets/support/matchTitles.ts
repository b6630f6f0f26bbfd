import type { Kind, Title } from '../../src/domain.ts';
import { fits, isBroken } from './brokenNames.ts';

/** "Les Misérables: Part I" → "miserables part i": what is compared when titles are matched across data sets. */
export const foldTitle = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/['’`.]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^(?:the|a|an|le|la|les|el|los|las|der|die|das|il) (?=.)/, '');

export const foldPerson = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\uFFFD]+/gu, ' ')
    .trim();

/** Who made a title, folded, lost letters marked; empty lists where nothing is known. */
export interface People {
  directors: ReadonlySet<string>;
  cast: ReadonlySet<string>;
}

export const peopleOf = (title: { directors: readonly string[]; cast: readonly string[] }): People => ({
  directors: new Set(title.directors.map(foldPerson)),
  cast: new Set(title.cast.map(foldPerson)),
});

export type Agreement = 'agree' | 'unknown' | 'differ';

/**
 * Whether two lists of people can belong to one title: `agree` when a director or an actor is the same, `unknown` when
 * there is nothing to compare, `differ` otherwise.
 */
export function comparePeople(one: People, other: People): Agreement {
  if (overlap(one.directors, other.directors) || overlap(one.cast, other.cast)) return 'agree';
  const isComparable =
    (one.directors.size > 0 && other.directors.size > 0) || (one.cast.size > 0 && other.cast.size > 0);
  return isComparable ? 'differ' : 'unknown';
}

function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  for (const name of one) if (other.has(name)) return true;
  return overlapBroken(one, other) || overlapBroken(other, one);
}

/** A broken name is compared as if it were mended, so that titles match alike before and after. */
function overlapBroken(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  for (const name of one) if (isBroken(name)) for (const whole of other) if (fits(whole, name)) return true;
  return false;
}

/** A title of the catalogue with what it is matched by. */
export interface MatchEntry {
  title: Title;
  /** Title, original title and other names, folded. */
  names: string[];
  people: People;
}

/** The catalogue by name and year. */
export class TitleTable {
  readonly byYear = new Map<number, MatchEntry[]>();
  private readonly byName = new Map<string, MatchEntry[]>();

  constructor(titles: readonly Title[]) {
    for (const title of titles) this.add(title);
  }

  add(title: Title): MatchEntry {
    const names = [title.title, title.originalTitle ?? '', ...title.otherTitles].map(foldTitle);
    const entry = {
      title,
      names: [...new Set(names)].filter((name) => name !== ''),
      people: peopleOf(title),
    };
    for (const name of entry.names) push(this.byName, name, entry);
    push(this.byYear, title.year, entry);
    return entry;
  }

  /** Every title that has this name, whatever its year. */
  named(foldedName: string): readonly MatchEntry[] {
    return this.byName.get(foldedName) ?? [];
  }

  /** Titles of this name and year. */
  exact(foldedName: string, year: number, kind?: Kind): MatchEntry[] {
    return this.named(foldedName).filter(
      ({ title }) => title.year === year && (kind === undefined || title.kind === kind),
    );
  }
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Edits (insert, delete, replace, swap of neighbours) between two texts, or `limit` + 1 when there are more. */
export function editDistance(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  let twoBack: number[] = [];
  let back = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const now = [row];
    let least = row;
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      let edits = Math.min(back[column]! + 1, now[column - 1]! + 1, back[column - 1]! + (isSame ? 0 : 1));
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1])
        edits = Math.min(edits, twoBack[column - 2]! + 1);
      now.push(edits);
      if (edits < least) least = edits;
    }
    if (least > limit) return limit + 1;
    twoBack = back;
    back = now;
  }
  return Math.min(back[other.length]!, limit + 1);
}
