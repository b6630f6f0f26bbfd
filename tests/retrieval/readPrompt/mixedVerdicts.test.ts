import { describe, expect, it } from 'vitest';
import { readPrompt } from '../../../src/retrieval/readPrompt.ts';
import { starterLexicon, starterName } from '../starter.ts';

const read = (prompt: string) => readPrompt(prompt, starterLexicon);
const said = (prompt: string) =>
  Object.fromEntries(
    read(prompt).opinions.map(({ movieId, rating }) => [starterName(movieId).replace(/ \d{4}$/, ''), rating]),
  );

describe('a verdict with a "but"', () => {
  it.each([
    ['Dune looked amazing but the story was thin.', { Dune: 2.5 }],
    ['Dune looked amazing but the story was meh so its a 3 from me', { Dune: 3 }],
    ['Heat was boring but beautiful', { Heat: 3.5 }],
    ['Heat was good but the ending dragged', { Heat: 2.5 }],
    ['I loved Heat but it was too long, and I hated Titanic', { Heat: 4, Titanic: 1 }],
  ])('is neither half alone, the later weighing more: %s', (prompt, ratings) => {
    expect(said(prompt)).toEqual(ratings);
    expect(read(prompt).preferences).toBe('');
  });

  it.each([
    ['Heat was great but Titanic was boring', { Heat: 4.5, Titanic: 2 }, ''],
    ['Heat was great but I want something funny', { Heat: 4.5 }, 'funny'],
  ])('is left alone when the "but" speaks of something else: %s', (prompt, ratings, wish) => {
    expect(said(prompt)).toEqual(ratings);
    expect(read(prompt).preferences).toBe(wish);
  });
});

describe('what people say of a title', () => {
  it.each([
    ['Heat was overrated', { Heat: 2 }],
    ['Heat is not as good as they say', { Heat: 2.5 }],
    ['Heat? I fell asleep', { Heat: 2 }],
    ['I fell asleep during Heat', { Heat: 2 }],
    ['Heat, could watch it again and again', { Heat: 5 }],
    ['Heat was meh', { Heat: 3 }],
    ['Heat is too clever for its own good', { Heat: 2 }],
    ['Heat was great fun', { Heat: 4 }],
    ["I'd give four to Heat and three to Titanic", { Heat: 4, Titanic: 3 }],
    ['Heat and Titanic are both 10/10s', { Heat: 5, Titanic: 5 }],
    ['Titanic left me cold. Ones that were just average: Heat, Alien.', { Titanic: 2, Heat: 3, Alien: 3 }],
  ])('%s', (prompt, ratings) => expect(said(prompt)).toEqual(ratings));
});
