import { z } from 'zod';
import type { Title } from '../src/domain.ts';
import { UsageError } from '../src/errors.ts';
import {
  type BaseData,
  type BaseDataSet,
  CLEARLY_RELEVANT,
  type SetupOptions,
  type TagCount,
} from './dataSet.ts';
import { BadRows } from './support/badRows.ts';
import { emptyTitle, splitNames } from './support/emptyTitle.ts';
import { filterSteps } from './support/filterSteps.ts';
import { imdbIdOf } from './support/imdbId.ts';
import { eachLine, readJsonLines } from './support/jsonLines.ts';
import { findLinks, type Link, readLinks } from './support/links.ts';
import { withPopularity } from './support/popularity.ts';
import { timed } from './support/progress.ts';
import { readRatingLines } from './support/ratingLines.ts';
import { counts, type Reason, step } from './support/report.ts';
import { readReviews, type TitleReviews } from './support/reviews.ts';
import { repairText } from './support/textRepair.ts';
import { parseTitleForm } from './support/titleForm.ts';
import { type FileSource, openFiles, requireFile } from './support/zipStream.ts';

/** GroupLens' Tag Genome 2021: JSON lines in a zip archive, tens of millions of ratings. */
export const tagGenome2021: BaseDataSet = {
  kind: 'base',
  name: 'tag-genome-2021',
  licence:
    'Creative Commons Attribution-NonCommercial 3.0; ratings from MovieLens, for research, not for commerce',
  citation:
    'Kotkov, Maslov, Neovius: Revisiting the Tag Relevance Prediction Problem (SIGIR 2021); Vig, Sen, Riedl: The Tag Genome (TiiS 2012); Harper, Konstan: The MovieLens Datasets (TiiS 2015)',
  page: 'https://grouplens.org/datasets/movielens/tag-genome-2021/',
  download: {
    url: 'https://files.grouplens.org/datasets/tag-genome-2021/genome_2021.zip',
    fileName: 'genome_2021.zip',
    sizeBytes: 1_928_028_583,
  },
  transform,
};

const DEFAULT_ACTIVE_SINCE = 2015;
const ARCHIVE = 'the Tag Genome 2021 archive';

async function transform(options: SetupOptions): Promise<BaseData> {
  const files = await openFiles(options.path!);
  try {
    return await transformFiles(files, options);
  } finally {
    files.close();
  }
}

async function transformFiles(files: FileSource, options: SetupOptions): Promise<BaseData> {
  const { onProgress } = options;
  const needed = {
    metadata: requireFile(files, ['raw/metadata_updated.json', 'raw/metadata.json'], ARCHIVE),
    ratings: requireFile(files, ['raw/ratings.json'], ARCHIVE),
    tagCounts: requireFile(files, ['raw/tag_count.json'], ARCHIVE),
    tags: requireFile(files, ['raw/tags.json'], ARCHIVE),
  };
  const linksPath = findLinks(options.links, options.path!);
  const links = linksPath ? await readLinks(linksPath) : new Map<number, Link>();

  const read = await timed(onProgress, 'read titles', async () => {
    const result = await readTitles(files, needed.metadata, links);
    return { result, done: result.years.size, note: `${result.titles.length} with a year` };
  });
  const badRatings = new BadRows('ratings.json');
  const rows = await timed(onProgress, 'read ratings', async () => {
    const result = await readRatingLines(await files.open(needed.ratings), badRatings, onProgress);
    badRatings.finish(result.length);
    return { result, done: result.length + badRatings.count };
  });
  const rowsRead = rows.length;
  const filtered = await timed(onProgress, 'filter ratings', async () => {
    const result = filterSteps(rows, read.years, {
      activeSince: options.activeSince ?? DEFAULT_ACTIVE_SINCE,
      minRatings: options.minRatings,
    });
    const { table } = result;
    return { result, done: table.items.length, note: `${table.itemIds.length} titles trained on` };
  });
  const tagging = await timed(onProgress, 'read tags', async () => {
    const result = await readTags(files, needed, read.titles);
    return { result, done: result.tagCounts.length };
  });
  const reviews = options.reviews ? await readReviewsOf(files, options) : undefined;

  const titles = withPopularity(read.titles, filtered);
  const all = rowsRead + badRatings.count;
  return {
    titles,
    tags: tagging.tags,
    tagCounts: tagging.tagCounts,
    ratings: filtered,
    ...(reviews ? { reviews } : {}),
    steps: [
      step('read', counts(read.rows, all), counts(read.years.size, rowsRead), [
        ...read.reasons,
        ...badRatings.reasons(),
      ]),
      ...filtered.steps,
    ],
    numbers: {
      ...filtered.numbers,
      ...tagging.numbers,
      repairedTitles: read.repaired,
      linkedTitles: titles.filter(({ tmdbId }) => tmdbId).length,
    },
  };
}

const metadataRow = z.object({
  item_id: z.int().positive(),
  title: z.string().min(1),
  directedBy: z.string().nullish(),
  starring: z.string().nullish(),
  imdbId: z.union([z.string(), z.number()]).nullish(),
});

interface TitlesRead {
  titles: Title[];
  /** Of every title, also those that do not enter the catalogue. */
  years: Map<number, number | null>;
  rows: number;
  reasons: Reason[];
  /** Rows with text that had been read in the wrong encoding before. */
  repaired: number;
}

async function readTitles(files: FileSource, file: string, links: Map<number, Link>): Promise<TitlesRead> {
  const bad = new BadRows('metadata');
  const titles: Title[] = [];
  const years = new Map<number, number | null>();
  let repaired = 0;
  const good = await readJsonLines(await files.open(file), metadataRow, bad, (row, line) => {
    if (years.has(row.item_id)) return bad.add(line, 'an id that stood before');
    const asWritten = [row.title, row.directedBy ?? '', row.starring ?? ''];
    const [name = '', directedBy, starring] = asWritten.map(repairText);
    if (name !== row.title || directedBy !== asWritten[1] || starring !== asWritten[2]) repaired++;
    const form = parseTitleForm(name);
    years.set(row.item_id, form.year);
    if (form.year === null) return;
    const link = links.get(row.item_id);
    titles.push({
      ...emptyTitle(row.item_id, form.title, form.year),
      originalTitle: form.originalTitle,
      otherTitles: form.otherTitles,
      imdbId: imdbIdOf(row.imdbId) ?? link?.imdbId ?? null,
      tmdbId: link?.tmdbId ?? null,
      directors: splitNames(directedBy),
      cast: splitNames(starring),
    });
  });
  bad.finish(good);
  return { titles, years, rows: years.size + bad.count, reasons: bad.reasons(), repaired };
}

const tagRow = z.object({ id: z.int().nonnegative(), tag: z.string().min(1) });
const tagCountRow = z.object({
  item_id: z.int().positive(),
  tag_id: z.int().nonnegative(),
  num: z.int().nonnegative(),
});

interface TagsRead {
  tags: { tagId: number; name: string }[];
  tagCounts: TagCount[];
  numbers: Record<string, number>;
}

async function readTags(
  files: FileSource,
  names: { tags: string; tagCounts: string },
  titles: Title[],
): Promise<TagsRead> {
  const bad = new BadRows('tags');
  const tags = new Map<number, string>();
  await readJsonLines(await files.open(names.tags), tagRow, bad, (row) => tags.set(row.id, row.tag.trim()));
  const inCatalogue = new Set(titles.map(({ movieId }) => movieId));
  const byPair = new Map<string, TagCount>();
  let rows = 0;
  let left = 0;
  await readJsonLines(await files.open(names.tagCounts), tagCountRow, bad, (row, line) => {
    rows++;
    if (!tags.has(row.tag_id)) return bad.add(line, 'a tag_id that is no tag');
    if (!inCatalogue.has(row.item_id)) return void left++;
    byPair.set(`${row.item_id} ${row.tag_id}`, {
      movieId: row.item_id,
      tagId: row.tag_id,
      count: row.num,
      relevance: null,
    });
  });
  const scored = await addRelevance(files, tags, inCatalogue, byPair);
  return {
    tags: [...tags].map(([tagId, name]) => ({ tagId, name })),
    tagCounts: [...byPair.values()],
    numbers: {
      tags: tags.size,
      tagCountsRead: rows,
      tagCountsOfTitlesLeftOut: left,
      badTagRows: bad.count,
      titlesWithRelevance: scored.titles,
      unknownScoredTags: scored.unknownTags,
    },
  };
}

/**
 * Adds the genome's relevance (`scores/tagdl.csv`: `tag,item_id,score`, ten million lines in the real set) to the tag
 * counts. A score without a count is kept only where it is high: the rest would be a thousand near-zeros a title.
 */
async function addRelevance(
  files: FileSource,
  tags: Map<number, string>,
  inCatalogue: Set<number>,
  byPair: Map<string, TagCount>,
): Promise<{ titles: number; unknownTags: number }> {
  const file = files.find('scores/tagdl.csv');
  if (!file) return { titles: 0, unknownTags: 0 };
  const tagIdOf = new Map([...tags].map(([tagId, name]) => [name, tagId]));
  const scored = new Set<number>();
  const unknown = new Set<string>();
  await eachLine(await files.open(file), (buffer, start, end) => {
    const text = buffer.toString('utf8', start, end);
    const scoreAt = text.lastIndexOf(',');
    const itemAt = text.lastIndexOf(',', scoreAt - 1);
    const name = text.slice(0, itemAt).replace(/^"|"$/g, '').replaceAll('""', '"');
    const movieId = Number(text.slice(itemAt + 1, scoreAt));
    const score = Number(text.slice(scoreAt + 1));
    if (!(score >= 0 && score <= 1) || !inCatalogue.has(movieId)) return;
    scored.add(movieId);
    const tagId = tagIdOf.get(name);
    if (tagId === undefined) return void unknown.add(name);
    const key = `${movieId} ${tagId}`;
    const row = byPair.get(key);
    if (row) row.relevance = score;
    else if (score >= CLEARLY_RELEVANT) byPair.set(key, { movieId, tagId, count: 0, relevance: score });
  });
  return { titles: scored.size, unknownTags: unknown.size };
}

async function readReviewsOf(
  files: FileSource,
  { onProgress }: SetupOptions,
): Promise<ReadonlyMap<number, TitleReviews>> {
  const file = files.find('raw/reviews.json');
  if (!file)
    throw new UsageError(`${files.name}: --reviews was asked for, and there is no raw/reviews.json in it`);
  return timed(onProgress, 'read reviews', async () => {
    const result = await readReviews(await files.open(file));
    return { result, done: result.size };
  });
}
