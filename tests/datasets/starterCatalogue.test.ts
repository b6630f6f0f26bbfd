import { describe, expect, test } from 'vitest';
import { addIds } from '../../datasets/starter/addIds.ts';
import { type Disagreement, undecided } from '../../datasets/starter/check/finding.ts';
import { checkAgainstReferences, compareFacts, type References } from '../../datasets/starter/check/facts.ts';
import { checkForm } from '../../datasets/starter/check/form.ts';
import { checkSharedRuns, checkVariety, varietyOf } from '../../datasets/starter/check/plots.ts';
import { sentencesOf } from '../../datasets/starter/check/words.ts';
import {
  checkStarter,
  readDecisions,
  readVocabulary,
  referencesIn,
  WANTED,
} from '../../datasets/starter/check.ts';
import { readStarterRows, type StarterRow } from '../../datasets/starter/rows.ts';
import { sharedPath } from '../support/shared.ts';

const rows = readStarterRows();
const vocabulary = readVocabulary();
const alien = rows.find(({ movieId }) => movieId === 1214)!;
const problemsOf = (changes: Partial<StarterRow>) =>
  checkForm([{ ...alien, ...changes }], vocabulary).map(({ problem }) => problem);

describe('the starter catalogue', () => {
  test('has nothing to mend that can be seen without other data', () => {
    const report = checkStarter(rows, vocabulary, readDecisions(), null);
    expect(report.findings).toEqual([]);
    expect(report.shortfalls).toEqual([]);
    for (const [name, least] of Object.entries(WANTED))
      expect(report.counts[name as keyof typeof WANTED]).toBeGreaterThanOrEqual(least);
  });

  const shared = sharedPath('data');
  test.skipIf(!shared)('agrees with the references, or somebody has decided why not', async () => {
    const references = await referencesIn(shared!);
    expect(references).not.toBeNull();
    const report = checkStarter(rows, vocabulary, readDecisions(), references);
    expect(report.findings).toEqual([]);
    expect(report.open).toEqual([]);
    expect(report.stale).toEqual([]);
    expect(report.decided!.length).toBe(readDecisions().length);
  });

  test('gives own ids from 1,000,000 up, each once', () => {
    const own = rows.map(({ movieId }) => movieId!).filter((movieId) => movieId >= 1_000_000);
    expect(own.toSorted((a, b) => a - b)).toEqual(own.map((_, at) => 1_000_000 + at));
  });
});

describe('the checker', () => {
  test('passes a sound row and names what is wrong with a broken one', () => {
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({ genres: ['Sci-Fi'] })).toEqual(['genre Sci-Fi']);
    expect(problemsOf({ tags: { ...alien.tags, spaceships: 50 } })).toEqual([
      'tag "spaceships" is not in the vocabulary',
    ]);
    expect(problemsOf({ movieId: 1_000_000 })).toEqual(['an IMDb id that no links file can confirm']);
    expect(problemsOf({ title: 'Alien (1979)' })).toEqual(['the title holds a year or ends in its article']);
    expect(problemsOf({ cast: ['Sigourney Weaver'] })).toEqual(['cast of 1']);
    expect(problemsOf({ plot: alien.plot.split('. ')[0]! })).toHaveLength(2);
  });

  test('finds a title that stands twice, under whatever id', () => {
    const twin = { ...alien, movieId: 1_000_001, imdbId: null, tmdbId: null, title: 'ALIEN' };
    expect(checkForm([alien, twin], vocabulary).map(({ problem }) => problem)).toEqual([
      'title, year and kind alien 1979 movie is also that of Alien',
    ]);
  });

  test('finds eight words in a row that two plots share, and not seven', () => {
    const withPlot = (plot: string) => ({ ...alien, movieId: 1, plot });
    const seven = 'something is back on board under a visor now';
    const eight = 'they bring something back on board under a hood';
    expect(checkSharedRuns([alien, withPlot(seven)])).toEqual([]);
    expect(checkSharedRuns([alien, withPlot(eight)]).map(({ problem }) => problem)).toEqual([
      'shares "they bring something back on board under a" with Alien',
    ]);
  });

  test('calls plots that were filled into a form by that name', () => {
    const filled = rows.slice(0, 200).map((row) => ({
      ...row,
      plot: `A man named ${row.cast[0]} must save the day. He finds love in the end.`,
    }));
    expect(checkVariety(varietyOf(filled)).length).toBeGreaterThanOrEqual(3);
    expect(checkVariety(varietyOf(rows))).toEqual([]);
  });

  test('does not end a sentence at an abbreviation', () => {
    expect(sentencesOf('Mr. Smith and J. J. Gittes meet St. Peter. They talk! Do they?')).toHaveLength(3);
  });

  test('compares facts by meaning: word order, lost letters, moved articles and a few minutes are no disagreement', () => {
    const references = (title: string, directedBy: string, runtimeMinutes = 117): References => ({
      links: new Map(),
      movieLens: new Map([[1214, { title, directedBy }]]),
      tmdb: new Map([
        [348, { title: 'Alien', year: 1979, runtimeMinutes, language: 'English', overview: '' }],
      ]),
    });
    const fieldsOf = (row: Partial<StarterRow>, against: References) =>
      compareFacts([{ ...alien, ...row }], against).map(({ field }) => field);
    expect(fieldsOf({}, references('Alien (1979)', 'Ridley Scott', 121))).toEqual([]);
    expect(fieldsOf({ directors: ['Wong Kar-wai'] }, references('Alien (1979)', 'Kar Wai Wong'))).toEqual([]);
    expect(fieldsOf({ directors: ['Luis Buñuel'] }, references('Alien (1979)', 'Luis Bu\uFFFDuel'))).toEqual(
      [],
    );
    expect(fieldsOf({ title: 'La Strada' }, references('Strada, La (1979)', 'Ridley Scott'))).toEqual([]);
    expect(fieldsOf({}, references('Aliens (1986)', 'James Cameron', 137))).toEqual([
      'year',
      'directors',
      'runtime',
    ]);
  });

  test('finds a sentence that stands in somebody else’s overview', () => {
    const overview = `It begins in space. ${sentencesOf(alien.plot)[0]!.toUpperCase()} Then more.`;
    const tmdb = new Map([
      [348, { title: 'Alien', year: 1979, runtimeMinutes: 117, language: 'English', overview }],
    ]);
    const links = new Map([[1214, { imdbId: alien.imdbId, tmdbId: alien.tmdbId }]]);
    const problems = (given: StarterRow) =>
      checkAgainstReferences([given], { links, movieLens: new Map(), tmdb });
    expect(problems(alien).map(({ problem }) => problem)).toEqual([
      `a sentence stands in an overview: ${sentencesOf(alien.plot)[0]}`,
    ]);
    expect(
      problems({ ...alien, plot: 'Then it rains. Something else happens to other people on that ship.' }),
    ).toEqual([]);
  });

  test('takes a decision only for the facts it was made on', () => {
    const disagreement: Disagreement = {
      movieId: 1,
      title: 'A',
      field: 'year',
      ours: '1945',
      theirs: '1946',
    };
    const decision = { ...disagreement, decision: 'Kept: first shown in 1945' };
    expect(undecided([disagreement], [decision])).toEqual({ open: [], stale: [] });
    const changed = { ...disagreement, ours: '1944' };
    expect(undecided([changed], [decision])).toEqual({ open: [changed], stale: [decision] });
  });
});

describe('addIds', () => {
  const bare = (movieId: number | null): StarterRow => ({ ...alien, movieId, imdbId: 'tt9', tmdbId: 9 });
  const links = new Map([[1214, { imdbId: 'tt0078748', tmdbId: 348 }]]);

  test('takes outside ids from the links alone and gives own ids behind the last', () => {
    const files = [
      { name: 'a', rows: [bare(null), bare(1214)] },
      { name: 'b', rows: [bare(1_000_007), bare(null)] },
    ];
    expect(addIds(files, links)).toBe(2);
    const idsOf = files.flatMap((file) =>
      file.rows.map(({ movieId, imdbId, tmdbId }) => [movieId, imdbId, tmdbId]),
    );
    expect(idsOf).toEqual([
      [1_000_008, null, null],
      [1214, 'tt0078748', 348],
      [1_000_007, null, null],
      [1_000_009, null, null],
    ]);
    const before = structuredClone(files);
    expect(addIds(files, links)).toBe(0);
    expect(files).toEqual(before);
  });
});
