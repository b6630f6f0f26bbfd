import { describe, expect, it } from 'vitest';
import { gatherKnown } from '../../src/services/recommend/known.ts';
import { readHere } from '../../src/services/recommend/readPrompt.ts';
import { handMadeLibrary, HEAT, HEAT_1986, NOBODY, THIEF } from './handMadeLibrary.ts';

const REQUEST = {
  ratings: [], tags: [], filters: {}, usePastRatings: false, k: 10, popularity: 0, diversity: 0, blend: 'linear', tagMatch: 'smoothed',
} as const; // prettier-ignore

const knownFrom = (prompt: string) => {
  const library = handMadeLibrary();
  return gatherKnown({ ...REQUEST, ratings: [], tags: [] }, readHere(prompt, library), NOBODY, library);
};

describe('a name that is refused in the prompt', () => {
  it('keeps every film of that name off the list, and rates one of them', () => {
    const { excluded, ratings } = knownFrom('a crime film, not Heat');
    expect([...excluded].sort((a, b) => a - b)).toEqual([HEAT, HEAT_1986]);
    expect(ratings).toEqual([{ movieId: HEAT, rating: 2 }]);
  });

  it('is another thing than a film that was rated: its namesake may still be shown', () => {
    const { excluded } = knownFrom('I hated Heat and loved Thief');
    expect([...excluded].sort((a, b) => a - b)).toEqual([HEAT, THIEF]);
  });
});
