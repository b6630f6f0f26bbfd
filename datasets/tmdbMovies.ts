import type { Title } from '../src/domain.ts';
import { type AddOn, type Enrichment, ownIdKey, type SetupOptions } from './dataSet.ts';
import { type CsvNotes, type CsvRow, csvRows } from './support/csvRows.ts';
import { emptyTitle } from './support/emptyTitle.ts';
import { canonicalGenres } from './support/genres.ts';
import { positiveId } from './support/imdbId.ts';
import { splitKeywords, splitPeople } from './support/joinedLists.ts';
import { comparePeople, foldTitle, type MatchEntry, peopleOf, TitleTable } from './support/matchTitles.ts';
import { languageName } from './support/names.ts';
import { longerText } from './support/plots.ts';
import { timed } from './support/progress.ts';
import { counts, ReasonCounter, step } from './support/report.ts';
import { decodeEntities } from './support/textRepair.ts';
import { moveArticle } from './support/titleForm.ts';

/** Millions of Movies: TMDB's films as a table; facts for a catalogue, or with `--new-titles` a catalogue of its own. */
export const tmdbMovies: AddOn = {
  kind: 'add-on',
  name: 'tmdb-movies',
  licence: "TMDB's terms of use: with attribution, not for commerce without an agreement",
  citation:
    'The Movie Database (TMDB); Millions of Movies, compiled by Akshay Pawar. Not endorsed or certified by TMDB',
  page: 'https://www.kaggle.com/datasets/akshaypawar7/millions-of-movies',
  enrich,
};

const COLUMNS = ['id', 'title', 'genres', 'original_language', 'overview', 'release_date', 'runtime', 'tagline', 'vote_count', 'credits', 'keywords']; // prettier-ignore
const MOST_CAST = 15;
const MOST_KEYWORDS = 40;

async function enrich(titles: readonly Title[], options: SetupOptions): Promise<Enrichment> {
  const dropped = new ReasonCounter();
  const notes: CsvNotes = { latin1Lines: 0, repairedRows: 0, unevenRows: 0 };
  const table = new TitleTable(titles);
  const updates: Updates = new Map();
  const { rows, matchedById, waiting } = await matchById(titles, { options, table, updates, dropped, notes });
  let matchedByTitleAndYear = 0;
  const unmatched: Title[] = [];
  for (const facts of waiting) {
    const entry = byNameAndYear(facts, table, updates);
    const problem = entry ? null : whyNotNew(facts, options);
    if (entry) {
      matchedByTitleAndYear++;
      updates.set(entry.title.movieId, toUpdate(entry.title, facts));
    } else if (problem) dropped.add(problem.reason, problem.example);
    else unmatched.push(toNewTitle(facts));
  }
  const newTitles = await withOwnIds(unmatched, options, dropped);
  const numbers = { matchedById, matchedByTitleAndYear, titlesWithFacts: updates.size };
  return {
    updates: [...updates.values()],
    newTitles,
    steps: [step('match', counts(rows), counts(rows - dropped.total), dropped.list())],
    numbers: { ...numbers, newTitles: newTitles.length, ...notes },
  };
}

type Updates = Map<number, Enrichment['updates'][number]>;

const NO_TITLE = 'no title of that id, or of that name and year';

/** Reads every row once. Those of a known id become updates; those that a name may lead to wait until all ids are known. */
async function matchById(
  titles: readonly Title[],
  into: {
    options: SetupOptions;
    table: TitleTable;
    updates: Updates;
    dropped: ReasonCounter;
    notes: CsvNotes;
  },
): Promise<{ rows: number; matchedById: number; waiting: Facts[] }> {
  const { options, table, updates, dropped, notes } = into;
  const byTmdbId = new Map<number, Title[]>();
  for (const title of titles)
    if (title.tmdbId !== null) byTmdbId.set(title.tmdbId, [...(byTmdbId.get(title.tmdbId) ?? []), title]);
  const knownNames = new Set(
    titles.flatMap(({ directors, cast }) => [...directors, ...cast]).filter((name) => name.includes('-')),
  );
  const seen = new Set<number>();
  const waiting: Facts[] = [];
  let rows = 0;
  let matchedById = 0;
  await timed(options.onProgress, 'read facts', async () => {
    for await (const { row, line } of csvRows(options.path!, { required: COLUMNS }, notes)) {
      if ((++rows & 1023) === 0) options.onProgress({ step: 'read facts', done: rows });
      const facts = toFacts(row, knownNames);
      if (facts === null) dropped.add('no id or no title', `line ${line}`);
      else if (seen.has(facts.tmdbId))
        dropped.add('an id that stood before', `line ${line}: ${facts.tmdbId}`);
      else {
        seen.add(facts.tmdbId);
        const found = byTmdbId.get(facts.tmdbId) ?? [];
        for (const title of found) updates.set(title.movieId, toUpdate(title, facts));
        matchedById += found.length;
        if (found.length > 0) continue;
        if (options.newTitles || isNamed(facts, table)) waiting.push(facts);
        else dropped.add(NO_TITLE, named(facts));
      }
    }
    return { result: null, done: rows };
  });
  return { rows, matchedById, waiting };
}

/** Why a film that the catalogue does not have stays out; null when it comes in. */
function whyNotNew(facts: Facts, options: SetupOptions): { reason: string; example: string } | null {
  if (!options.newTitles) return { reason: NO_TITLE, example: named(facts) };
  if (facts.year === null) return { reason: 'new, without a year', example: facts.title };
  if (!facts.isReleased) return { reason: 'new, not released', example: facts.title };
  return facts.voteCount < options.minVotes
    ? { reason: `new, fewer than ${options.minVotes} votes`, example: facts.title }
    : null;
}

const named = ({ title, year }: Facts): string => `${title} (${year ?? '?'})`;

interface Facts {
  tmdbId: number;
  title: string;
  year: number | null;
  isReleased: boolean;
  genres: string[];
  language: string | null;
  overview: string | null;
  tagline: string | null;
  runtimeMinutes: number | null;
  voteCount: number;
  cast: string[];
  keywords: string[];
  posterPath: string | null;
}

function toFacts(row: CsvRow, knownNames: ReadonlySet<string>): Facts | null {
  const text = (column: string) =>
    decodeEntities(row[column] ?? '')
      .replace(/\s+/g, ' ')
      .trim();
  const tmdbId = positiveId(row['id']);
  const title = moveArticle(text('title'));
  if (tmdbId === null || title === '') return null;
  const year = Number(/^(\d{4})-\d\d-\d\d/.exec(text('release_date'))?.[1] ?? 0);
  const runtime = Math.round(Number(text('runtime')));
  const status = text('status');
  return {
    tmdbId,
    title,
    year: year > 0 ? year : null,
    isReleased: status === '' || status === 'Released',
    genres: canonicalGenres(text('genres').split('-')),
    language: languageName(text('original_language')),
    overview: text('overview') || null,
    tagline: text('tagline') || null,
    runtimeMinutes: runtime > 0 && runtime < 2000 ? runtime : null,
    voteCount: Math.max(0, Math.round(Number(text('vote_count'))) || 0),
    cast: splitPeople(text('credits'), knownNames).slice(0, MOST_CAST),
    keywords: splitKeywords(text('keywords')).slice(0, MOST_KEYWORDS),
    posterPath: /^\/[\w.-]+\.(?:jpg|png|webp)$/.test(text('poster_path')) ? text('poster_path') : null,
  };
}

const isNamed = (facts: Facts, table: TitleTable): boolean =>
  facts.year !== null && table.exact(foldTitle(facts.title), facts.year, 'movie').length > 0;

/** A film of the same name and year that no row's id led to; other people, or another TMDB id, make it another film. */
function byNameAndYear(
  facts: Facts,
  table: TitleTable,
  updates: ReadonlyMap<number, unknown>,
): MatchEntry | null {
  if (facts.year === null) return null;
  const people = peopleOf({ directors: [], cast: facts.cast });
  const candidates = table
    .exact(foldTitle(facts.title), facts.year, 'movie')
    .filter(({ title }) => title.tmdbId === null && !updates.has(title.movieId))
    .filter((entry) => comparePeople(people, entry.people) !== 'differ');
  return candidates.length === 1 ? candidates[0]! : null;
}

/** Facts fill gaps; what the catalogue says itself stays. The longer text is the plot, lists are joined. */
function toUpdate(title: Title, facts: Facts): Enrichment['updates'][number] {
  return {
    movieId: title.movieId,
    tmdbId: title.tmdbId ?? facts.tmdbId,
    plot: longerText(title.plot, facts.overview),
    genres: title.genres.length > 0 ? title.genres : facts.genres,
    languages: title.languages.length > 0 || facts.language === null ? title.languages : [facts.language],
    tagline: title.tagline ?? facts.tagline,
    runtimeMinutes: title.runtimeMinutes ?? facts.runtimeMinutes,
    voteCount: facts.voteCount > 0 ? facts.voteCount : title.voteCount,
    cast: joined(title.cast, facts.cast, MOST_CAST),
    keywords: joined(title.keywords, facts.keywords, MOST_KEYWORDS),
    posterPath: facts.posterPath ?? title.posterPath,
  };
}

const joined = (first: readonly string[], more: readonly string[], most: number): string[] =>
  [...new Set([...first, ...more])].slice(0, Math.max(first.length, most));

/** Of facts with a year: `whyNotNew` lets no others in. */
const toNewTitle = (facts: Facts): Title => ({
  ...emptyTitle(0, facts.title, facts.year!),
  tmdbId: facts.tmdbId,
  plot: facts.overview,
  genres: facts.genres,
  languages: facts.language ? [facts.language] : [],
  tagline: facts.tagline,
  runtimeMinutes: facts.runtimeMinutes,
  voteCount: facts.voteCount,
  cast: facts.cast,
  keywords: facts.keywords,
  posterPath: facts.posterPath,
});

/** Of two new films of one name and year the one with more votes comes in: both would have the same own id. */
async function withOwnIds(titles: Title[], options: SetupOptions, dropped: ReasonCounter): Promise<Title[]> {
  const byKey = new Map<string, Title>();
  for (const title of titles) {
    const key = ownIdKey(title);
    const other = byKey.get(key);
    if (other) dropped.add('new, another film of that name and year', `${title.title} (${title.year})`);
    if (!other || other.voteCount < title.voteCount) byKey.set(key, title);
  }
  const ids = await options.assignOwnIds([...byKey.keys()]);
  return [...byKey].map(([key, title]) => ({ ...title, movieId: ids.get(key)! }));
}
