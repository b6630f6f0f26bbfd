import { type Bm25, lowerBound } from './bm25.ts';
import { isMoodWord, moodWords } from './moodWords.ts';
import { NearWords } from './nearWords.ts';
import { tokenize } from './tokenize.ts';

/** One token of a query: its number in the index, its weight, and the word it stands for. */
export interface QueryToken {
  token: number;
  weight: number;
  said: string;
}

/** A word that belongs to the mood that was named counts this much of a word that was said. */
const MOOD_WEIGHT = 0.35;

/** A word that names a mood counts this much itself: its letters in a title say little. */
const MOOD_LITERAL = 0.8;

/** An unknown word counts this much as the known one an edit away. */
const MISSPELT_WEIGHT = 0.8;

/** Turns what was said into tokens that documents have. */
export class QueryWords {
  private readonly words: Bm25;
  private nearby: NearWords | null = null;

  constructor(words: Bm25) {
    this.words = words;
  }

  /** Each token once, words that were said before words that moods stand for. */
  tokensOf(said: string): QueryToken[] {
    const found = new Map<number, QueryToken>();
    const words = [...new Set(tokenize(said))];
    for (const word of words) {
      let token = this.words.find(word);
      const isKnown = token >= 0;
      if (!isKnown) token = this.nearest(word);
      const weight = (isKnown ? 1 : MISSPELT_WEIGHT) * (isMoodWord(word) ? MOOD_LITERAL : 1);
      if (token >= 0 && !found.has(token)) found.set(token, { token, weight, said: word });
    }
    for (const word of moodWords(words)) {
      const token = this.words.find(word);
      if (token >= 0 && !found.has(token)) found.set(token, { token, weight: MOOD_WEIGHT, said: word });
    }
    return [...found.values()];
  }

  /** The most frequent token one edit away with the same first letter; −1 when there is none. */
  private nearest(said: string): number {
    if (said.length < 5 || said.length > 30) return -1;
    const vocabulary = this.words.vocabulary;
    this.nearby ??= new NearWords(vocabulary);
    let best = -1;
    let bestFrequency = 1;
    const sameLetter = [
      lowerBound(vocabulary, said[0]!),
      lowerBound(vocabulary, said[0]! + '\uffff'),
    ] as const;
    const consider = (token: number) => {
      const frequency = this.words.documentFrequency(token);
      if (frequency <= bestFrequency) return;
      best = token;
      bestFrequency = frequency;
    };
    this.nearby.within(said, 1, consider, sameLetter);
    return best;
  }
}
