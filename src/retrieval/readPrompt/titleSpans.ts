import { isStopWord } from '../tokenize.ts';
import type { Lexicon } from './lexicon.ts';
import { breaksSentence, type PromptText, type PromptWord } from './words.ts';

/** A place in the prompt where a title's name stands, with what speaks for its being meant. */
export interface TitleSpan {
  /** First word, and the word after the last or after the year that is said with it. */
  from: number;
  to: number;
  nameWords: number;
  /** Characters: from the name's first letter to after its year, when that is said. */
  start: number;
  end: number;
  said: string;
  movieId: number;
  confidence: number;
  isQuoted: boolean;
  hasYear: boolean;
  /** Written like a name where capitals tell something; "weak" when only a sentence's first word has it. */
  capitals: 'none' | 'weak' | 'strong';
  /** Words that are not stop words. */
  contentWords: number;
  /** Consists of words that everybody uses, or is a tag, a genre or a country. */
  isOrdinary: boolean;
}

/** Every name of a title in the text, longer ones first at each place. */
export function findSpans(prompt: PromptText, lexicon: Lexicon): TitleSpan[] {
  const spans: TitleSpan[] = [];
  for (let from = 0; from < prompt.words.length; from++) {
    const matches = lexicon.mayBeginTitle(prompt.plain, from)
      ? lexicon.titles.namesAt(prompt.plain, from).reverse()
      : [];
    const short = lexicon.shortNames
      .at(prompt.plain, from)
      .filter(({ length }) => !matches.some((match) => match.length === length))
      .map(({ length, key }) => ({ length, found: { key, confidence: 0.75 } }));
    for (const { length, found } of [...matches, ...short].sort((a, b) => b.length - a.length)) {
      const to = from + length;
      if (!isOneName(prompt.words, from, to)) continue;
      const span = describe(prompt, lexicon, from, to, found.key, found.confidence);
      if (span) spans.push(span);
    }
  }
  return spans;
}

/** No "and" at an end, no sentence break inside but after "Dr." and the like. */
function isOneName(words: readonly PromptWord[], from: number, to: number): boolean {
  if (words[from]!.word === 'and' || words[to - 1]!.word === 'and') return false;
  for (let at = from + 1; at < to; at++) {
    const { before } = words[at]!;
    if (/[\n;"“”«»()]/.test(before) || before.length > 5) return false;
    if (breaksSentence(words[at]!) && words[at - 1]!.word.length > 3 && !/^[!?:. ]+$/.test(before))
      return false;
    if (/\. /.test(before) && words[at - 1]!.word.length > 3) return false;
  }
  return true;
}

function describe(
  prompt: PromptText,
  lexicon: Lexicon,
  from: number,
  to: number,
  key: number,
  confidence: number,
): TitleSpan | null {
  const { words, text } = prompt;
  const start = words[from]!.start;
  let end = words[to - 1]!.end;
  const plain = prompt.plain.slice(from, to);
  const year = yearAfter(text, end);
  let movieId = key;
  let hasYear = false;
  let after = to;
  if (year) {
    const dated = lexicon.titles.findNormalised(text.slice(start, end), year.year);
    if (dated) {
      movieId = dated.key;
      hasYear = true;
      end += year.length;
      while (after < words.length && words[after]!.start < end) after++;
    } else if (year.isBracketed) return null;
  }
  const content = plain.filter((word) => !isStopWord(word));
  const bare = content.length < plain.length && isArticle(plain[0]!) ? plain.slice(1) : plain;
  return {
    from, to: after, nameWords: to - from, start, end, movieId, confidence, hasYear,
    said: text.slice(start, end),
    isQuoted: isQuoted(prompt, from, to),
    capitals: capitalsOf(prompt, from, to),
    contentWords: content.length,
    isOrdinary: content.every((word) => lexicon.common.has(word) || word.length < 2 || /^\d+$/.test(word)) || isThing(bare.join(' '), lexicon),
  }; // prettier-ignore
}

const ARTICLES = new Set([
  'the',
  'a',
  'an',
  'le',
  'la',
  'les',
  'der',
  'die',
  'das',
  'el',
  'los',
  'las',
  'il',
]);
export const isArticle = (word: string): boolean => ARTICLES.has(word);

const isThing = (name: string, lexicon: Lexicon): boolean =>
  lexicon.tags.find(name) !== null ||
  lexicon.genres.find(name) !== null ||
  lexicon.countries.find(name) !== null ||
  lexicon.languages.find(name) !== null;

function isQuoted({ words, quotes }: PromptText, from: number, to: number): boolean {
  const quote = words[from]!.quote;
  if (quote < 0 || words[to - 1]!.quote !== quote) return false;
  const isFirst = words[from - 1]?.quote !== quote;
  return isFirst && (words[to]?.quote !== quote || words[to]!.start > quotes[quote]!.end);
}

function capitalsOf(
  { words, hasTellingCapitals }: PromptText,
  from: number,
  to: number,
): TitleSpan['capitals'] {
  if (!hasTellingCapitals) return 'none';
  const telling = words.slice(from, to).filter(({ word }) => !isStopWord(word) || to - from === 1);
  const named = telling.length ? telling : words.slice(from, to);
  if (!named.every(({ isCapital }) => isCapital)) return 'none';
  // A number looks the same at the start of a sentence and inside it: "300" is a capital of no kind.
  if (named.every(({ word }) => /^\d+$/.test(word))) return 'none';
  const inside = named.filter(({ startsSentence }) => !startsSentence);
  return inside.length > 0 ? 'strong' : 'weak';
}

function yearAfter(text: string, end: number): { year: number; length: number; isBracketed: boolean } | null {
  const match = /^["'”’»*_]?(?:,?\s{0,2}|\s(?:from|of)\s)([([])?((?:18|19|20)\d\d)\b(?!s|'s|-)[)\]]?/u.exec(
    text.slice(end, end + 16),
  );
  return match
    ? { year: Number(match[2]), length: match[0].length, isBracketed: match[1] !== undefined }
    : null;
}
