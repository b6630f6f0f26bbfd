import type { NameIndex } from '../nameMatch.ts';
import type { PromptText } from './words.ts';

/** Whole names of people by their first word: made once a catalogue, so that a prompt is looked over in one pass. */
export interface WholeNames {
  begins(word: string): boolean;
  has(name: string): boolean;
}

const LONGEST_NAME_WORDS = 5;

export function wholeNamesOf(people: NameIndex): WholeNames {
  const names = new Set(people.state.table.names.split('\n'));
  const firstWords = new Set<string>();
  for (const name of names) {
    const end = name.indexOf(' ');
    if (end > 0) firstWords.add(name.slice(0, end));
  }
  return { begins: (word) => firstWords.has(word), has: (name) => names.has(name) };
}

/** Where people of the catalogue are named in a prompt, by two words and more: a title is not meant inside. */
export function peoplePlaces(
  { plain }: PromptText,
  names: WholeNames,
): readonly { from: number; to: number }[] {
  const places: { from: number; to: number }[] = [];
  for (let from = 0; from < plain.length - 1; from++) {
    if (!names.begins(plain[from]!)) continue;
    let name = plain[from]!;
    for (let to = from + 2; to <= Math.min(plain.length, from + LONGEST_NAME_WORDS); to++) {
      name += ` ${plain[to - 1]!}`;
      if (names.has(name)) places.push({ from, to });
    }
  }
  return places;
}
