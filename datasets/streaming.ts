import { basename } from 'node:path';
import type { Title } from '../src/domain.ts';
import { UsageError } from '../src/errors.ts';
import { type AddOn, type Enrichment, ownIdKey, type SetupOptions } from './dataSet.ts';
import { peopleNamed } from './support/brokenNames.ts';
import { type CsvNotes, type CsvRow, csvRows } from './support/csvRows.ts';
import { emptyTitle, splitNames } from './support/emptyTitle.ts';
import { canonicalGenres } from './support/genres.ts';
import { comparePeople, foldTitle, type MatchEntry, peopleOf, TitleTable } from './support/matchTitles.ts';
import { countryName } from './support/names.ts';
import { openTables } from './support/openTables.ts';
import { timed } from './support/progress.ts';
import { counts, ReasonCounter, step, type StepReport } from './support/report.ts';
import type { FileSource } from './support/zipStream.ts';

/** What streams on Netflix, Prime Video, Disney+ and Hulu (2021): films and shows, and where to see them. */
export const streaming: AddOn = {
  kind: 'add-on',
  name: 'streaming',
  licence: 'CC0 (public domain), as published on Kaggle',
  citation: 'Netflix, Amazon Prime, Disney+ and Hulu Movies and TV Shows, compiled by Shivam Bansal',
  page: 'https://www.kaggle.com/shivamb/datasets',
  enrich,
};

const CATALOGUES = [
  { file: 'netflix_titles.csv', provider: 'Netflix' },
  { file: 'amazon_prime_titles.csv', provider: 'Amazon Prime Video' },
  { file: 'disney_plus_titles.csv', provider: 'Disney+' },
  { file: 'hulu_titles.csv', provider: 'Hulu' },
];
const COLUMNS = ['type', 'title', 'director', 'cast', 'country', 'release_year', 'duration', 'listed_in', 'description']; // prettier-ignore

async function enrich(titles: readonly Title[], options: SetupOptions): Promise<Enrichment> {
  const source = await openTables(options.path!);
  try {
    return await enrichFrom(source, titles, options);
  } finally {
    source.close();
  }
}

async function enrichFrom(
  source: FileSource,
  titles: readonly Title[],
  options: SetupOptions,
): Promise<Enrichment> {
  const table = new TitleTable(titles);
  const inCatalogue = new Set(titles.map(({ movieId }) => movieId));
  const updates = new Map<number, Enrichment['updates'][number]>();
  const fresh: Title[] = [];
  const people: string[] = [];
  const steps: StepReport[] = [];
  const notes: CsvNotes = { latin1Lines: 0, repairedRows: 0, unevenRows: 0 };
  const numbers = { matched: 0, added: 0, joinedBetweenCatalogues: 0 };
  for (const { file, provider } of findFiles(source)) {
    const dropped = new ReasonCounter();
    let read = 0;
    const content = await source.open(file);
    await timed(options.onProgress, `read ${provider}`, async () => {
      for await (const { row, line } of csvRows(
        content,
        { required: COLUMNS, name: basename(file) },
        notes,
      )) {
        read++;
        const title = toTitle(row, provider);
        if (typeof title === 'string') {
          dropped.add(title, `line ${line}`);
          continue;
        }
        people.push(...peopleNamed(title));
        const found = findMatch(title, table);
        if (!found) {
          // A number of its own until ids are given out: titles of other catalogues may still join it.
          const entry = table.add({ ...title, movieId: -1 - fresh.length });
          fresh.push(entry.title);
          numbers.added++;
        } else if (inCatalogue.has(found.title.movieId)) {
          numbers.matched++;
          updates.set(found.title.movieId, toUpdate(found.title, title, updates.get(found.title.movieId)));
        } else {
          numbers.joinedBetweenCatalogues++;
          Object.assign(found.title, joinFacts(found.title, title));
        }
      }
      return { result: null, done: read };
    });
    steps.push(step(`read ${provider}`, counts(read), counts(read - dropped.total), dropped.list()));
  }
  return {
    updates: [...updates.values()],
    newTitles: await withOwnIds(fresh, options),
    people,
    steps,
    numbers: { ...numbers, ...notes },
  };
}

/** The catalogues in a folder, or the one file that was named. */
function findFiles(source: FileSource): { file: string; provider: string }[] {
  const files = CATALOGUES.flatMap(({ file, provider }) => {
    const found = source.find(file);
    return found === null ? [] : [{ file: found, provider }];
  });
  if (files.length > 0) return files;
  const names = CATALOGUES.map(({ file }) => file).join(', ');
  throw new UsageError(`${source.name}: none of ${names} (or .gz) is there`);
}

function toTitle(row: CsvRow, provider: string): Title | string {
  const name = row['title']!.replace(/\s+/g, ' ').trim();
  const year = Number(row['release_year']);
  if (name === '') return 'no title';
  if (!Number.isInteger(year) || year < 1870 || year > 2100) return 'no year';
  const kind = row['type'] === 'TV Show' ? 'tv' : 'movie';
  const minutes = Number(/^(\d+) min$/.exec(row['duration']!.trim())?.[1] ?? 0);
  return {
    ...emptyTitle(0, name, year),
    kind,
    directors: splitNames(row['director']),
    cast: splitNames(row['cast']).slice(0, 15),
    countries: [...new Set(splitNames(row['country']).flatMap((country) => countryName(country) ?? []))],
    // "and Culture", "Movies": the categories that are no genres are left out.
    genres: canonicalGenres(splitNames(row['listed_in'])),
    runtimeMinutes: kind === 'movie' && minutes > 0 ? minutes : null,
    plot: row['description']!.replace(/\s+/g, ' ').trim() || null,
    providers: [provider],
  };
}

/** The years in which a show may be listed: the catalogues give the year of its latest season. */
const LONGEST_RUN_YEARS = 40;

/**
 * The same title in the catalogue: a film by name and year, a year off only when people agree; a show by name when its
 * latest season is not before its first. Different people make it a different title.
 */
function findMatch(title: Title, table: TitleTable): MatchEntry | null {
  const people = peopleOf(title);
  const candidates = table.named(foldTitle(title.title)).flatMap((entry) => {
    const agreement = comparePeople(people, entry.people);
    if (agreement === 'differ') return [];
    const apart = title.year - entry.title.year;
    const agrees = agreement === 'agree';
    const fits =
      title.kind !== entry.title.kind
        ? agrees && apart === 0
        : title.kind === 'movie'
          ? apart === 0 || (agrees && Math.abs(apart) === 1)
          : apart === 0 || (agrees && Math.abs(apart) <= LONGEST_RUN_YEARS);
    return fits ? [{ entry, rank: (agrees ? 0 : 10) + Math.min(9, Math.abs(apart)) }] : [];
  });
  candidates.sort((a, b) => a.rank - b.rank || a.entry.title.movieId - b.entry.title.movieId);
  const [best, second] = candidates;
  // Two films of one name and year and nobody known: it could be either.
  if (best && second && best.rank === second.rank && best.rank >= 10) return null;
  return best?.entry ?? null;
}

/** The first year a show was seen counts; lists are joined, gaps filled. */
const joinFacts = (one: Title, other: Title): Partial<Title> => ({
  year: one.kind === 'tv' ? Math.min(one.year, other.year) : one.year,
  providers: [...new Set([...one.providers, ...other.providers])],
  directors: one.directors.length > 0 ? one.directors : other.directors,
  cast: one.cast.length > 0 ? one.cast : other.cast,
  countries: one.countries.length > 0 ? one.countries : other.countries,
  genres: one.genres.length > 0 ? one.genres : other.genres,
  runtimeMinutes: one.runtimeMinutes ?? other.runtimeMinutes,
  plot: one.plot ?? other.plot,
});

function toUpdate(
  title: Title,
  found: Title,
  before: Enrichment['updates'][number] | undefined,
): Enrichment['updates'][number] {
  const { year: _, ...facts } = joinFacts({ ...title, ...before }, found);
  return { movieId: title.movieId, ...facts };
}

/** The own id goes by title, year and kind; of two such titles by different people the later one's id names its maker. */
async function withOwnIds(titles: Title[], options: SetupOptions): Promise<Title[]> {
  const keys = new Map<Title, string>();
  const taken = new Set<string>();
  for (const title of titles) {
    const plain = ownIdKey(title);
    const maker = title.directors[0] ?? title.cast[0] ?? title.providers[0]!;
    let key = taken.has(plain) ? `${plain}|${maker.toLowerCase()}` : plain;
    while (taken.has(key)) key += '+';
    taken.add(key);
    keys.set(title, key);
  }
  const ids = await options.assignOwnIds([...taken]);
  return titles.map((title) => ({ ...title, movieId: ids.get(keys.get(title)!)! }));
}
