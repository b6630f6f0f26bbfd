import type { NameIndex } from '../nameMatch.ts';
import { fold } from '../tokenize.ts';

/**
 * People whose names lost their accented letters in a data set ("Agn\uFFFDs Varda"): found by the name as it is written
 * properly or without accents, each lost letter standing for any one.
 */
export interface DamagedNames {
  /** The name as the catalogue has it; null when no damaged name fits. */
  find(said: string): string | null;
}

const LOST = '\uFFFD';

export function damagedNamesOf(people: NameIndex): DamagedNames {
  const damaged = people.state.written.split('\n').filter((name) => name.includes(LOST));
  return { find: (said) => damaged.find((name) => fits(said.normalize('NFC'), name)) ?? null };
}

function fits(said: string, name: string): boolean {
  if (said.length !== name.length) return false;
  return Array.from({ length: name.length }, (_, at) => at).every(
    (at) => name[at] === LOST || fold(said[at]!) === fold(name[at]!),
  );
}
