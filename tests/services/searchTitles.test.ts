import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeTags, completeTitles } from '../../src/services/completeNames.ts';
import { searchTitles } from '../../src/services/searchTitles.ts';
import {
  COLLATERAL,
  GONE,
  handMadeLibrary,
  HATE,
  HEAT,
  HEATHERS,
  HEAT_1986,
  THIEF,
} from './handMadeLibrary.ts';

const library = handMadeLibrary();
const found = (query: string) => searchTitles(library, query).results.map(({ title }) => title.movieId);

describe('search', () => {
  it('puts titles of exactly that name first, best known first, then names that begin with it', () => {
    expect(found('heat').slice(0, 3)).toEqual([HEAT, HEAT_1986, HEATHERS]);
    expect(searchTitles(library, 'HEAT').results[0]).toMatchObject({ by: 'title' });
  });

  it('takes a year, an accent, a leading article and the original title in its stride', () => {
    expect(found('Heat 1986')[0]).toBe(HEAT_1986);
    expect(found('la haine')[0]).toBe(HATE);
    expect(found('The Thief')[0]).toBe(THIEF);
  });

  it('lists people by name with their titles', () => {
    const { people, results } = searchTitles(library, 'michael mann');
    expect(people).toEqual([{ name: 'Michael Mann', titles: 3 }]);
    expect(results.slice(0, 3).map(({ title, by }) => [title.movieId, by])).toEqual([
      [HEAT, 'person'],
      [COLLATERAL, 'person'],
      [THIEF, 'person'],
    ]);
  });

  it('offers everybody a first name may mean', () => {
    const names = searchTitles(library, 'michael').people.map(({ name }) => name);
    expect(names).toEqual(['Michael Mann', 'Michael Lehmann']);
  });

  it('finds tags, and titles by their tags and plots', () => {
    expect(searchTitles(library, 'heist').tags.map(({ name }) => name)).toContain('heist');
    expect(found('heist')).toContain(THIEF);
    expect(found('taxi driver')[0]).toBe(COLLATERAL);
  });

  it('asks whether the nearest title was meant when nothing goes by the name', () => {
    expect(searchTitles(library, 'colateral').didYouMean.concat(searchTitles(library, 'colateral').results.map(({ title }) => title)).map(({ movieId }) => movieId)).toContain(COLLATERAL);
    expect(searchTitles(library, 'heat').didYouMean).toEqual([]);
  }); // prettier-ignore

  it('finds nothing for nothing, and for what nobody has heard of', () => {
    const none = { results: [], people: [], tags: [], didYouMean: [] };
    expect(searchTitles(library, '   ')).toMatchObject(none);
    expect(searchTitles(library, '!?')).toMatchObject(none);
    expect(searchTitles(library, 'xqzzpwvk').results).toEqual([]);
  });

  it('never shows a retired title, never more than was asked for, and survives any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 260 }),
        fc.integer({ min: 1, max: 5 }),
        (query, k) => {
          const answer = searchTitles(library, query, k);
          expect(answer.results.length).toBeLessThanOrEqual(k);
          const shown = [...answer.results.map(({ title }) => title), ...answer.didYouMean];
          for (const { movieId } of shown) expect(movieId).not.toBe(GONE);
        },
      ),
      { numRuns: 200, examples: [['\ud800', 1], ['\0heat', 2], ['heat wave', 5], ['__proto__', 3]] }, // prettier-ignore
    );
  });
});

describe('completing names', () => {
  it('offers the best known titles and the most used tags for an empty field', () => {
    expect(completeTitles(library, '', 3).map(({ movieId }) => movieId)).toEqual([HEAT, COLLATERAL, HATE]);
    expect(completeTags(library, ' ', 2).map(({ name }) => name)).toEqual(['night', 'heist']);
  });

  it('completes any beginning and forgives a slip', () => {
    expect(completeTitles(library, 'colat').map(({ movieId }) => movieId)).toContain(COLLATERAL);
    expect(completeTags(library, 'hei')[0]?.name).toBe('heist');
    expect(completeTags(library, 'heizt').map(({ name }) => name)).toContain('heist');
  });

  it('offers no retired title', () => {
    expect(completeTitles(library, 'heat').map(({ movieId }) => movieId)).not.toContain(GONE);
    expect(completeTitles(library, '', 50).map(({ movieId }) => movieId)).not.toContain(GONE);
  });
});
