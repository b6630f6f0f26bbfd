import type { Kind, Title } from '../../domain.ts';
import { insertRows, integersIn, textsIn, toJson, type ColumnType } from '../bulk.ts';
import type { Database } from '../handle.ts';

/** Facts an add-on or a poster source may fill in; what is absent stays as it is. */
export type TitleFacts = { movieId: number } & Partial<Omit<Title, 'movieId'>>;

export interface Movies {
  /** Inserts or overwrites by movieId. */
  upsertMany(titles: Iterable<Title>): Promise<void>;
  /** movieIds somebody rated, hid or saved: titles that must not vanish. */
  marked(): Promise<Set<number>>;
  /** Titles outside `keep` are deleted; the marked ones stay and are retired. */
  retireOthers(keep: ReadonlySet<number>): Promise<{ deleted: number; retired: number }>;
  /** Ids that are not here are passed over. */
  updateFacts(facts: Iterable<TitleFacts>): Promise<{ updated: number }>;
  /** All titles by movieId, the retired ones with them. */
  readAll(): Promise<Title[]>;
  get(movieId: number): Promise<Title | null>;
  /** Those that are here, by movieId. */
  getMany(movieIds: readonly number[]): Promise<Map<number, Title>>;
  count(): Promise<number>;
  /** Every id we gave ourselves, by its key. */
  ownIds(): Promise<Map<string, number>>;
  /** The own id of each key (an IMDb id, or title, year and kind), from 1,000,000 up; once given, always the same. */
  assignOwnIds(keys: readonly string[]): Promise<Map<string, number>>;
}

const FIRST_OWN_ID = 1_000_000;
/** What people say about titles stands in these. */
const MARK_TABLES = ['ratings', 'hidden_movies', 'watchlist'];

const COLUMNS: Record<keyof Title, ColumnType> = {
  movieId: 'integer',
  imdbId: 'text',
  tmdbId: 'integer',
  title: 'text',
  originalTitle: 'text',
  otherTitles: 'text',
  year: 'integer',
  kind: 'text',
  genres: 'text',
  directors: 'text',
  cast: 'text',
  countries: 'text',
  languages: 'text',
  runtimeMinutes: 'integer',
  tagline: 'text',
  plot: 'text',
  keywords: 'text',
  providers: 'text',
  posterPath: 'text',
  ratingCount: 'integer',
  ratingMean: 'double precision',
  voteCount: 'integer',
  isRetired: 'boolean',
};
const NAMES = Object.keys(COLUMNS) as (keyof Title)[];
const UPSERT = {
  table: 'movies',
  columns: COLUMNS,
  conflictColumns: ['movieId'],
  updateColumns: NAMES.filter((name) => name !== 'movieId'),
};
const LISTS: ReadonlySet<keyof Title> = new Set([
  'otherTitles', 'genres', 'directors', 'cast', 'countries', 'languages', 'keywords', 'providers',
]); // prettier-ignore

export function moviesRepository(database: Database): Movies {
  const upsertMany = (titles: Iterable<Title>) =>
    database.write(() => insertRows(database, UPSERT, rowsOf(titles)));

  return {
    upsertMany,

    async marked() {
      const union = MARK_TABLES.map((table) => `SELECT "movieId" FROM ${table}`).join(' UNION ');
      const rows = await database.select<{ movieId: number }>(union);
      return new Set(rows.map(({ movieId }) => movieId));
    },

    retireOthers: (keep) =>
      database.write(async () => {
        const before = await count(database);
        const others = `"movieId" NOT IN ${integersIn(database, '$1')}`;
        const ids = [JSON.stringify([...keep])];
        const isMarked = MARK_TABLES.map(
          (table) => `EXISTS (SELECT 1 FROM ${table} WHERE ${table}."movieId" = movies."movieId")`,
        ).join(' OR ');
        await database.run(`DELETE FROM movies WHERE ${others} AND NOT (${isMarked})`, ids);
        await database.run(`UPDATE movies SET "isRetired" = TRUE WHERE ${others}`, ids);
        const after = await count(database);
        const [kept] = await database.select<{ n: number | string }>(
          `SELECT count(*) AS n FROM movies WHERE ${others}`,
          ids,
        );
        return { deleted: before - after, retired: Number(kept!.n) };
      }),

    updateFacts: (facts) =>
      database.write(async () => {
        const byId = new Map<number, TitleFacts>();
        for (const fact of facts) byId.set(fact.movieId, { ...byId.get(fact.movieId), ...fact });
        const titles = await readTitles(database, `WHERE "movieId" IN ${integersIn(database, '$1')}`, [
          JSON.stringify([...byId.keys()]),
        ]);
        await upsertMany(titles.map((title) => ({ ...title, ...byId.get(title.movieId) })));
        return { updated: titles.length };
      }),

    readAll: () => readTitles(database, 'ORDER BY "movieId"'),

    async get(movieId) {
      const [title] = await readTitles(database, 'WHERE "movieId" = $1', [movieId]);
      return title ?? null;
    },

    async getMany(movieIds) {
      const titles = await readTitles(database, `WHERE "movieId" IN ${integersIn(database, '$1')}`, [
        JSON.stringify(movieIds),
      ]);
      return new Map(titles.map((title) => [title.movieId, title]));
    },

    count: () => count(database),

    ownIds: async () => ownIdMap(await database.select<OwnIdRow>('SELECT "key", "movieId" FROM own_ids')),

    assignOwnIds: (keys) =>
      database.write(async () => {
        const wanted = [JSON.stringify(keys)];
        const read = () =>
          database.select<OwnIdRow>(
            `SELECT "key", "movieId" FROM own_ids WHERE "key" IN ${textsIn(database, '$1')}`,
            wanted,
          );
        const known = ownIdMap(await read());
        const fresh = [...new Set(keys)].filter((key) => !known.has(key));
        const [{ top } = { top: null }] = await database.select<{ top: number | null }>(
          'SELECT max("movieId") AS top FROM own_ids',
        );
        let next = Math.max(FIRST_OWN_ID, (top ?? 0) + 1);
        const given = fresh.map((key) => [key, next++] as const);
        await insertRows(database, { table: 'own_ids', columns: { key: 'text', movieId: 'integer' } }, given);
        for (const [key, movieId] of given) known.set(key, movieId);
        return known;
      }),
  };
}

interface OwnIdRow {
  key: string;
  movieId: number;
}

const ownIdMap = (rows: OwnIdRow[]): Map<string, number> =>
  new Map(rows.map((row) => [row.key, row.movieId]));

async function count(database: Database): Promise<number> {
  const [row] = await database.select<{ n: number | string }>('SELECT count(*) AS n FROM movies');
  return Number(row!.n);
}

type StoredTitle = [
  movieId: number, imdbId: string | null, tmdbId: number | null, title: string, originalTitle: string | null,
  otherTitles: string[], year: number, kind: Kind, genres: string[], directors: string[], cast: string[],
  countries: string[], languages: string[], runtimeMinutes: number | null, tagline: string | null, plot: string | null,
  keywords: string[], providers: string[], posterPath: string | null, ratingCount: number, ratingMean: null,
  voteCount: number, isRetired: boolean | 0 | 1,
]; // prettier-ignore

/**
 * Titles as one JSON array each, in the order of NAMES: the SQLite driver pays for every field of every row it hands
 * over, and two fields instead of 23 read the catalogue several times faster. The mean comes by itself, because SQLite
 * writes fractions into JSON with 15 digits only.
 */
async function readTitles(database: Database, rest: string, bind: unknown[] = []): Promise<Title[]> {
  const fields = NAMES.map((name) => {
    if (name === 'ratingMean') return 'NULL';
    if (!LISTS.has(name)) return `"${name}"`;
    return database.isSqlite ? `json("${name}")` : `"${name}"::json`;
  });
  const array = database.isSqlite ? 'json_array' : 'json_build_array';
  const text = database.isSqlite ? '' : '::text';
  const rows = await database.select<{ fields: string; ratingMean: number | null }>(
    `SELECT ${array}(${fields.join(', ')})${text} AS fields, "ratingMean" FROM movies ${rest}`,
    bind,
  );
  return rows.map((row) => toTitle(JSON.parse(row.fields) as StoredTitle, row.ratingMean));
}

function* rowsOf(titles: Iterable<Title>): Generator<unknown[]> {
  for (const title of titles)
    yield NAMES.map((name) => (Array.isArray(title[name]) ? toJson(title[name]) : title[name]));
}

/** Written out rather than looped over NAMES, so that all titles share one shape and their types are checked. */
function toTitle(row: StoredTitle, ratingMean: number | null): Title {
  const [
    movieId, imdbId, tmdbId, title, originalTitle, otherTitles, year, kind, genres, directors, cast, countries,
    languages, runtimeMinutes, tagline, plot, keywords, providers, posterPath, ratingCount, , voteCount,
    isRetired,
  ] = row; // prettier-ignore
  return {
    movieId, imdbId, tmdbId, title, originalTitle, otherTitles, year, kind, genres, directors, cast, countries,
    languages, runtimeMinutes, tagline, plot, keywords, providers, posterPath, ratingCount, ratingMean, voteCount,
    isRetired: Boolean(isRetired),
  }; // prettier-ignore
}
