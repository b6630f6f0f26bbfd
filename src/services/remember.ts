import { LRUCache } from 'lru-cache';
import type { Library } from './library.ts';

/**
 * Keeps answers that are the same for everybody as long as one library is served; the least recently asked go first.
 * @param most how many answers a library
 */
export function rememberAnswers<Answer extends object>(
  most: number,
): (library: Library, question: string, answer: () => Answer) => Answer {
  const byLibrary = new WeakMap<Library, LRUCache<string, Answer>>();
  return (library, question, answer) => {
    let answers = byLibrary.get(library);
    if (!answers) byLibrary.set(library, (answers = new LRUCache({ max: most })));
    let known = answers.get(question);
    if (!known) answers.set(question, (known = answer()));
    return known;
  };
}
