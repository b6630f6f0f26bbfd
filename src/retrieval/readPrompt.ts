import type { Understanding } from '../domain.ts';
import { findFilters } from './readPrompt/findFilters.ts';
import { findTitles } from './readPrompt/findTitles.ts';
import { findLikedPeople } from './readPrompt/likedPeople.ts';
import { inEnglish, otherLanguage } from './readPrompt/otherLanguages.ts';
import { buildLexicon, type Lexicon, type LexiconSource } from './readPrompt/lexicon.ts';
import { genreRepeats, restOf } from './readPrompt/preferences.ts';
import { toldSentences } from './readPrompt/toldSentences.ts';
import { splitPrompt } from './readPrompt/words.ts';

export { buildLexicon, type Lexicon, type LexiconSource };

export interface LocalReading extends Understanding {
  /** movieIds of titles that were only named or compared with ("like Heat"): more of their kind is asked for. */
  alike: number[];
  /** movieIds that are not to be shown: every title of a name that was refused ("not Oldboy"). */
  refusedTitles: number[];
  /** The language the prompt is mostly in when it is not English: only words that are known of it count as wishes. */
  language?: string;
}

/**
 * Reads a prompt without a language model: titles with the ratings said of them, restrictions, names that were not
 * found, and the rest as preferences. English above all; opinions in German, French, Spanish and Italian in their
 * common forms. Never throws; a text it makes nothing of is all preferences.
 */
export function readPrompt(text: string, lexicon: Lexicon): LocalReading {
  const prompt = splitPrompt(text);
  const { opinions, alike, refusedTitles, unmatched, taken } = findTitles(prompt, lexicon);
  const withoutTitles = blankOut(prompt.text, taken);
  const filters = findFilters(withoutTitles, lexicon);
  const told = toldSentences(withoutTitles, taken);
  const restBeside = (also: readonly { start: number; end: number }[]) =>
    restOf(
      prompt.text,
      [...taken, ...filters.taken, ...told, ...also],
      genreRepeats(filters.filters.genres ?? [], lexicon),
      alike.length > 0,
    );
  const liked = findLikedPeople(withoutTitles, lexicon);
  const isAllThatIsSaid =
    liked.taken.length > 0 && opinions.length === 0 && restBeside(liked.taken).preferences === '';
  const rest = restBeside(isAllThatIsSaid ? liked.taken : []);
  const language = otherLanguage(withoutTitles);
  return {
    opinions,
    ...(language === null ? rest : { ...inEnglish(rest, language), language }),
    filters: isAllThatIsSaid ? { ...liked.filters, ...filters.filters } : filters.filters,
    unmatched,
    alike,
    refusedTitles,
  };
}

/** The text with stretches as spaces, so that places stay where they were. */
function blankOut(text: string, taken: readonly { start: number; end: number }[]): string {
  let blanked = text;
  for (const { start, end } of taken)
    blanked = blanked.slice(0, start) + ' '.repeat(end - start) + blanked.slice(end);
  return blanked;
}
