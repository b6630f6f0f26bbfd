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
}

/** A shortened name is one only of a title that many know (`TitleIndex.fameOf`). */
const WELL_KNOWN = 0.55;
/** Of a series, people shorten the lesser known parts, too. */
const KNOWN = 0.4;
const LONGEST_WORDS = 8;

/** What people write for the beginning of a name. */
const ABBREVIATIONS: Record<string, string> = {
  lotr: 'the lord of the rings', hp: 'harry potter', potc: 'pirates of the caribbean', mib: 'men in black', tdk: 'the dark knight',
  tdkr: 'the dark knight rises', esb: 'the empire strikes back', rotk: 'the return of the king', rotj: 'return of the jedi', t2: 'terminator 2',
  bttf: 'back to the future', ohms: "on her majesty's secret service", oceans11: 'oceans eleven', hgttg: "the hitchhiker's guide to the galaxy",
}; // prettier-ignore

interface Known {
  key: number;
  name: string;
  fame: number;
}

export function shortNamesOf(titles: TitleIndex): ShortNames {
  const { keys, names, fame } = titles.state.table;
  const known: Known[] = names
    .split('\n')
    .map((name, at) => ({ key: keys[at]!, name: name.replace(/^the /, ''), fame: fame[at]! }))
    .filter((title) => title.fame >= KNOWN);
  const famous = known.filter((title) => title.fame >= WELL_KNOWN);
  const byFirst = grouped(famous, ({ name }) => name.split(' ')[0]!);
  const byLast = grouped(famous, ({ name }) => name.split(' ').at(-1)!);
  const forms = partsOfSeries(known);
  return {
    at(words, from) {
      const found: { length: number; key: number }[] = [];
      for (let length = Math.min(LONGEST_WORDS, words.length - from); length > 0; length--) {
        const said = words.slice(from, from + length);
        const expanded = ABBREVIATIONS[said[0]!];
        const key = expanded
          ? titles.findNormalised([expanded, ...said.slice(1)].join(' '))?.key
          : forms.get(bareOfWords(said));
        if (key !== undefined && !/^(?:part|episode)$/.test(said.at(-1)!)) found.push({ length, key });
      }
      return found;
    },
    beginningWith: (name) =>
      byFirst.get(name.split(' ')[0]!)?.find((title) => title.name.startsWith(`${name} `)) ?? null,
    endingWith: (word) => byLast.get(word)?.find((title) => title.name !== word) ?? null,
  };
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
    const episode = /^(.+ episode [ivx\d]+) /.exec(name);
    if (episode) add(episode[1]!, key);
  }
  return forms;
}
