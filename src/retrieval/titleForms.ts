import { normaliseName } from './nameTable.ts';

/**
 * The forms under which a title is looked up. `exact` is the name as written, folded; `bare` loses what people leave
 * out or write otherwise (articles, "and", "part", spaces) and writes numerals one way; `parts` are what stands before
 * or after a colon or dash.
 */
export interface TitleForms {
  exact: string[];
  bare: string[];
  parts: string[];
}

const ARTICLES =
  'the|a|an|le|la|les|l|der|die|das|el|los|las|il|lo|gli|un|une|ein|eine|una|uno|o|os|de|det|den|en|et';
const ARTICLE = new RegExp(`^(?:${ARTICLES})$`, 'u');
const DIGIT_LETTERS: Record<string, string> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 'v' };
const TRAILING_ARTICLE = new RegExp(`,\\s*(?:${ARTICLES}|l')\\s*$`, 'iu');
const NUMERALS = new Map(Object.entries({
  ii: '2', iii: '3', iv: '4', v: '5', vi: '6', vii: '7', viii: '8', ix: '9', x: '10', xi: '11', xii: '12', xiii: '13',
  one: '1', two: '2', three: '3', four: '4', five: '5', six: '6', seven: '7', eight: '8', nine: '9', ten: '10',
  eleven: '11', twelve: '12', thirteen: '13',
})); // prettier-ignore
const PART_WORDS = new Set(['part', 'episode', 'chapter', 'vol', 'volume', 'pt']);

export const isPartWord = (word: string): boolean => PART_WORDS.has(word);

/** "Matrix, The" → "Matrix": the article is left out of the bare form anyway. */
const dropTrailingArticle = (name: string): string => name.replace(TRAILING_ARTICLE, '');

export function exactForm(name: string): string {
  return normaliseName(dropTrailingArticle(name));
}

export function bareForm(name: string): string {
  return bareOfWords(exactForm(name).split(' '));
}

/** @param words of an exact form */
export function bareOfWords(words: readonly string[]): string {
  const rest = words.length > 1 && ARTICLE.test(words[0]!) ? words.slice(1) : words;
  const kept = rest.filter((word) => word !== 'and').map((word, at) => plainWord(word, at, rest.length));
  return kept.filter((word, at) => !(PART_WORDS.has(word) && /^\d+$/.test(kept[at + 1] ?? ''))).join('');
}

/** Numerals one way; "Se7en" and "M3GAN" as letters. A short first word ("X-Men", "V for Vendetta") is no numeral. */
function plainWord(word: string, at: number, words: number): string {
  const letters = /^[a-z]+[013457][a-z]+$/.test(word)
    ? word.replace(/\d/, (digit) => DIGIT_LETTERS[digit]!)
    : word;
  return at > 0 || words === 1 || letters.length > 2 ? (NUMERALS.get(letters) ?? letters) : letters;
}

/** All forms of one title's names; "Seven (a.k.a. Se7en)" gives both. */
export function formsOf(names: readonly string[]): TitleForms {
  const exact = new Set<string>();
  const bare = new Set<string>();
  const parts = new Set<string>();
  for (const name of names.flatMap(withBrackets)) {
    const form = exactForm(name);
    if (form === '') continue;
    exact.add(form);
    if (bareForm(name) !== '') bare.add(bareForm(name));
    for (const part of partsOf(name)) parts.add(part);
  }
  return { exact: [...exact], bare: [...bare], parts: [...parts].filter((part) => !bare.has(part)) };
}

function withBrackets(name: string): string[] {
  const inside = [...name.slice(0, 300).matchAll(/\(([^()]*)\)/g)].map((match) =>
    match[1]!.replace(/^\s*a\.?k\.?a\.?\s*/i, ''),
  );
  if (inside.length === 0) return [name];
  const outside = name.replace(/\([^()]*\)/g, ' ').trim();
  return [name, outside, ...inside.filter((part) => /\p{L}/u.test(part) && part.length > 2)].filter(Boolean);
}

/** What stands before the first colon or dash; after it when it has two words or more. */
function partsOf(name: string): string[] {
  const pieces = name.split(/\s*:\s+|\s+[-–—]\s+|\s+or:?\s+(?=\()|\s+or:\s+/u);
  if (pieces.length < 2) return [];
  return pieces
    .filter((piece, at) => at === 0 || normaliseName(piece).split(' ').length > 1)
    .filter((piece) => !/^(?:part|episode|chapter|vol)\b/i.test(piece.trim()))
    .map(bareForm)
    .filter((form) => form.length > 2);
}
