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

const NO_NAME = /^(?:unknown|n\/a|none|nan|\(no genres listed\))$/i;
/** "Robert Downey, Jr.": the comma, or the hyphen it became, belongs to the name. */
const NAME_ENDING = /^(?:jr|sr|ii|iii|iv|m\.d|ph\.d|esq)\.?$/i;

/** Adds a name to a list; an ending that was cut off goes back to the name before it. */
export function addName(names: string[], name: string): void {
  if (names.length > 0 && NAME_ENDING.test(name)) names[names.length - 1] += ` ${name}`;
  else names.push(name);
}

/** "Tom Hanks, Tim Allen" → names; empty parts and repeats go. */
export function splitNames(text: string | null | undefined, separator: string | RegExp = ','): string[] {
  const names: string[] = [];
  for (const part of (text ?? '').split(separator)) {
    const name = part.trim();
    if (name !== '' && !NO_NAME.test(name)) addName(names, name);
  }
  return [...new Set(names)];
}
