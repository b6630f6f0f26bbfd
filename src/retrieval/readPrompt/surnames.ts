import type { NameIndex } from '../nameMatch.ts';

/** People by parts of their names, for a prompt that says no more. */
export interface Surnames {
  /** Best known first. @param surname as it is written, in any case */
  bearersOf(surname: string): readonly { name: string; fame: number }[];
  /** Whether a word is part of somebody's name. */
  isNamePart(word: string): boolean;
}

export function surnamesOf({ state }: NameIndex): Surnames {
  const bearers = new Map<string, { name: string; fame: number }[]>();
  const parts = new Set<string>();
  state.written.split('\n').forEach((name, at) => {
    const words = name.toLowerCase().split(/\s+/);
    for (const word of words) parts.add(word);
    const surname = words.at(-1)!;
    if (words.length === 1) return;
    const bearer = { name, fame: state.table.fame[at] ?? 0 };
    const list = bearers.get(surname);
    if (list) list.push(bearer);
    else bearers.set(surname, [bearer]);
  });
  return {
    bearersOf: (surname) => bearers.get(surname.toLowerCase()) ?? [],
    isNamePart: (word) => parts.has(word.toLowerCase()),
  };
}
