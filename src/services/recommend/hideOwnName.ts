import type { Library } from '../library.ts';
import { lexiconOf } from './lexicon.ts';
import type { Asker } from './runs.ts';

const SHORTEST_NAME = 3;

/**
 * Takes the name of the asker's account out of a text that is about to leave. A name that is also a title, a person of the
 * catalogue or an everyday word stays: "I loved Alien" says nothing about who an account called alien is.
 */
export function hideOwnName(
  text: string,
  { accountName = null }: Pick<Asker, 'accountName'>,
  library: Library,
): string {
  if (accountName === null || accountName.length < SHORTEST_NAME || isPublic(accountName, library))
    return text;
  const name = accountName.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_])`, 'giu'), '[account]');
}

function isPublic(name: string, library: Library): boolean {
  const { titleIndex, peopleIndex } = library.catalogue;
  return (
    lexiconOf(library).common.has(name.toLowerCase()) ||
    titleIndex.find(name) !== null ||
    peopleIndex.find(name) !== null
  );
}
