import { describe, expect, it } from 'vitest';
import { tasteStatistics } from '../../../src/services/tasteStatistics.ts';
import {
  presentProfileHead,
  presentWall,
  wallAddress,
  type WallChoice,
} from '../../../src/web/presenters/presentProfile.ts';
import { drawBars } from '../../../src/web/presenters/tastePictures.ts';
import {
  COLLATERAL,
  handMadeLibrary,
  HATE,
  HEAT,
  HEATHERS,
  NOBODY,
  THIEF,
} from '../../services/handMadeLibrary.ts';

const library = handMadeLibrary();
const profile = {
  ratings: [
    { movieId: HEATHERS, rating: 2 },
    { movieId: THIEF, rating: 4 },
    { movieId: HEAT, rating: 5 },
  ],
  hidden: [HATE],
  watchlist: [COLLATERAL],
};
const usual: WallChoice = { tab: 'rated', sort: 'recent', genre: '', decade: null, text: '', page: 1 };
const context = {
  titleOf: (id: number) => library.catalogue.get(id),
  posterVariants: (titles: readonly unknown[]) => titles.map(() => 0),
};
const wall = (choice: Partial<WallChoice>) => presentWall(profile, { ...usual, ...choice }, context);
const ids = (choice: Partial<WallChoice>) => wall(choice).items.map(({ movieId }) => movieId);

describe('the wall of films', () => {
  it('sorts by the latest, the stars, the year and the name', () => {
    expect(ids({})).toEqual([HEATHERS, THIEF, HEAT]);
    expect(ids({ sort: 'rating' })).toEqual([HEAT, THIEF, HEATHERS]);
    expect(ids({ sort: 'year' })).toEqual([HEAT, HEATHERS, THIEF]);
    expect(ids({ sort: 'title' })).toEqual([HEAT, HEATHERS, THIEF]);
  });

  it('filters by genre, decade and words of title or director, and says how many are left', () => {
    expect(ids({ genre: 'Comedy' })).toEqual([HEATHERS]);
    expect(ids({ decade: 1980 })).toEqual([HEATHERS, THIEF]);
    expect(ids({ text: 'MICHAEL MANN' })).toEqual([THIEF, HEAT]);
    expect(wall({ text: 'michael mann' }).summary).toBe('2 of 3 titles');
  });

  it('shows each tab its own', () => {
    expect(ids({ tab: 'liked' })).toEqual([THIEF, HEAT]);
    expect(ids({ tab: 'saved' })).toEqual([COLLATERAL]);
    expect(ids({ tab: 'hidden' })).toEqual([HATE]);
  });

  it('has one thing to do where it is empty', () => {
    expect(wall({ text: 'zzz' }).empty).toMatchObject({ href: '/profile', link: 'Show all' });
    expect(presentWall(NOBODY, usual, context).empty?.href).toBe('/search');
  });

  it('turns pages of sixty', () => {
    const titles = Array.from({ length: 130 }, (_unused, at) => ({ movieId: 1000 + at, rating: 4 }));
    const any = library.catalogue.get(HEAT)!;
    const many = { ...context, titleOf: (movieId: number) => ({ ...any, movieId }) };
    const page = (number: number) =>
      presentWall({ ...NOBODY, ratings: titles }, { ...usual, page: number }, many);
    expect(page(1).items).toHaveLength(60);
    expect(page(2)).toMatchObject({ earlierHref: '/profile', laterHref: '/profile?page=3' });
    expect(page(3).items).toHaveLength(10);
    // Beyond the end there is the last page, not nothing.
    expect(page(99).items).toHaveLength(10);
  });

  it('writes only what was chosen into its address', () => {
    expect(wallAddress(usual)).toBe('/profile');
    expect(
      wallAddress({ ...usual, tab: 'saved', sort: 'title', genre: 'Science Fiction', decade: 1980 }),
    ).toBe('/profile?tab=saved&sort=title&genre=Science+Fiction&decade=1980');
  });
});

describe('the head of the profile', () => {
  it('offers an account to those who have none, and says what this browser keeps', () => {
    const statistics = tasteStatistics(profile, library);
    expect(presentProfileHead(statistics, 'rated', null).offer?.text).toContain('5 marks');
    expect(presentProfileHead(statistics, 'rated', { name: 'mara' }).offer).toBeNull();
  });

  it('has no pictures of an empty taste', () => {
    expect(presentProfileHead(tasteStatistics(NOBODY, library), 'rated', null).pictures).toBeNull();
  });
});

describe('a bar chart', () => {
  it('fills the ground with the largest count, shows the smallest, and leaves nothing for none', () => {
    const { bars, ground } = drawBars([{ label: 'a', count: 200 }, { label: 'b', count: 1 }, { label: 'c', count: 0 }], 'x'); // prettier-ignore
    expect(bars[0]?.height).toBe(ground[0]?.height);
    expect(bars[1]?.height).toBe(3);
    expect(bars[2]?.height).toBe(0);
    for (const [at, bar] of bars.entries()) expect(bar.y + bar.height).toBeCloseTo(ground[at]!.height, 5);
  });
});
