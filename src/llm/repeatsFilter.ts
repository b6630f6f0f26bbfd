import type { Filters } from '../domain.ts';
import { foldWords } from './foldWords.ts';

/**
 * Whether a wish says no more than a filter does: models write "no horror" as a wish and Horror among the refused genres.
 * Shown twice it would have to be removed twice.
 */
export function repeatsFilter(wish: string, filters: Filters): boolean {
  const words = wordsOf(wish.replace(/\b(?:sci[\s-]?fi|scifi)\b/giu, 'science fiction')).filter(
    (word) => !SAYS_NOTHING.has(word),
  );
  const said = new Set(
    Object.values(filters)
      .filter((value) => Array.isArray(value))
      .flat()
      .flatMap((value) => wordsOf(String(value)).map(root)),
  );
  return words.length > 0 && words.every((word) => said.has(root(word)) || isInYears(word, filters));
}

const SAYS_NOTHING = new Set(
  `no not non none nothing never without avoid only just any a an the or and nor of from in on with by set made released please more
   film films movie movies show shows series title titles something anything stuff genre starring directed language languages`.split(
    /\s+/,
  ),
);

const wordsOf = (text: string): string[] => foldWords(text).split(' ').filter(Boolean);

/** "comedies" and "Comedy", "animated" and "Animation", "French" and "French" meet in it; short words stay whole. */
const root = (word: string): string => (word.length > 5 ? word.slice(0, 5) : word.replace(/s$/u, ''));

/** "1990s", "90s" and "1994" for a filter on those years. */
function isInYears(word: string, { yearFrom, yearTo }: Filters): boolean {
  const match = /^(\d{2}|\d{4})(s?)$/u.exec(word);
  if (!match || (yearFrom === undefined && yearTo === undefined)) return false;
  const from = match[1]!.length === 2 ? 1900 + Number(match[1]) : Number(match[1]);
  const to = match[2] ? from + 9 : from;
  return (
    from === yearFrom || to === yearTo || from === yearTo || from - 1 === yearTo || from + 1 === yearFrom
  );
}
