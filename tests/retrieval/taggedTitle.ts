import type { TextDocument } from '../../src/retrieval/textIndex.ts';

/** A title of which little more than its tags is known; each fits it fully. */
export const taggedTitle = (name: string, tags: readonly string[], plot = ''): TextDocument => ({
  names: [name],
  people: [],
  genres: [],
  tags: tags.map((tag) => ({ name: tag, strength: 1 })),
  keywords: [],
  plot,
  popularity: 10,
});
