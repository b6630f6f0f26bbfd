import { addName } from './emptyTitle.ts';

/**
 * Lists that a data set joined with "-", although some of their entries have a hyphen themselves
 * ("Irène Jacob-Jean-Louis Trintignant"). What was one name is put together again by a few rules.
 */

/** First names that go on after a hyphen more often than not. */
const FIRST_HALVES = new Set(
  `jean marie anne pierre claude louis charles paul françois yves karl hans heinz franz sven jan ann mary jo lee ying kim
   ming tsai chow shu-qi emma michel henri andré rené josé juan sarah catherine kay billy bobby kelly tony ernst max klaus
   jean-pierre leon olga eva maria anna lisa carl eric otto`.split(/\s+/),
);

/** People: a piece of one word that usually starts a double name, or one in lower case, belongs to its neighbour. */
export function splitPeople(joined: string, known: ReadonlySet<string>): string[] {
  const pieces = joined.split('-').map((piece) => piece.trim());
  const names: string[] = [];
  for (let at = 0; at < pieces.length;) {
    const length = knownLength(pieces, at, known) ?? ruleLength(pieces, at);
    addName(names, pieces.slice(at, at + length).join('-'));
    at += length;
  }
  return [...new Set(names.filter((name) => name.length > 1))];
}

/** How many pieces make a name that is known from elsewhere, the most first. */
function knownLength(pieces: string[], at: number, known: ReadonlySet<string>): number | null {
  for (let length = Math.min(4, pieces.length - at); length >= 1; length--)
    if (known.has(pieces.slice(at, at + length).join('-'))) return length;
  return null;
}

function ruleLength(pieces: string[], at: number): number {
  let length = 1;
  const first = pieces[at]!;
  if (!first.includes(' ') && FIRST_HALVES.has(first.toLowerCase()) && at + 1 < pieces.length) length = 2;
  // "Song Kang-ho": the second half of a Korean or Chinese given name is in lower case.
  while (at + length < pieces.length && /^\p{Ll}/u.test(pieces[at + length]!)) length++;
  return length;
}

const PREFIXES = new Set(
  'neo anti non post pre self ex co sci semi sub multi half mid pro ultra vice all re hip stop cross one two three coming'.split(
    ' ',
  ),
);
const RELATIVES = new Set(
  `father mother husband brother sister parent grandfather grandmother uncle aunt teacher doctor love boyfriend girlfriend
   son daughter siblings master employer student best`.split(/\s+/),
);

/** "make-up", "stand-in": what ends a word rather than being one. */
const SECOND_HALVES = new Set(['up', 'in', 'out', 'off', 'on', 'by', 'fi', 'op']);

/** Keywords: "father-son relationship" and "neo-noir" are one each. */
export function splitKeywords(joined: string): string[] {
  const pieces = joined.split('-').map((piece) => piece.trim());
  const keywords: string[] = [];
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at]!;
    const next = pieces[at + 1];
    const isHalf =
      next !== undefined && (PREFIXES.has(piece) || (RELATIVES.has(piece) && next.endsWith(' relationship')));
    if (isHalf) at++;
    const keyword = isHalf ? `${piece}-${next}` : piece;
    if (SECOND_HALVES.has(keyword) && keywords.length > 0) keywords.push(`${keywords.pop()}-${keyword}`);
    else if (keyword !== '') keywords.push(keyword);
  }
  return [...new Set(keywords)];
}
