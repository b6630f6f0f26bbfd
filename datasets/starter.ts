import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Title } from '../src/domain.ts';
import { type RatingsTable, readRatings, userCount } from '../training/ratingsFile.ts';
import { type BaseData, type BaseDataSet, ownIdKey, type SetupOptions, type TagCount } from './dataSet.ts';
import { readStarterRows, type StarterRow } from './starter/rows.ts';
import { emptyTitle } from './support/emptyTitle.ts';
import { chooseHeldOut } from './support/heldOut.ts';
import { timed } from './support/progress.ts';
import { counts, step } from './support/report.ts';

/** The catalogue that comes with the project: written for it, with synthetic ratings, to try everything on. */
export const starter: BaseDataSet = {
  kind: 'base',
  name: 'starter',
  licence: 'MIT (titles, plots and tags written for Marquee); the ratings are synthetic and only for trying',
  citation: 'Harper, Konstan: The MovieLens Datasets (TiiS 2015), which the synthetic ratings were fitted to',
  page: 'datasets/starter',
  transform,
};

const folder = join(import.meta.dirname, 'starter');

async function transform(options: SetupOptions): Promise<BaseData> {
  return timed(options.onProgress, 'read starter titles', async () => {
    const rows = readStarterRows();
    const idOf = await finalIds(rows, options);
    const table = await readStarterRatings(new Map(rows.map((title) => [title.movieId, idOf(title)])));
    const seen = table ? popularityOf(table) : null;
    const titles = rows.map((title) => toTitle(title, idOf(title), seen));
    const tagging = toTags(rows, idOf);
    const inCatalogue = counts(titles.length, table?.items.length ?? 0, table ? userCount(table) : 0);
    const result: BaseData = {
      titles,
      ...tagging,
      ratings: table && { table, heldOut: chooseHeldOut(table) },
      steps: [step('read', inCatalogue, inCatalogue)],
      numbers: { tags: tagging.tags.length, tagCounts: tagging.tagCounts.length },
    };
    return { result, done: titles.length };
  });
}

const FIRST_OWN_ID = 1_000_000;

/**
 * Titles without a MovieLens id get one of our own from the database, like those of every other set, so that no two
 * sets use one number for two titles. Asked for in the order of the numbers in the files: a new database gives the same.
 */
async function finalIds(rows: StarterRow[], options: SetupOptions): Promise<(title: StarterRow) => number> {
  const keyOf = (title: StarterRow) => ownIdKey({ ...title, imdbId: title.imdbId ?? null });
  const isOurs = (title: StarterRow) => title.movieId === null || title.movieId >= FIRST_OWN_ID;
  const last = Number.MAX_SAFE_INTEGER;
  const ours = rows.filter(isOurs).sort((a, b) => (a.movieId ?? last) - (b.movieId ?? last));
  const ownIds = await options.assignOwnIds(ours.map(keyOf));
  return (title) => (isOurs(title) ? ownIds.get(keyOf(title))! : title.movieId!);
}

/** Ratings of the starter: a gzip of the ratings file. Absent in a checkout without them: taste is then popularity. */
async function readStarterRatings(
  finalIdOf: ReadonlyMap<number | null, number>,
): Promise<RatingsTable | null> {
  const packed = join(folder, 'ratings.bin.gz');
  if (!existsSync(packed)) return null;
  const aside = await mkdtemp(join(tmpdir(), 'marquee-starter-'));
  try {
    const plain = join(aside, 'ratings.bin');
    await writeFile(plain, gunzipSync(readFileSync(packed)));
    const table = readRatings(plain);
    return { ...table, itemIds: table.itemIds.map((id) => finalIdOf.get(id) ?? id) };
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

type Popularity = ReadonlyMap<number, { count: number; mean: number }>;

function popularityOf(table: RatingsTable): Popularity {
  const sums = new Map<number, { count: number; sum: number }>();
  table.items.forEach((item, at) => {
    const id = table.itemIds[item]!;
    const entry = sums.get(id) ?? { count: 0, sum: 0 };
    entry.count++;
    entry.sum += table.halfStars[at]! / 2;
    sums.set(id, entry);
  });
  return new Map(
    [...sums].map(([id, { count, sum }]) => [id, { count, mean: Math.round((sum / count) * 1000) / 1000 }]),
  );
}

/** Votes a title of fame 100 stands for; without ratings taste goes by popularity, and popularity by this. */
const VOTES_AT_FULL_FAME = 20_000;

const toTitle = (title: StarterRow, movieId: number, seen: Popularity | null): Title => ({
  ...emptyTitle(movieId, title.title, title.year),
  imdbId: title.imdbId ?? null,
  tmdbId: title.tmdbId ?? null,
  originalTitle: title.originalTitle,
  otherTitles: title.otherTitles ?? [],
  kind: title.kind,
  genres: title.genres,
  directors: title.directors,
  cast: title.cast,
  countries: title.countries,
  languages: title.languages,
  runtimeMinutes: title.runtimeMinutes,
  providers: title.providers,
  plot: title.plot,
  ratingCount: seen?.get(movieId)?.count ?? 0,
  ratingMean: seen?.get(movieId)?.mean ?? null,
  voteCount: Math.round(VOTES_AT_FULL_FAME * (title.fame / 100) ** 3),
});

/**
 * Tags come with a relevance of 1–100 only. How many people applied one is an estimate of ours: a title of fame 100 has
 * about forty applications of its most relevant tags, an obscure one two or three.
 */
const APPLICATIONS_AT_FULL_FAME = 40;

function toTags(rows: StarterRow[], idOf: (row: StarterRow) => number): Pick<BaseData, 'tags' | 'tagCounts'> {
  const names = [...new Set(rows.flatMap(({ tags }) => Object.keys(tags)))].sort();
  const tagIdOf = new Map(names.map((name, at) => [name, at + 1]));
  const tagCounts: TagCount[] = rows.flatMap((title) =>
    Object.entries(title.tags).map(([name, percent]) => ({
      movieId: idOf(title),
      tagId: tagIdOf.get(name)!,
      count: Math.max(
        1,
        Math.round(APPLICATIONS_AT_FULL_FAME * (title.fame / 100) ** 2 * (percent / 100) ** 2),
      ),
      relevance: Math.min(1, Math.max(0, percent / 100)),
    })),
  );
  return { tags: names.map((name, at) => ({ tagId: at + 1, name })), tagCounts };
}
