/* eslint-disable security/detect-unsafe-regex -- every repetition is bounded or begins with a sign of its own, prompts
   are cut at 4,000 characters, and tests/retrieval/readPrompt.test.ts times hostile ones */
import { normaliseName } from '../nameTable.ts';

/** One word of a prompt with its surroundings. */
export interface PromptWord {
  /** Normalised: folded, without apostrophes. "Spider-Man" is two words. */
  word: string;
  start: number;
  end: number;
  /** What stands between the word before and this one. */
  before: string;
  isCapital: boolean;
  /** First of the text or after . ! ? or a line break: a capital says nothing. */
  startsSentence: boolean;
  /** Number of the quoted passage it stands in, −1 outside. */
  quote: number;
}

export interface PromptText {
  /** The prompt with mark-up blanked, of the same length. */
  text: string;
  words: PromptWord[];
  /** The words alone, for the title index. */
  plain: string[];
  /** Not when nearly every word begins with a capital, or none does. */
  hasTellingCapitals: boolean;
  /** Start and end of what stands inside each pair of quotes. */
  quotes: { start: number; end: number }[];
}

const MARKUP = /<\/?[a-z!][^<>]{0,300}>|&(?:nbsp|quot|lt|gt|#39);/gi;
const WORD = /[\p{L}\p{N}\p{M}]+(?:['’ʼ.](?=\p{L}\p{M}*(?:['’.\p{L}]|\b))[\p{L}\p{M}]+)*/gu;
const QUOTES = [/"([^"\n]{1,120})"/g, /“([^“”\n]{1,120})[”“]/g, /„([^„“”\n]{1,120})[“”]/g, /«\s?([^«»\n]{1,120}?)\s?»/g, /(?<![\p{L}\p{N}])['‘]([^'‘’\n]{1,60}(?:['’]s [^'‘’\n]{1,60})?)['’](?![\p{L}\p{N}])/gu]; // prettier-ignore

/** Prompts are cut here; the contract allows 4,000 characters. */
export const LONGEST_PROMPT = 4000;

export function splitPrompt(prompt: string): PromptText {
  const text = prompt.slice(0, LONGEST_PROMPT).replace(MARKUP, (mark) => ' '.repeat(mark.length));
  const quotes = findQuotes(text);
  const words: PromptWord[] = [];
  let end = 0;
  for (const match of text.matchAll(WORD)) {
    const start = match.index;
    const before = text.slice(end, start);
    end = start + match[0].length;
    const parts = normaliseName(match[0]).split(' ');
    if (parts[0] === '') continue;
    const quote = quotes.findIndex((span) => start >= span.start && end <= span.end);
    words.push({
      word: parts.join(''),
      start,
      end,
      before,
      isCapital: /^[\p{Lu}\p{Lt}\p{N}]/u.test(match[0]),
      startsSentence: words.length === 0 || /[.!?\n]/.test(before),
      quote,
    });
  }
  return {
    text,
    words,
    plain: words.map(({ word }) => word),
    hasTellingCapitals: hasTellingCapitals(text, words),
    quotes,
  };
}

/** False for a text in lower case, in capitals, or With Every Word Like This. */
function hasTellingCapitals(text: string, words: readonly PromptWord[]): boolean {
  const lettered = words.filter(({ start }) => /\p{L}/u.test(text[start]!));
  const capitals = lettered.filter(({ isCapital }) => isCapital).length;
  const isShouted = lettered.length > 3 && text === text.toUpperCase();
  return capitals > 0 && !isShouted && (lettered.length <= 10 || capitals <= lettered.length * 0.9);
}

function findQuotes(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const pattern of QUOTES)
    for (const match of text.matchAll(pattern)) {
      const start = match.index + match[0].indexOf(match[1]!);
      const end = start + match[1]!.length;
      if (!found.some((other) => start < other.end && end > other.start)) found.push({ start, end });
    }
  return found.sort((a, b) => a.start - b.start);
}

/** Whether a new sentence begins with this word: an opinion does not reach over it. */
export const breaksSentence = (word: PromptWord): boolean => /[!?;\n…]|\.(?!\d)/.test(word.before);
