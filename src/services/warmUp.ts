import { readPrompt } from '../retrieval/readPrompt.ts';
import type { Library } from './library.ts';
import { lexiconOf } from './recommend/lexicon.ts';
import { TagSpace } from './tagStrengths.ts';

/**
 * Makes what is otherwise made by whoever asks first: the reader's words, the token vectors, the spellings and the tag
 * space. Some tenths of a second at 18,500 titles, so it runs once the server listens.
 */
export function warmUp(library: Library): void {
  const { text, size } = library.catalogue;
  readPrompt('Something quiet like a lost afternon by the sea', lexiconOf(library));
  text.scoreWish('quiet afternon', new Float32Array(size));
  TagSpace.of(library.catalogue);
}
