import type { Title } from '../src/domain.ts';
import { UsageError } from '../src/errors.ts';
import { type BaseData, type BaseDataSet, ownIdKey, type SetupOptions, type TagCount } from './dataSet.ts';
import { BadRows } from './support/badRows.ts';
import { type CsvRow, csvRows } from './support/csvRows.ts';
import { emptyTitle, splitNames } from './support/emptyTitle.ts';
import { canonicalGenres } from './support/genres.ts';
import { imdbIdOf, positiveId } from './support/imdbId.ts';
import { countryName, languageName } from './support/names.ts';
import { timed } from './support/progress.ts';
import { counts, step } from './support/report.ts';
import { parseTitleForm } from './support/titleForm.ts';

/** Any table of titles: `--map COLUMN=FIELD` says which column is which. */
export const csvTable: BaseDataSet = {
  kind: 'base',
  name: 'csv',
  licence: 'whatever the table came with',
  citation: 'whoever made the table',
  page: 'a CSV table of your own',
  transform,
};

const FIELDS = [
  'movieId', 'imdbId', 'tmdbId', 'title', 'originalTitle', 'year', 'kind', 'genres', 'directors', 'cast', 'countries',
  'languages', 'runtimeMinutes', 'tagline', 'plot', 'keywords', 'providers', 'posterPath', 'voteCount', 'tags',
] as const; // prettier-ignore
type Field = (typeof FIELDS)[number];
type Mapping = Partial<Record<Field, string>>;

/** Between the entries of a list: any of these, so that most tables read without being told. */
const SEPARATOR = /\s*[|;,]\s*/;

async function transform(options: SetupOptions): Promise<BaseData> {
  const mapping = readMapping(options.mapping);
  const bad = new BadRows('the table');
  const rows: { title: Title; key: string | null; tags: string[] }[] = [];
  await timed(options.onProgress, 'read titles', async () => {
    const required = Object.values(mapping);
    for await (const { row, line } of csvRows(options.path!, { required })) {
      const read = toRow(row, mapping);
      if (typeof read === 'string') bad.add(line, read);
      else rows.push(read);
    }
    bad.finish(rows.length);
    return { result: null, done: rows.length };
  });
  const keys = rows.flatMap(({ key }) => key ?? []);
  const ids = await options.assignOwnIds(keys);
  const byId = new Map<number, { title: Title; tags: string[] }>();
  for (const { title, key, tags } of rows) {
    const movieId = key === null ? title.movieId : ids.get(key)!;
    if (!byId.has(movieId)) byId.set(movieId, { title: { ...title, movieId }, tags });
  }
  const repeats = rows.length - byId.size;
  const read = counts(rows.length + bad.count);
  return {
    titles: [...byId.values()].map(({ title }) => title),
    ...toTags(byId),
    ratings: null,
    steps: [
      step('read', read, counts(rows.length), bad.reasons()),
      step('repeats', counts(rows.length), counts(byId.size), [
        { reason: 'the same title again: the first counts', count: repeats, examples: [] },
      ]),
    ],
    numbers: {},
  };
}

/** `Name=title` → title from column Name. @throws UsageError naming what is wrong */
function readMapping(pairs: readonly string[]): Mapping {
  const mapping: Mapping = {};
  for (const pair of pairs) {
    const at = pair.lastIndexOf('=');
    const field = pair.slice(at + 1).trim();
    if (at < 1 || !(FIELDS as readonly string[]).includes(field))
      throw new UsageError(`--map ${pair}: it must be COLUMN=FIELD with FIELD one of ${FIELDS.join(', ')}`);
    mapping[field as Field] = pair.slice(0, at).trim();
  }
  if (!mapping.title) throw new UsageError('csv needs at least --map COLUMN=title');
  return mapping;
}

function toRow(row: CsvRow, mapping: Mapping): { title: Title; key: string | null; tags: string[] } | string {
  const text = (field: Field) => (mapping[field] === undefined ? '' : row[mapping[field]]!.trim());
  const list = (field: Field) => splitNames(text(field), SEPARATOR);
  const form = parseTitleForm(text('title'));
  const year = Number(/\b(1[89]\d\d|20\d\d)\b/.exec(text('year'))?.[1] ?? form.year ?? 0);
  if (form.title === '') return 'no title';
  if (year === 0) return 'no year';
  const minutes = Math.round(Number.parseFloat(text('runtimeMinutes')));
  const movieId = positiveId(text('movieId'));
  const title: Title = {
    ...emptyTitle(movieId ?? 0, form.title, year),
    imdbId: imdbIdOf(text('imdbId')),
    tmdbId: positiveId(text('tmdbId')),
    originalTitle: text('originalTitle') || form.originalTitle,
    otherTitles: form.otherTitles,
    kind: /^(?:tv|series|show)|tv[ -]?(?:show|series)/i.test(text('kind')) ? 'tv' : 'movie',
    genres: canonicalGenres(list('genres')),
    directors: list('directors'),
    cast: list('cast'),
    countries: list('countries').flatMap((name) => countryName(name) ?? []),
    languages: list('languages').flatMap((name) => languageName(name) ?? []),
    runtimeMinutes: minutes > 0 ? minutes : null,
    tagline: text('tagline') || null,
    plot: text('plot') || null,
    keywords: list('keywords'),
    providers: list('providers'),
    posterPath: text('posterPath') || null,
    voteCount: Math.max(0, Math.round(Number(text('voteCount').replaceAll(',', ''))) || 0),
  };
  return {
    title,
    key: movieId === null ? ownIdKey(title) : null,
    tags: list('tags').map((tag) => tag.toLowerCase()),
  };
}

function toTags(rows: ReadonlyMap<number, { tags: string[] }>): Pick<BaseData, 'tags' | 'tagCounts'> {
  const names = [...new Set([...rows.values()].flatMap(({ tags }) => tags))].sort();
  const tagIdOf = new Map(names.map((name, at) => [name, at + 1]));
  const tagCounts: TagCount[] = [...rows].flatMap(([movieId, { tags }]) =>
    [...new Set(tags)].map((name) => ({ movieId, tagId: tagIdOf.get(name)!, count: 1, relevance: null })),
  );
  return { tags: names.map((name, at) => ({ tagId: at + 1, name })), tagCounts };
}
