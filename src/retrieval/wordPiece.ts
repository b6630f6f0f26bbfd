import { fold } from './tokenize.ts';

/**
 * WordPiece (Schuster & Nakajima 2012) as BERT's uncased models use it: the longest known piece first, later pieces of
 * a word marked `##`. Lower-cased, accents stripped.
 */
export class WordPiece {
  private readonly numbers = new Map<string, number>();
  private readonly cache = new Map<string, Int32Array>();

  /** @param pieces the vocabulary; a piece's place is its number */
  constructor(pieces: readonly string[]) {
    pieces.forEach((piece, number) => this.numbers.set(piece, number));
  }

  /** Numbers of the pieces of a text. A word that no pieces make up is left out. */
  encode(text: string): number[] {
    const found: number[] = [];
    for (const word of fold(text).match(PARTS) ?? []) {
      const pieces = this.piecesOf(word);
      for (let at = 0; at < pieces.length; at++) found.push(pieces[at]!);
    }
    return found;
  }

  /** Whether a word is a piece as it stands; others are put together from fragments, which any letters are. */
  knows(word: string): boolean {
    const folded = fold(word);
    return folded.length > 1 && this.numbers.has(folded);
  }

  private piecesOf(word: string): Int32Array {
    const cached = this.cache.get(word);
    if (cached) return cached;
    if (this.cache.size > 100_000) this.cache.clear();
    const pieces = Int32Array.from(this.split(word));
    this.cache.set(word, pieces);
    return pieces;
  }

  private split(word: string): number[] {
    if (word.length > LONGEST_WORD) return [];
    const pieces: number[] = [];
    for (let start = 0; start < word.length;) {
      let end = word.length;
      let number: number | undefined;
      for (; end > start; end--) {
        number = this.numbers.get((start > 0 ? '##' : '') + word.slice(start, end));
        if (number !== undefined) break;
      }
      if (number === undefined) return [];
      pieces.push(number);
      start = end;
    }
    return pieces;
  }
}

const LONGEST_WORD = 100;
/** Words without punctuation, which says nothing about what a text is about. */
const PARTS = /[\p{L}\p{N}\p{M}]+/gu;
