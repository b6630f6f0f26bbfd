import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NearWords } from '../../src/retrieval/nearWords.ts';

/** Optimal string alignment by its definition: the whole table. */
function editsByDefinition(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, row) =>
    Array.from({ length: b.length + 1 }, (_, column) => (row === 0 ? column : column === 0 ? row : 0)),
  );
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      let least = Math.min(
        table[i - 1]![j]! + 1,
        table[i]![j - 1]! + 1,
        table[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, table[i - 2]![j - 2]! + 1);
      table[i]![j] = least;
    }
  return table[a.length]![b.length]!;
}

const spelling = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 8 });
const list = fc.array(spelling, { maxLength: 40 }).map((words) => words.sort());

describe('NearWords', () => {
  it('finds exactly the words within so many edits, a swap of neighbours being one', () => {
    fc.assert(
      fc.property(list, spelling, fc.integer({ min: 0, max: 3 }), (words, said, most) => {
        const found: [number, number][] = [];
        new NearWords(words).within(said, most, (place, edits) => found.push([place, edits]));
        const expected = words.map((word, place): [number, number] => [place, editsByDefinition(said, word)]);
        expect(found).toEqual(expected.filter(([, edits]) => edits <= most));
      }),
      { numRuns: 2000 },
    );
  });

  it('finds exactly the words with a beginning of about the same length within so many edits', () => {
    fc.assert(
      fc.property(list, spelling, fc.integer({ min: 0, max: 2 }), (words, said, most) => {
        const isLike = (word: string) =>
          [-1, 0, 1].some((more) => editsByDefinition(said, word.slice(0, said.length + more)) <= most);
        const expected = words.flatMap((word, place) => (isLike(word) ? [place] : []));
        expect(new NearWords(words).beginningLike(said, most)).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('looks at a part of the words when asked to', () => {
    const found: number[] = [];
    const words = ['bat', 'cab', 'car', 'cat', 'dog', 'eat'];
    new NearWords(words).within('cat', 1, (place) => found.push(place), [1, 5]);
    expect(found).toEqual([1, 2, 3]);
  });

  it('meets a very long spelling by its equals alone', () => {
    const long = 'a'.repeat(150);
    const found: number[] = [];
    new NearWords([`${'a'.repeat(149)}b`, long].sort()).within(long, 2, (place) => found.push(place));
    expect(found).toEqual([0]);
  });
});
