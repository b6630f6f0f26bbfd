import type { Understanding } from '../domain.ts';
import { buildLexicon, type Lexicon, type LexiconSource } from './readPrompt/lexicon.ts';

export { buildLexicon, type Lexicon, type LexiconSource };

export function readPrompt(text: string, _lexicon: Lexicon): Understanding {
  return { opinions: [], preferences: text.trim(), wishes: [], filters: {}, unmatched: [] };
}
