import type { Title } from '../../src/domain.ts';

/**
 * Names whose accented letters a data set lost ("Agn\uFFFDs Varda": the mark of a byte that could not be read stands for
 * each). What the letter was cannot be known from the name; it is taken from where the same name is spelt whole.
 */
const LOST = '\uFFFD';

export const isBroken = (name: string): boolean => name.includes(LOST);

export interface MendedNames {
  /** The titles with a name that was mended, and with all their names. */
  titles: Title[];
  /** For the report: names of people as they stand in titles, mended, and left as they are. */
  numbers: Partial<Record<'mendedNames' | 'brokenNames', number>>;
}

/**
 * Mends broken names of directors and actors: by a whole name of the same title, else by the one whole name in the catalogue or
 * in `alsoKnown` that it can be. Two that it can be leave it as it is.
 * @param alsoKnown names from elsewhere; asked for only when a name is broken
 */
export function mendNames(titles: readonly Title[], alsoKnown: () => readonly string[]): MendedNames {
  const broken = titles.filter((title) => peopleNamed(title).some(isBroken));
  if (broken.length === 0) return { titles: [], numbers: {} };
  const known = new Spellings([...titles.flatMap(peopleNamed), ...alsoKnown()]);
  let mended = 0;
  let left = 0;
  const changed = broken.flatMap((title) => {
    const own = new Spellings(peopleNamed(title));
    const before = mended;
    const mend = (name: string) => {
      if (!isBroken(name)) return name;
      const whole = own.find(name) ?? known.find(name);
      if (whole === null) left++;
      else mended++;
      return whole ?? name;
    };
    const directors = [...new Set(title.directors.map(mend))];
    const cast = [...new Set(title.cast.map(mend))];
    return mended === before ? [] : [{ ...title, directors, cast }];
  });
  return { titles: changed, numbers: { mendedNames: mended, brokenNames: left } };
}

export const peopleNamed = ({ directors, cast }: Pick<Title, 'directors' | 'cast'>): string[] => [
  ...directors,
  ...cast,
];

/** Whole names by their length: a lost letter is one letter. */
class Spellings {
  private readonly byLength = new Map<number, Set<string>>();

  constructor(names: readonly string[]) {
    for (const name of names) {
      if (isBroken(name)) continue;
      const whole = name.normalize('NFC');
      const sameLength = this.byLength.get(whole.length);
      if (sameLength) sameLength.add(whole);
      else this.byLength.set(whole.length, new Set([whole]));
    }
  }

  /** The one whole name this can be; one with accented letters in the lost places goes before one without. */
  find(broken: string): string | null {
    const fitting = [...(this.byLength.get(broken.length) ?? [])].filter((whole) => fits(whole, broken));
    const accented = fitting.filter((whole) =>
      [...broken].every((letter, at) => letter !== LOST || whole.charCodeAt(at) > 127),
    );
    const candidates = accented.length > 0 ? accented : fitting;
    return candidates.length === 1 ? candidates[0]! : null;
  }
}

/** "Jir\uFFFD Menzel" can be "Jiří Menzel": in the letters that are left, accents do not count. */
export function fits(whole: string, broken: string): boolean {
  if (whole.length !== broken.length) return false;
  for (let at = 0; at < broken.length; at++) {
    if (broken[at] === LOST ? !/\p{L}/u.test(whole[at]!) : !isSameLetter(broken[at]!, whole[at]!))
      return false;
  }
  return true;
}

const isSameLetter = (one: string, other: string): boolean =>
  one === other || ((one > '\x7f' || other > '\x7f') && plain(one) === plain(other));

const plain = (letter: string): string => letter.normalize('NFKD').replace(/\p{M}/gu, '');
