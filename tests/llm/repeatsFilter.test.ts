import { describe, expect, it } from 'vitest';
import { readUnderstanding } from '../../src/llm/readUnderstanding.ts';
import { repeatsFilter } from '../../src/llm/repeatsFilter.ts';

describe('a wish beside the filters', () => {
  it.each([
    ['no horror', { excludeGenres: ['Horror'] }],
    ['animated films', { genres: ['Animation'] }],
    ['sci-fi', { genres: ['Science Fiction'] }],
    ['starring Tom Hanks', { people: ['Tom Hanks'] }],
    ['from the 1990s', { yearFrom: 1990, yearTo: 1999 }],
    ['French or Italian', { languages: ['French', 'Italian'] }],
  ])('is a repetition: %s', (wish, filters) => expect(repeatsFilter(wish, filters)).toBe(true));

  it.each([
    ['slow burn', { excludeGenres: ['Horror'] }],
    ['no horror clichés', { excludeGenres: ['Horror'] }],
    ['French countryside', { languages: ['French'] }],
    ['set in 1943', { yearFrom: 1990 }],
    ['films', {}],
  ])('says more: %s', (wish, filters) => expect(repeatsFilter(wish, filters)).toBe(false));

  it('is not shown twice after a model has read the prompt', () => {
    const answer = JSON.stringify({
      opinions: [],
      preferences: 'a quiet film, no horror',
      wishes: ['quiet', 'no horror'],
      filters: { excludeGenres: ['Horror'] },
    });
    const read = readUnderstanding(answer, 'a quiet film, no horror please');
    expect(read?.wishes).toEqual(['quiet']);
    expect(read?.filters).toEqual({ excludeGenres: ['Horror'] });
  });
});
