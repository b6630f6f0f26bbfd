import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Filters } from '../../src/domain.ts';
import { readPrompt } from '../../src/retrieval/readPrompt.ts';
import { starterKey, starterLexicon, starterName, starterTitles } from './starter.ts';

interface Case {
  prompt: string;
  opinions: { title: string; year: number; rating: number }[];
  filters: Filters;
  preferences: string[];
  unmatched: string[];
  /** Words that only ask and must not be left among the preferences. */
  absent?: string[];
}

const casesOf = (file: string): Case[] =>
  readFileSync(resolve(import.meta.dirname, '../fixtures', file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Case);
const read = (prompt: string) => readPrompt(prompt, starterLexicon);
const said = (prompt: string) =>
  Object.fromEntries(read(prompt).opinions.map(({ movieId, rating }) => [starterName(movieId), rating]));

/** The second set was written, with its expectations, before the reader was run on it, and mended for afterwards. */
describe.each([
  { file: 'prompts.jsonl', prompts: 120 },
  { file: 'prompts-unseen.jsonl', prompts: 240 },
])('the test set $file', ({ file, prompts }) => {
  const cases = casesOf(file);
  const readings = cases.map((expected) => ({ expected, got: read(expected.prompt) }));

  it(`has at least ${prompts} prompts`, () => expect(cases.length).toBeGreaterThanOrEqual(prompts));

  it('finds at least 95 % of the titles', () => {
    let found = 0;
    let wanted = 0;
    for (const { expected, got } of readings)
      for (const { title, year } of expected.opinions) {
        wanted++;
        if (got.opinions.some(({ movieId }) => movieId === starterKey(title, year))) found++;
      }
    expect(found / wanted).toBeGreaterThanOrEqual(0.95);
  });

  it('invents no title', () => {
    const invented = readings.flatMap(({ expected, got }) => {
      // A namesake of another year is a title missed, not one made up.
      const names = new Set(expected.opinions.map(({ title }) => title));
      return got.opinions
        .map(({ movieId }) => starterName(movieId))
        .filter((name) => !names.has(name.slice(0, -' 1999'.length)))
        .map((name) => `${name} in: ${expected.prompt}`);
    });
    expect(invented).toEqual([]);
  });

  it('is never off by more than one star, and by half a star at most on average', () => {
    const errors = readings.flatMap(({ expected, got }) =>
      expected.opinions.flatMap(({ title, year, rating }) => {
        const opinion = got.opinions.find(({ movieId }) => movieId === starterKey(title, year));
        return opinion ? [{ title, error: Math.abs(opinion.rating - rating) }] : [];
      }),
    );
    expect(errors.filter(({ error }) => error > 1)).toEqual([]);
    expect(errors.reduce((sum, { error }) => sum + error, 0) / errors.length).toBeLessThanOrEqual(0.5);
  });

  it('sets no filter that was not stated, and at least 95 % of those that were', () => {
    let missed = 0;
    let stated = 0;
    for (const { expected, got } of readings) {
      const wanted = partsOf(expected.filters);
      const set = partsOf(got.filters);
      expect(
        set.filter((part) => !wanted.includes(part)),
        expected.prompt,
      ).toEqual([]);
      stated += wanted.length;
      missed += wanted.filter((part) => !set.includes(part)).length;
    }
    expect(missed / stated).toBeLessThanOrEqual(0.05);
  });

  it('keeps the words of the wish without those that only ask', () => {
    for (const { expected, got } of readings) {
      for (const word of expected.preferences)
        expect(got.preferences.toLowerCase(), expected.prompt).toContain(word.toLowerCase());
      const left = got.preferences.toLowerCase().split(/[^\p{L}\p{N}]+/u);
      for (const word of expected.absent ?? [])
        expect(left, expected.prompt).not.toContain(word.toLowerCase());
    }
  });

  it('reports the names that are in no catalogue, and nothing else', () => {
    let missed = 0;
    let unknown = 0;
    for (const { expected, got } of readings) {
      const names = got.unmatched.map((name) => name.said);
      expect(
        names.filter((name) => !expected.unmatched.includes(name)),
        expected.prompt,
      ).toEqual([]);
      unknown += expected.unmatched.length;
      missed += expected.unmatched.length - names.length;
    }
    expect(missed / unknown).toBeLessThanOrEqual(0.2);
  });
});

/** "kinds tv", "yearFrom 1990": one text for each thing the filters say. */
const partsOf = (filters: Filters): string[] =>
  Object.entries(filters).flatMap(([field, value]) =>
    (Array.isArray(value) ? value : [value]).map((part) => `${field} ${part}`),
  );

describe('readPrompt', () => {
  it('leaves the titles and the words of opinion out of the preferences', () => {
    const { preferences, wishes, filters } = read(
      'I loved Alien and The Thing, hated Prometheus, and I’m in the mood for claustrophobic sci-fi with a slow burn',
    );
    expect(preferences).toBe('claustrophobic sci-fi with a slow burn');
    expect(wishes).toEqual(['claustrophobic', 'slow burn']);
    expect(filters).toEqual({ genres: ['Science Fiction'] });
  });

  it('carries an opinion through a list and drops it at "but"', () => {
    expect(said('I loved Heat, Collateral and Thief but hated Titanic')).toEqual({
      'Heat 1995': 5, 'Collateral 2004': 5, 'Thief 1981': 5, 'Titanic 1997': 1,
    }); // prettier-ignore
  });

  it('takes the last word on a title said twice', () => {
    expect(said('I loved Heat. No wait, I hated Heat.')).toEqual({ 'Heat 1995': 1 });
  });

  it('suggests titles for a name it does not find', () => {
    const { unmatched } = read('I loved "The Termnator Returns Again"');
    expect(unmatched).toHaveLength(1);
    expect(unmatched[0]!.suggestions).toContain(starterKey('The Terminator', 1984));
  });

  it('takes an everyday word for a title only with evidence', () => {
    for (const prompt of [
      'I want to move up in the big city',
      'give me heat and drive',
      'it was her, once',
      'milk, moon, speed of life',
    ])
      expect(said(prompt), prompt).toEqual({});
    expect(said('I loved "Once"')).toEqual({ 'Once 2006': 5 });
    expect(said('loved It (2017)')).toEqual({ 'It 2017': 5 });
  });

  it('is not confused by words that are properties of every object', () => {
    expect(said('I loved constructor, __proto__ and toString')).toEqual({});
    expect(read('constructor __proto__ hasOwnProperty').preferences).toContain('constructor');
  });

  const keys = new Set(starterTitles.map(({ movieId }) => movieId));

  it('never throws, names only titles of the index, and rates from 0.5 to 5 by halves', () => {
    const fragments = fc.constantFrom(
      'I loved ', 'hated ', 'Heat', 'It', ', ', ' and ', ' but ', '"', '(1995)', '4/5', '★★★', '. ', '\n', 'not ', 'like ', 'from the 90s',
      'no horror', 'on Netflix', 'by Tarantino', 'не', '映画', '😀', '<b>', '\u0000', '\ud800', '‮', 'İ', 'ﬁ', "'",
    ); // prettier-ignore
    const prompts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc
        .array(fc.oneof(fragments, fc.string({ maxLength: 8 })), { maxLength: 40 })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(prompts, (prompt) => {
        const { opinions, unmatched } = read(prompt);
        expect(
          opinions.every(
            ({ movieId, rating }) =>
              keys.has(movieId) && rating >= 0.5 && rating <= 5 && Number.isInteger(rating * 2),
          ),
        ).toBe(true);
        expect(new Set(opinions.map(({ movieId }) => movieId)).size).toBe(opinions.length);
        expect(unmatched.every(({ suggestions }) => suggestions.every((key) => keys.has(key)))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('reads 4,000 characters of anything in well under a second', () => {
    const hostile = [
      'a ',
      'the ',
      'not ',
      'a-',
      '"',
      "'",
      '1990-',
      'from ',
      'and, ',
      'like ',
      'I loved Heat and ',
      'no horror, ',
      'Aa ',
      '((',
      '<b',
      'no no horror or ',
      '. ',
      'loved the the movie ',
      '& ',
      ' ',
      '90s ',
      'with A. ',
      "a'a",
    ];
    for (const part of hostile) {
      const prompt = part.repeat(Math.ceil(4000 / part.length)).slice(0, 4000);
      // The processor's own time: a busy neighbour makes little difference.
      const started = process.cpuUsage();
      read(prompt);
      expect(process.cpuUsage(started).user / 1000, JSON.stringify(part)).toBeLessThan(700);
    }
  });
});

describe('titles that are only compared with', () => {
  const alike = (prompt: string) => read(prompt).alike.map(starterName);

  it('are those named bare or after "like", not those that were judged', () => {
    expect(alike('movies like Alien')).toEqual([starterName(starterKey('Alien', 1979))]);
    expect(alike('something similar to Alien or The Thing')).toHaveLength(2);
    expect(alike('Blade Runner')).toHaveLength(1);
    expect(alike('I loved Alien and The Thing')).toEqual([]);
    expect(alike('Alien 4/5')).toEqual([]);
    expect(alike('I hate films like Alien')).toEqual([]);
  });
});
