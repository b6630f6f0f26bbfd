import { describe, expect, it } from 'vitest';
import { showTitle } from '../../../src/services/showTitle.ts';
import { presentTitle } from '../../../src/web/presenters/presentTitle.ts';
import {
  COLLATERAL,
  GONE,
  handMadeLibrary,
  HATE,
  HEAT,
  HEAT_1986,
  NOBODY,
  THIEF,
} from '../../services/handMadeLibrary.ts';

const library = handMadeLibrary();
const profile = { ...NOBODY, ratings: [{ movieId: HEAT, rating: 5 }, { movieId: HATE, rating: 1 }] }; // prettier-ignore
const present = (movieId: number, own: typeof profile = profile) =>
  presentTitle(showTitle(library, movieId, own), {
    titleOf: (id) => library.catalogue.get(id),
    ratingOf: (id) => own.ratings.find((row) => row.movieId === id)?.rating ?? null,
    posterVariants: (titles) => titles.map(() => 1),
  });
const sentence = (movieId: number) =>
  present(movieId).verdict?.sentence.map(({ text }) => text).join('').replaceAll('\u00a0', ' '); // prettier-ignore

describe('the page of a title', () => {
  it('says why in one sentence, for and against', () => {
    expect(sentence(COLLATERAL)).toBe('for you: because you liked Heat +94 %, in spite of Hate −6 %.');
    expect(present(COLLATERAL).verdict).toMatchObject({
      score: '10.0',
      note: 'By taste alone. Without Heat it would be 0.0.',
    });
  });

  it('does not call a title liked that was not', () => {
    expect(sentence(THIEF)).toBe('for you: because of your stars for Heat +92 %, Hate +8 %.');
  });

  it('says what to do when there is no verdict', () => {
    expect(present(THIEF, { ...profile, ratings: [] }).noVerdict).toMatch(/^Rate a few titles/);
    expect(present(HEAT_1986).noVerdict).toMatch(/^Not enough is known/);
    expect(present(GONE, { ...profile, ratings: [] })).toMatchObject({ isRetired: true, verdict: null });
    expect(present(GONE, { ...profile, ratings: [] }).noVerdict).toMatch(/left the catalogue/);
  });

  it('shows the original title only when it differs', () => {
    expect(present(HATE).originalTitle).toBe('La Haine');
    expect(present(HEAT).originalTitle).toBeNull();
  });

  it('links people to search and tags to Lite', () => {
    const page = present(HEAT);
    expect(page.people[0]).toMatchObject({ label: 'Directed by', names: [{ name: 'Michael Mann', href: '/search?q=Michael%20Mann' }] }); // prettier-ignore
    expect(page.tags[0]).toEqual({ name: 'heist', href: '/lite?tag=heist', width: 90, spoken: '.90 of 1' });
  });

  it('puts closeness and own stars under the posters of its shelves', () => {
    const [byTaste, byTags] = present(THIEF).shelves;
    expect(byTaste?.items.map(({ name, note }) => [name, note])).toEqual([
      ['Collateral', '+.300'],
      ['Heat', '+.200'],
    ]);
    expect(byTaste?.items[1]).toMatchObject({ stars: { text: '★★★★★', spoken: 'you gave it 5 of 5' }, posterSrc: '/posters/10.svg?v=1' }); // prettier-ignore
    expect(byTags?.note.split(', ')[0]).toBe('heist');
  });
});
