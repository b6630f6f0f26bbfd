import { describe, expect, it } from 'vitest';
import type { Filters } from '../../src/domain.ts';
import { makeFilter, tightestFilter } from '../../src/services/catalogue.ts';
import { gatherKnown, mergeFilters } from '../../src/services/recommend/known.ts';
import { resolveReading } from '../../src/services/recommend/readPrompt.ts';
import { emptyUnderstanding } from '../../src/services/recommend/runs.ts';
import { makeTitle } from '../support/temporaryStore.ts';
import { handMadeLibrary, NOBODY } from './handMadeLibrary.ts';

const known = makeTitle(1, {
  genres: ['Crime'],
  directors: ['Michael Mann'],
  cast: ['Tom Cruise'],
  countries: ['United States'],
  languages: ['English', 'Spanish'],
  providers: ['Netflix'],
});
const bare = makeTitle(1, {
  genres: [],
  directors: [],
  cast: [],
  countries: [],
  languages: [],
  providers: [],
});

describe('filters', () => {
  it.each<Filters>([
    { genres: ['crime'] },
    { people: ['tom cruise'] },
    { people: ['Michael Mann'] },
    { countries: ['United States'] },
    { languages: ['Spanish'] },
    { providers: ['netflix'] },
  ])('a missing fact fails what includes: %j', (filters) => {
    expect([makeFilter(filters)(known), makeFilter(filters)(bare)]).toEqual([true, false]);
  });

  it.each<Filters>([
    { excludeGenres: ['crime'] },
    { excludePeople: ['tom cruise'] },
    { excludePeople: ['Michael Mann'] },
    { excludeCountries: ['united states'] },
    { excludeLanguages: ['english'] },
  ])('a missing fact passes what excludes, one refused fact is enough: %j', (filters) => {
    expect([makeFilter(filters)(known), makeFilter(filters)(bare)]).toEqual([false, true]);
  });

  it('an empty list filters nothing', () => {
    expect(makeFilter({ excludePeople: [], languages: [] })(bare)).toBe(true);
  });

  it('a refusal can be the tightest filter', () => {
    const titles = [known, known, bare];
    expect(tightestFilter({ excludePeople: ['Tom Cruise'], yearFrom: 1900 }, titles)).toBe('excludePeople');
    expect(tightestFilter({}, titles)).toBeNull();
  });

  it('lists said and given are joined, of two years what was given wins', () => {
    expect(
      mergeFilters(
        { excludePeople: ['A'], excludeLanguages: ['French'], yearFrom: 1970 },
        { excludePeople: ['B', 'A'], yearFrom: 1980, kinds: ['tv'] },
      ),
    ).toEqual({ excludePeople: ['A', 'B'], excludeLanguages: ['French'], yearFrom: 1980, kinds: ['tv'] });
  });

  it('refused people get their usual spelling, and nobody of the catalogue is reported', () => {
    const library = handMadeLibrary();
    const request = { ratings: [], tags: [], usePastRatings: false, k: 10, popularity: 0, diversity: 0, blend: 'linear', tagMatch: 'smoothed' } as const; // prettier-ignore
    const filters = { excludePeople: ['tom cruise', 'Nobody Whatever'] };
    const found = gatherKnown(
      { ...request, ratings: [], tags: [], filters },
      emptyUnderstanding(),
      NOBODY,
      library,
    );
    expect(found.filters.excludePeople).toEqual(['Tom Cruise', 'Nobody Whatever']);
    expect(found.understood.unmatched).toEqual([{ said: 'Nobody Whatever', suggestions: [] }]);
    const reading = { opinions: [], preferences: '', wishes: [], filters, usage: { promptTokens: 0, completionTokens: 0, isEstimate: false, calls: 1 } }; // prettier-ignore
    expect(resolveReading(reading, library).filters.excludePeople).toEqual(['Tom Cruise', 'Nobody Whatever']);
  });
});
