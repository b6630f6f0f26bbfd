import { type StarterRow } from '../rows.ts';
import { type Finding } from './finding.ts';
import { sentencesOf, squeeze, wordsOf } from './words.ts';

const GENRES: ReadonlySet<string> = new Set(
  'Action,Adventure,Animation,Comedy,Crime,Documentary,Drama,Family,Fantasy,History,Horror,Music,Mystery,Romance,Science Fiction,Thriller,War,Western'.split(
    ',',
  ),
);
const PROVIDERS: ReadonlySet<string> = new Set(
  'Netflix,Amazon Prime Video,Disney+,Hulu,Apple TV+,HBO Max,Peacock,Paramount+'.split(','),
);
const FIRST_YEAR = 1920;
const FEWEST_PLOT_WORDS = 25;
const MOST_PLOT_WORDS = 95;

/** What must hold for every row by itself, and between rows, with nothing but the rows and the vocabulary at hand. */
export function checkForm(rows: StarterRow[], vocabulary: ReadonlySet<string>): Finding[] {
  return [
    ...rows.flatMap((row) => problemsOf(row, vocabulary).map((problem) => finding(row, problem))),
    ...checkTwins(rows),
  ];
}

const finding = ({ movieId, title }: StarterRow, problem: string): Finding => ({ movieId, title, problem });

function problemsOf(row: StarterRow, vocabulary: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  const expect = (holds: boolean, problem: string) => void (holds || problems.push(problem));
  expect(row.movieId !== null, 'no movieId: run addIds.ts');
  expect(row.imdbId === null || /^tt\d{7,}$/.test(row.imdbId), `imdbId ${row.imdbId}`);
  expect((row.movieId ?? 0) < 1_000_000 || row.imdbId === null, 'an IMDb id that no links file can confirm');
  expect(!/\(\d{4}\)|, (?:The|An?)$/.test(row.title), 'the title holds a year or ends in its article');
  expect(row.originalTitle !== row.title, 'the original title is the title');
  expect(row.year >= FIRST_YEAR && row.year <= new Date().getFullYear(), `year ${row.year}`);
  expect(row.genres.length >= 1 && row.genres.length <= 4, `${row.genres.length} genres`);
  for (const genre of row.genres) expect(GENRES.has(genre), `genre ${genre}`);
  for (const provider of row.providers) expect(PROVIDERS.has(provider), `provider ${provider}`);
  expect(row.directors.length >= 1 || row.kind === 'tv', 'nobody directed it');
  expect(row.countries.length >= 1, 'no country');
  expect(row.languages.length >= 1 || 'no dialogue' in row.tags, 'no language');
  expect(row.runtimeMinutes === null || (row.runtimeMinutes > 0 && row.runtimeMinutes < 700), 'runtime');
  expect(row.cast.length <= 6 && (row.cast.length >= 3 || hasFewFaces(row)), `cast of ${row.cast.length}`);
  for (const list of [row.genres, row.directors, row.cast, row.countries, row.languages])
    expect(new Set(list).size === list.length, `something stands twice: ${list.join(', ')}`);
  const tags = Object.keys(row.tags);
  expect(tags.length >= 8 && tags.length <= 15, `${tags.length} tags`);
  for (const tag of tags) expect(vocabulary.has(tag), `tag "${tag}" is not in the vocabulary`);
  const sentences = sentencesOf(row.plot.replace(SPEECH, '')).length;
  const words = wordsOf(row.plot).length;
  expect(sentences >= 2 && sentences <= 4, `a plot of ${sentences} sentences`);
  expect(words >= FEWEST_PLOT_WORDS && words <= MOST_PLOT_WORDS, `a plot of ${words} words`);
  return problems;
}

/** What somebody says, with its full stop: not a sentence of the plot's own. */
const SPEECH = /(?<!\p{L})'(?:[^']|(?<=\p{L})'(?=\p{L}))*?[.?!]'(?!\p{L})\s*/gu;

/** Documentaries and cartoons name those who matter; so do films without actors of name. */
const hasFewFaces = ({ genres }: StarterRow): boolean =>
  genres.includes('Documentary') || genres.includes('Animation');

function checkTwins(rows: StarterRow[]): Finding[] {
  const findings: Finding[] = [];
  const keysOf: [string, (row: StarterRow) => string | null][] = [
    ['movieId', ({ movieId }) => (movieId === null ? null : String(movieId))],
    ['imdbId', ({ imdbId }) => imdbId],
    ['tmdbId', ({ tmdbId }) => (tmdbId === null ? null : String(tmdbId))],
    ['title, year and kind', ({ title, year, kind }) => `${squeeze(title)} ${year} ${kind}`],
  ];
  for (const [name, keyOf] of keysOf) {
    const first = new Map<string, string>();
    for (const row of rows) {
      const key = keyOf(row);
      if (key === null) continue;
      if (first.has(key)) findings.push(finding(row, `${name} ${key} is also that of ${first.get(key)}`));
      else first.set(key, row.title);
    }
  }
  return findings;
}
