import type { TitleIndex } from '../titleMatch.ts';
import { bareOfWords } from '../titleForms.ts';

/**
 * Whether any title's name may begin at a word of a text: asked before the index is, since nearly all places of a prompt
 * begin none and each question to the index costs several searches.
 */
export type MayBeginTitle = (words: readonly string[], from: number) => boolean;

/** So many letters of the bare forms are compared (`titleForms.ts`). */
const LETTERS = 6;
/** So many words have that many letters. */
const MOST_WORDS = 5;

const beginningOf = (form: string): string => form.slice(0, LETTERS);

export function titleBeginnings(titles: TitleIndex): MayBeginTitle {
  const beginnings = new Set<string>();
  for (const form of titles.state.forms.split('\n'))
    if (!form.startsWith('=')) beginnings.add(beginningOf(form.slice(1)));
  return (words, from) => {
    for (let length = 1; length <= MOST_WORDS && from + length <= words.length; length++) {
      const form = bareOfWords(words.slice(from, from + length));
      // Short forms are names by themselves ("Up") or the beginning of one that the next word completes.
      if (form !== '' && beginnings.has(beginningOf(form))) return true;
      if (form.length >= LETTERS) return false;
    }
    return false;
  };
}
