import { describe, expect, it } from 'vitest';
import type { Filters } from '../../src/domain.ts';
import { makeFilter } from '../../src/services/catalogue.ts';
import { filtersToDrop } from '../../src/services/recommend/filtersToDrop.ts';
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

  it('a refusal can be the filter to drop', () => {
    const titles = [known, known, bare];
    expect(filtersToDrop({ excludePeople: ['Tom Cruise'], yearFrom: 1900 }, titles)).toEqual([
      'excludePeople',
    ]);
    expect(filtersToDrop({}, titles)).toEqual([]);
    expect(filtersToDrop({ yearFrom: 1900, genres: [] }, titles)).toEqual([]);
  });

  it('both ends of a span are dropped together, of a contradiction one is enough', () => {
    const titles = [1919, 1920, 1922, 1923, 1924].map((year, at) => makeTitle(at + 1, { year }));
    const french = makeTitle(9, { year: 1921, languages: ['French'] });
    expect(filtersToDrop({ yearFrom: 1921, yearTo: 1921 }, [...titles, french])).toEqual([
      'yearFrom',
      'yearTo',
    ]);
    // Without the year one more is French; without French only one more is of 1921.
    const more = [
      makeTitle(10, { year: 1950, languages: ['French'] }),
      makeTitle(11, { year: 1960, languages: ['French'] }),
    ];
    expect(
      filtersToDrop({ languages: ['French'], yearFrom: 1921, yearTo: 1921 }, [
        ...titles,
        ...more,
        makeTitle(12, { year: 1921 }),
      ]),
    ).toEqual(['yearFrom', 'yearTo']);
    expect(filtersToDrop({ yearFrom: 1924, yearTo: 1920 }, titles)).toEqual(['yearFrom']);
  });

  it('where one alone brings nothing, the fewest that do, the one most titles fail first', () => {
    const titles = [known, makeTitle(2, { year: 1960, genres: ['Crime'] }), bare];
    const filters: Filters = { people: ['Tom Cruise'], genres: ['Western'], yearFrom: 1921, yearTo: 1921 };
    const drop = filtersToDrop(filters, titles);
    expect(drop).toEqual(['genres', 'yearFrom', 'yearTo']);
    const { genres: _genres, yearFrom: _from, yearTo: _to, ...kept } = filters;
    expect(titles.filter(makeFilter(kept))).toEqual([known]);
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

  it('names are found however they are written, and one that nothing goes by is reported', () => {
    const library = handMadeLibrary();
    const [first] = library.catalogue.titles;
    const [genre = ''] = first!.genres;
    const request = { ratings: [], tags: [], usePastRatings: false, k: 10, popularity: 0, diversity: 0, blend: 'linear', tagMatch: 'smoothed' } as const; // prettier-ignore
    const filters = {
      genres: [genre.toUpperCase(), 'Nonsense'],
      excludeLanguages: ['Elvish'],
      providers: [],
    };
    const found = gatherKnown(
      { ...request, ratings: [], tags: [], filters },
      emptyUnderstanding(),
      NOBODY,
      library,
    );
    expect(found.filters.genres).toEqual([genre, 'Nonsense']);
    expect(found.understood.unmatched.map(({ said }) => said)).toEqual(['Nonsense', 'Elvish']);
  });
});
