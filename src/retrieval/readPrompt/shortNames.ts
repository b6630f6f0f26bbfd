import { isStopWord } from '../tokenize.ts';
import { bareOfWords } from '../titleForms.ts';
import type { TitleIndex } from '../titleMatch.ts';

/**
 * Well-known titles by less than their names: "Goblet of Fire", "Star Wars Episode 1", "Eternal Sunshine", "LOTR: The Two Towers".
 * Only what many know is shortened, and only a series loses its hero's name.
 */
export interface ShortNames {
  /** Titles whose short name stands at a word, longest first. @param words normalised */
  at(words: readonly string[], from: number): { length: number; key: number }[];
  /** The best-known title that begins with these words and goes on. */
  beginningWith(name: string): { key: number; fame: number } | null;
  /** The best-known title that ends with this word, having others before it. */
  endingWith(word: string): { key: number; fame: number } | null;
  /** Every title, however little known, that begins with these words and goes on. */
  seriesOf(name: string): number[];
}

/** A shortened name is one only of a title that many know (`TitleIndex.fameOf`). */
const WELL_KNOWN = 0.55;
/** Of a series, people shorten the lesser known parts, too. */
const KNOWN = 0.4;
const LONGEST_WORDS = 8;

/** What people write for the beginning of a name. */
const ABBREVIATIONS: Record<string, string> = {
  tdk: 'the dark knight', tdkr: 'the dark knight rises', esb: 'the empire strikes back', rotk: 'the return of the king', rotj: 'return of the jedi',
  t2: 'terminator 2', bttf: 'back to the future', mib: 'men in black', et: 'et the extra terrestrial',
}; // prettier-ignore
/** These begin the names of a series and are none of its titles by themselves. */
const SERIES: Record<string, string> = {
  lotr: 'the lord of the rings', hp: 'harry potter', potc: 'pirates of the caribbean', pirates: 'pirates of the caribbean', sw: 'star wars', got: 'game of thrones',
}; // prettier-ignore

/** Whose name people leave out: "Life of Brian", "Vacation". */
const OWNERS =
  /^(?:monty pythons|national lampoons|disneys|tim burtons|wes cravens|tyler perrys|bram stokers|mary shelleys|william shakespeares|john carpenters|guillermo del toros|dr seuss|marvels) /;

/** Most places of a text are no short name by its first letters. */
const beginningOf = (form: string): string => form.slice(0, 4);

interface Known {
  key: number;
  name: string;
  fame: number;
}

export function shortNamesOf(titles: TitleIndex): ShortNames {
  const { keys, names, fame } = titles.state.table;
  const all: Known[] = names
    .split('\n')
    .map((name, at) => ({ key: keys[at]!, name: name.replace(/^the /, ''), fame: fame[at]! }));
  const known = all.filter((title) => title.fame >= KNOWN);
  const famous = known.filter((title) => title.fame >= WELL_KNOWN);
  const byFirst = grouped(famous, ({ name }) => name.split(' ')[0]!);
  const byLast = grouped(famous, ({ name }) => name.split(' ').at(-1)!);
  const forms = partsOfSeries(known);
  const beginnings = new Set([...forms.keys()].map(beginningOf));
  return {
    at(words, from) {
      const found: { length: number; key: number }[] = [];
      const isAbbreviated = Object.hasOwn(ABBREVIATIONS, words[from]!) || Object.hasOwn(SERIES, words[from]!);
      if (!isAbbreviated && !beginnings.has(beginningOf(bareOfWords(words.slice(from, from + 3)))))
        return found;
      for (let length = Math.min(LONGEST_WORDS, words.length - from); length > 0; length--) {
        const said = words.slice(from, from + length);
        const key = expanded(said, titles) ?? forms.get(bareOfWords(said));
        if (key !== undefined && !/^(?:part|episode)$/.test(said.at(-1)!)) found.push({ length, key });
      }
      return found;
    },
    beginningWith: (name) =>
      byFirst.get(name.split(' ')[0]!)?.find((title) => title.name.startsWith(`${name} `)) ?? null,
    endingWith: (word) => byLast.get(word)?.find((title) => title.name !== word) ?? null,
    seriesOf: (name) =>
      all.filter((title) => title.name.startsWith(`${name.replace(/^the /, '')} `)).map(({ key }) => key),
  };
}

/** "tdk", "bttf 2", "lotr return of the king". */
function expanded([first = '', ...rest]: readonly string[], titles: TitleIndex): number | undefined {
  const series = Object.hasOwn(SERIES, first) ? SERIES[first] : undefined;
  const name = Object.hasOwn(ABBREVIATIONS, first) ? ABBREVIATIONS[first] : series;
  if (name === undefined || (series !== undefined && rest.length === 0)) return undefined;
  const found = titles.findNormalised([name, ...rest].join(' '));
  return (found ?? (series ? titles.findNormalised([name, 'the', ...rest].join(' ')) : null))?.key;
}

function grouped(titles: readonly Known[], of: (title: Known) => string): Map<string, Known[]> {
  const groups = new Map<string, Known[]>();
  for (const title of titles) groups.set(of(title), [...(groups.get(of(title)) ?? []), title]);
  return groups;
}

/** "Harry Potter and the Goblet of Fire" without its hero, "Star Wars: Episode I – …" without its own name. */
function partsOfSeries(known: readonly Known[]): Map<string, number> {
  const heroes = new Map<string, number>();
  for (const { name } of known) {
    const hero = name.split(' and the ')[0]!;
    if (hero !== name) heroes.set(hero, (heroes.get(hero) ?? 0) + 1);
  }
  const forms = new Map<string, number>();
  const add = (name: string, key: number) => {
    const form = bareOfWords(name.split(' '));
    if (!forms.has(form)) forms.set(form, key);
  };
  for (const { key, name } of known) {
    const [hero, ...rest] = name.split(' and the ');
    const part = rest.join(' and the ');
    const content = part.split(' ').filter((word) => !isStopWord(word));
    if (heroes.get(hero!)! > 1 && content.length > 1) add(part, key);
    if (OWNERS.test(name) && name.replace(OWNERS, '').includes(' ')) add(name.replace(OWNERS, ''), key);
    const episode = /^(.+ episode [ivx\d]+) /.exec(name);
    if (episode) add(episode[1]!.replace(/ i$/, ' 1'), key);
  }
  return forms;
}
