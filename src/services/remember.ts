import { LRUCache } from 'lru-cache';
import type { Library } from './library.ts';
import { oncePer } from './oncePer.ts';

/**
 * Keeps answers that are the same for everybody as long as one library is served; the least recently asked go first.
 * @param most how many answers a library
 */
export function rememberAnswers<Answer extends object>(
  most: number,
): (library: Library, question: string, answer: () => Answer) => Answer {
  const answersOf = oncePer((_library: Library) => new LRUCache<string, Answer>({ max: most }));
  return (library, question, answer) => {
    const answers = answersOf(library);
    let known = answers.get(question);
    if (!known) answers.set(question, (known = answer()));
    return known;
  };
}
