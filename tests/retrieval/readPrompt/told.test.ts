import { describe, expect, it } from 'vitest';
import { readPrompt } from '../../../src/retrieval/readPrompt.ts';
import { starterLexicon, starterName } from '../starter.ts';

const wishOf = (prompt: string) => readPrompt(prompt, starterLexicon).preferences;
const said = (prompt: string) =>
  Object.fromEntries(
    readPrompt(prompt, starterLexicon).opinions.map(({ movieId, rating }) => [
      starterName(movieId).replace(/ \d{4}$/, ''),
      rating,
    ]),
  );

describe('what a prompt only tells', () => {
  it('leaves sentences about oneself, about titles and of politeness out of the wish', () => {
    expect(
      wishOf(
        'Good evening. Dad here, hard to please. Heat kept me glued to the seat and Titanic was a chore. I want a quiet film about a lighthouse keeper. Waves, fog and letters. Thank you kindly!',
      ),
    ).toBe('a quiet film about a lighthouse keeper, Waves, fog and letters');
  });

  it('finds the wish wherever it stands', () => {
    const wish = 'Hit me with a flamboyant road movie full of costumes and songs.';
    const told = 'My history in short:\nHeat = yes\nTitanic = no';
    const expected = /^a flamboyant road movie full of costumes and songs$/;
    expect(wishOf(`${wish}\n\n${told}`).replace(/^Hit me with /, '')).toMatch(expected);
    expect(wishOf(`${told}\n${wish}`).replace(/^Hit me with /, '')).toMatch(expected);
  });

  it('keeps what titles were liked for when nothing else is asked', () => {
    expect(wishOf('I loved Heat for its quiet professionals and long silences.')).toContain('quiet professionals'); // prettier-ignore
  });
});

describe('praise and blame anywhere in a clause', () => {
  it.each([
    ['Heat kept me glued to the seat, while Titanic put me to sleep.', { Heat: 4, Titanic: 2 }],
    ['The shrugs: Heat, Titanic.', { Heat: 3, Titanic: 3 }],
    ['I kept checking my watch during Titanic.', { Titanic: 2 }],
    ['Heat is fine; Titanic can go straight in the bin.', { Heat: 3, Titanic: 1 }],
  ])('%s', (prompt, ratings) => expect(said(prompt)).toEqual(ratings));
});
