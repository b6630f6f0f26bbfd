import { describe, expect, test } from 'vitest';
import { emptyTitle, splitNames } from '../../datasets/support/emptyTitle.ts';
import { canonicalGenres } from '../../datasets/support/genres.ts';
import { imdbIdOf } from '../../datasets/support/imdbId.ts';
import { splitKeywords, splitPeople } from '../../datasets/support/joinedLists.ts';
import { matchPlots, type PlotRow } from '../../datasets/support/matchPlots.ts';
import { editDistance, foldTitle, peopleOf } from '../../datasets/support/matchTitles.ts';
import {
  countryName,
  countryOfOrigin,
  languageName,
  languageOfOrigin,
} from '../../datasets/support/names.ts';
import type { Title } from '../../src/domain.ts';

let nextId = 1;
const film = (title: string, year: number, changes: Partial<Title> = {}): Title => ({
  ...emptyTitle(nextId++, title, year),
  ...changes,
});
const plot = (
  title: string,
  year: number,
  people: { directors?: string[]; cast?: string[] } = {},
): PlotRow => {
  const { directors = [], cast = [] } = people;
  return {
    title,
    year,
    plot: 'Something happens.',
    names: [foldTitle(title)],
    directors,
    cast,
    people: peopleOf({ directors, cast }),
    genres: [],
    country: null,
    language: null,
  };
};
const pairs = (rows: PlotRow[], titles: Title[]) =>
  matchPlots(rows, titles).matches.map(({ row, title, distance }) => [row.title, title.title, distance]);

describe('plots and titles', () => {
  test('of the same name and year belong together, articles, accents and case aside', () => {
    expect(pairs([plot('AMELIE', 2001)], [film('Amélie', 2001)])).toEqual([['AMELIE', 'Amélie', 0]]);
    expect(pairs([plot('Thing', 1982)], [film('The Thing', 1982)])).toEqual([['Thing', 'The Thing', 0]]);
    expect(pairs([plot('Alien', 1979)], [film('Alien', 1980)])).toEqual([]);
  });

  test('are also found by an "also known as" name', () => {
    expect(pairs([plot('Se7en', 1995)], [film('Seven', 1995, { otherTitles: ['Se7en'] })])).toEqual([
      ['Se7en', 'Seven', 0],
    ]);
  });

  test('Heat is not Hate, Casino is not Casper', () => {
    const titles = [film('Hate', 1995), film('Casper', 1995)];
    expect(pairs([plot('Heat', 1995), plot('Casino', 1995)], titles)).toEqual([]);
  });

  test('a few edits apart belong together only when a director or an actor is the same', () => {
    const title = film('The Fabulous Baker Boys', 1989, {
      directors: ['Steve Kloves'],
      cast: ['Jeff Bridges'],
    });
    expect(pairs([plot('The Fabulous Backer Boys', 1989, { cast: ['Jeff Bridges'] })], [title])).toHaveLength(
      1,
    );
    expect(pairs([plot('The Fabulous Backer Boys', 1989, { directors: ['Someone Else'] })], [title])).toEqual(
      [],
    );
  });

  test('a few edits apart and nobody known: only when there is one candidate', () => {
    const row = plot('The Lost Continents', 1990);
    expect(pairs([row], [film('The Lost Continent', 1990)])).toHaveLength(1);
    expect(pairs([row], [film('The Lost Continent', 1990), film('The Lost Contingent', 1990)])).toEqual([]);
  });

  test('another number is another film, however near', () => {
    const people = { directors: ['Jon Turteltaub'] };
    expect(
      pairs([plot('National Treasures 3', 2007, people)], [film('National Treasures 2', 2007, people)]),
    ).toEqual([]);
    expect(
      pairs([plot('Henry Street Part II', 2007, people)], [film('Henry Street Part I', 2007, people)]),
    ).toEqual([]);
  });

  test('are used once each, agreeing people first', () => {
    const disney = film('Aladdin', 1992, { directors: ['Ron Clements'] });
    const other = film('Aladdin', 1992, { directors: ['Masami Hata'] });
    const rows = [
      plot('Aladdin', 1992, { directors: ['Masami Hata'] }),
      plot('Aladdin', 1992, { directors: ['Ron Clements'] }),
    ];
    const matches = matchPlots(rows, [disney, other]).matches;
    expect(matches.map(({ row, title }) => [row.directors[0], title.movieId])).toEqual([
      ['Masami Hata', other.movieId],
      ['Ron Clements', disney.movieId],
    ]);
    expect(matchPlots([rows[0]!, rows[0]!], [other]).matches).toHaveLength(1);
  });

  test('of the same name and year by other people do not', () => {
    const { matches, unmatched } = matchPlots(
      [plot('Don', 2006, { directors: ['A'], cast: ['B'] })],
      [film('Don', 2006, { directors: ['C'], cast: ['D'] })],
    );
    expect(matches).toEqual([]);
    expect(unmatched[0]!.reason).toBe('same title and year, other people');
  });
});

test('edits are counted up to the limit, a swap as one', () => {
  expect(editDistance('kitten', 'sitting', 3)).toBe(3);
  expect(editDistance('kitten', 'sitting', 2)).toBe(3);
  expect(editDistance('dark knigth', 'dark knight', 3)).toBe(1);
  expect(editDistance('same', 'same', 0)).toBe(0);
  expect(editDistance('a', 'abcdef', 3)).toBe(4);
});

describe('lists joined with hyphens', () => {
  test('names with a hyphen come out whole', () => {
    const known = new Set(['Armin Mueller-Stahl', 'Jean-Claude Van Damme']);
    expect(
      splitPeople('Irène Jacob-Jean-Louis Trintignant-Frédérique Feder-Jean-Pierre Lorit', known),
    ).toEqual(['Irène Jacob', 'Jean-Louis Trintignant', 'Frédérique Feder', 'Jean-Pierre Lorit']);
    expect(splitPeople('Robin Williams-Armin Mueller-Stahl-Hannah Taylor', known)).toEqual([
      'Robin Williams',
      'Armin Mueller-Stahl',
      'Hannah Taylor',
    ]);
    expect(splitPeople('Song Kang-ho-Bae Doona', known)).toEqual(['Song Kang-ho', 'Bae Doona']);
    expect(splitPeople('Bess Armstrong-Louis Gossett-Jr.-John Putch', known)).toEqual([
      'Bess Armstrong',
      'Louis Gossett Jr.',
      'John Putch',
    ]);
    expect(splitPeople('Tim Roth-Madonna-Cher', known)).toEqual(['Tim Roth', 'Madonna', 'Cher']);
  });

  test('keywords with a hyphen come out whole', () => {
    expect(splitKeywords('berlin-neo-nazi-israel')).toEqual(['berlin', 'neo-nazi', 'israel']);
    expect(splitKeywords('father-son relationship-lake')).toEqual(['father-son relationship', 'lake']);
    expect(splitKeywords('make-up-death star')).toEqual(['make-up', 'death star']);
    expect(splitKeywords('')).toEqual([]);
  });
});

describe('names of the data sets', () => {
  test('genres become ours, unknown ones are handed over', () => {
    const unknown: string[] = [];
    expect(canonicalGenres(['Sci-Fi', 'Children', 'IMAX', 'Martian'], (name) => unknown.push(name))).toEqual([
      'Family',
      'Science Fiction',
    ]);
    expect(unknown).toEqual(['Martian']);
    expect(canonicalGenres(['TV Action & Adventure', 'action'])).toEqual(['Action', 'Adventure']);
  });

  test('languages and countries have one name each', () => {
    expect(['fr', 'French', 'cn', 'xx', 'nl'].map(languageName)).toEqual([
      'French',
      'French',
      'Cantonese',
      null,
      'Dutch',
    ]);
    expect(['USA', 'US', 'United States of America', 'GB', 'Japan'].map(countryName)).toEqual([
      'United States', 'United States', 'United States', 'United Kingdom', 'Japan',
    ]); // prettier-ignore
  });

  test('an origin says the language only where it is one', () => {
    const origins = ['Tamil', 'Bollywood', 'South_Korean', 'American', 'Hong Kong', 'unknown', 'constructor'];
    expect(origins.map((origin) => [countryOfOrigin(origin), languageOfOrigin(origin)])).toEqual([
      ['India', 'Tamil'],
      ['India', 'Hindi'],
      ['South Korea', null],
      ['United States', null],
      ['Hong Kong', null],
      [null, null],
      [null, null],
    ]);
  });

  test('words that every object knows are words like others', () => {
    expect([languageName('constructor'), countryName('toString')]).toEqual(['constructor', 'toString']);
    expect([countryOfOrigin('constructor'), countryOfOrigin('Bollywood ')]).toEqual([null, 'India']);
  });

  test('IMDb ids have tt and at least seven digits', () => {
    expect(['114709', '0114709', 'tt0114709', 12_345_678, '', 'tt', null].map(imdbIdOf)).toEqual([
      'tt0114709', 'tt0114709', 'tt0114709', 'tt12345678', null, null, null,
    ]); // prettier-ignore
  });

  test('"Jr." stays with its name, "Unknown" is nobody', () => {
    expect(splitNames('Robert Downey, Jr., Val Kilmer, Unknown, Val Kilmer')).toEqual([
      'Robert Downey Jr.',
      'Val Kilmer',
    ]);
  });
});
