import type { Title } from '../../src/domain.ts';

/** A title of which nothing is known but its name and year: what a data set knows is set on top of it. */
export const emptyTitle = (movieId: number, title: string, year: number): Title => ({
  movieId,
  imdbId: null,
  tmdbId: null,
  title,
  originalTitle: null,
  otherTitles: [],
  year,
  kind: 'movie',
  genres: [],
  directors: [],
  cast: [],
  countries: [],
  languages: [],
  runtimeMinutes: null,
  tagline: null,
  plot: null,
  keywords: [],
  providers: [],
  posterPath: null,
  ratingCount: 0,
  ratingMean: null,
  voteCount: 0,
  isRetired: false,
});

/** "Tom Hanks, Tim Allen" → names; empty parts and repeats go. */
export const splitNames = (text: string | null | undefined, separator: string | RegExp = ','): string[] => [
  ...new Set(
    (text ?? '')
      .split(separator)
      .map((name) => name.trim())
      .filter((name) => name !== '' && !/^(?:unknown|n\/a|none|nan|\(no genres listed\))$/i.test(name)),
  ),
];
