import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import type { Title } from '../domain.ts';
import { NameIndex } from '../retrieval/nameMatch.ts';
import { TextFit } from '../retrieval/textFit.ts';
import { strengthOfCount, TEXT_FIT_SETTINGS } from '../retrieval/textIndex.ts';
import { TitleIndex } from '../retrieval/titleMatch.ts';
import { medianTotalOf } from '../recommender/tagMatch.ts';
import type { Store } from '../store/database.ts';
import type { TagCounts } from '../store/repositories/tags.ts';
import { writeAside } from '../writeAside.ts';
import type { CatalogueState } from './catalogue.ts';
import { snapshotPath, type Active } from './library.ts';

export interface SnapshotSource {
  titles: Title[];
  tags: { tagId: number; name: string }[];
  counts: TagCounts;
}

/**
 * Reads the catalogue from SQL, builds every index, writes `catalogue-<version>.bin` and makes it the active one. The
 * version is a hash of the content: building twice from the same rows changes nothing.
 */
export async function buildSnapshot(options: {
  store: Store;
  dataDir: string;
}): Promise<{ version: string; titles: number }> {
  const { store, dataDir } = options;
  const [titles, { tags, counts }] = await Promise.all([store.movies.readAll(), store.tags.readAll()]);
  const version = await writeSnapshot(dataDir, { titles, tags, counts });
  const before = await activeNow(store);
  await activate(store, { catalogueVersion: version });
  await removeOldSnapshots(dataDir, [version, before?.catalogueVersion]);
  return { version, titles: titles.length };
}

/** Builds every index and writes the snapshot, without making it the active one. @returns its version */
export async function writeSnapshot(dataDir: string, source: SnapshotSource): Promise<string> {
  const state = buildCatalogueState(source);
  await writeAside(snapshotPath(dataDir, state.version), serialize(state));
  return state.version;
}

export const activeNow = (store: Store): Promise<Active | null> => store.settings.get<Active>('active');

/**
 * Changes part of what is active: a new catalogue keeps the model, a new model keeps the catalogue, also when another process
 * changes the other part at the same moment.
 */
export async function activate(store: Store, change: Partial<Active>): Promise<void> {
  await store.settings.update<Active>('active', (active) => ({
    ...{ catalogueVersion: '', modelId: null, ...active, ...change },
    form: change.catalogueVersion === undefined ? active?.form : INDEX_FORM,
  }));
}

/**
 * After an upgrade that changed the indexes, or when their file is gone, builds them again from the rows: some seconds at
 * 18,500 titles, once.
 * @returns whether there was anything to do
 */
export async function renewSnapshot(options: { store: Store; dataDir: string }): Promise<boolean> {
  const active = await activeNow(options.store);
  if (!active) return false;
  if (active.form === INDEX_FORM && existsSync(snapshotPath(options.dataDir, active.catalogueVersion)))
    return false;
  await buildSnapshot(options);
  return true;
}

/** Every index over the catalogue, as plain state. Rows stand by popularity, best known first. */
export function buildCatalogueState(source: SnapshotSource): CatalogueState {
  const titles = source.titles.toSorted((a, b) => popularityOf(b) - popularityOf(a) || a.movieId - b.movieId);
  const tagTable = buildTagTable(titles, source);
  const popularity = Float32Array.from(titles, popularityOf);
  const people = countPeople(titles);
  return {
    version: hashOf(source),
    titles,
    movieIds: Int32Array.from(titles, (title) => title.movieId),
    popularity,
    ...tagTable,
    text: TextFit.build(titles.map((title, row) => textDocument(title, tagTable, row, popularity[row]!)))
      .state,
    titleIndex: TitleIndex.build(
      titles.map((title, row) => ({
        key: title.movieId,
        names: namesOf(title),
        year: title.year,
        popularity: popularity[row]!,
      })),
    ).state,
    tagIndex: NameIndex.build(
      tagTable.tags.map((tag, position) => ({ key: position, name: tag.name, popularity: tag.uses })),
    ).state,
    peopleIndex: NameIndex.build(
      [...people].map(([name, uses], position) => ({ key: position, name, popularity: uses })),
    ).state,
  };
}

/** Votes elsewhere count a twentieth: they come in thousands where ratings come in hundreds. */
export const popularityOf = (title: Title): number => title.ratingCount + title.voteCount / 20;

const namesOf = (title: Title): string[] => [
  title.title,
  ...(title.originalTitle ? [title.originalTitle] : []),
  ...title.otherTitles,
];

function buildTagTable(
  titles: readonly Title[],
  source: SnapshotSource,
): Pick<
  CatalogueState,
  'tags' | 'tagStart' | 'tagPositions' | 'tagCounts' | 'tagRelevances' | 'medianTagTotal'
> {
  const rowOf = new Map(titles.map((title, row) => [title.movieId, row]));
  const nameOf = new Map(source.tags.map((tag) => [tag.tagId, tag.name]));
  const { movieIds, tagIds, counts, relevances } = source.counts;
  const known = [...movieIds.keys()].filter((at) => rowOf.has(movieIds[at]!) && nameOf.has(tagIds[at]!));
  const uses = new Map<number, number>();
  for (const at of known) uses.set(tagIds[at]!, (uses.get(tagIds[at]!) ?? 0) + counts[at]!);
  const tags = [...uses]
    .map(([tagId, used]) => ({ tagId, name: nameOf.get(tagId)!, uses: used }))
    .sort((a, b) => b.uses - a.uses || a.tagId - b.tagId);
  const positionOf = new Map(tags.map((tag, position) => [tag.tagId, position]));

  const rowAt = (at: number) => rowOf.get(movieIds[at]!)!;
  const relevanceAt = (at: number) => relevances[at]! || 0; // NaN counts as 0
  known.sort(
    (a, b) =>
      rowAt(a) - rowAt(b) ||
      relevanceAt(b) - relevanceAt(a) ||
      counts[b]! - counts[a]! ||
      tagIds[a]! - tagIds[b]!,
  );
  const tagStart = new Uint32Array(titles.length + 1);
  const totals = new Float64Array(titles.length);
  for (const at of known) {
    tagStart[rowAt(at) + 1]! += 1;
    totals[rowAt(at)]! += counts[at]!;
  }
  for (let row = 0; row < titles.length; row++) tagStart[row + 1]! += tagStart[row]!;
  return {
    tags,
    tagStart,
    tagPositions: Uint32Array.from(known, (at) => positionOf.get(tagIds[at]!)!),
    tagCounts: Uint32Array.from(known, (at) => counts[at]!),
    tagRelevances: Float32Array.from(known, (at) => relevances[at]!),
    medianTagTotal: medianTotalOf([...totals]),
  };
}

function textDocument(
  title: Title,
  table: ReturnType<typeof buildTagTable>,
  row: number,
  popularity: number,
) {
  const from = table.tagStart[row]!;
  const to = table.tagStart[row + 1]!;
  const largest = Math.max(1, ...table.tagCounts.subarray(from, to));
  return {
    names: namesOf(title),
    people: [...title.directors, ...title.cast],
    genres: title.genres,
    tags: Array.from({ length: to - from }, (_, at) => {
      const relevance = table.tagRelevances[from + at]!;
      return {
        name: table.tags[table.tagPositions[from + at]!]!.name,
        strength: Number.isNaN(relevance) ? strengthOfCount(table.tagCounts[from + at]!, largest) : relevance,
      };
    }),
    keywords: [...title.keywords, ...title.countries, ...title.languages],
    plot: [title.tagline, title.plot].filter(Boolean).join(' '),
    popularity,
  };
}

function countPeople(titles: readonly Title[]): Map<string, number> {
  const people = new Map<string, number>();
  for (const title of titles)
    for (const name of new Set([...title.directors, ...title.cast]))
      people.set(name, (people.get(name) ?? 0) + 1 + Math.log1p(popularityOf(title)));
  return people;
}

/** The number is raised when the indexes change their form or how text becomes tokens. */
const INDEX_FORM = createHash('sha256')
  .update(`5 ${JSON.stringify(TEXT_FIT_SETTINGS)}`)
  .digest('hex')
  .slice(0, 16);

function hashOf(source: SnapshotSource): string {
  const hash = createHash('sha256').update(`form ${INDEX_FORM}`);
  for (const title of source.titles) hash.update(JSON.stringify(title));
  for (const tag of source.tags) hash.update(`${tag.tagId} ${tag.name}\n`);
  const { movieIds, tagIds, counts, relevances } = source.counts;
  for (const column of [movieIds, tagIds, counts, relevances])
    hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  return hash.digest('hex').slice(0, 16);
}

/** @param keep the active version and the one before it: a server may be reading that this moment */
export async function removeOldSnapshots(
  dataDir: string,
  keep: readonly (string | undefined)[],
): Promise<void> {
  for (const file of await readdir(dataDir)) {
    const version = /^catalogue-([0-9a-f]+)\.bin$/.exec(file)?.[1];
    if (version && !keep.includes(version)) await rm(join(dataDir, file), { force: true });
  }
}
