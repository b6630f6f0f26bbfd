import type { Title } from '../src/domain.ts';
import type { BaseData, BaseDataSet, SetupOptions } from './dataSet.ts';
import { BadRows } from './support/badRows.ts';
import { csvRows } from './support/csvRows.ts';
import { emptyTitle, splitNames } from './support/emptyTitle.ts';
import { filterSteps } from './support/filterSteps.ts';
import { canonicalGenres } from './support/genres.ts';
import { positiveId } from './support/imdbId.ts';
import { findLinks, type Link, readLinks } from './support/links.ts';
import { withPopularity } from './support/popularity.ts';
import { type OnProgress, timed } from './support/progress.ts';
import { eachNumberRow } from './support/numberRows.ts';
import { readRatingCsv } from './support/ratingCsv.ts';
import { counts, type Reason, step } from './support/report.ts';
import { Tagging } from './support/tagging.ts';
import { parseTitleForm } from './support/titleForm.ts';
import { type FileSource, openFiles, requireFile } from './support/zipStream.ts';

const CITATION = 'Harper, Konstan: The MovieLens Datasets: History and Context (TiiS 2015)';
const LICENCE =
  "GroupLens' terms: for research, not for commerce without permission; cite; redistribution under the same terms";

/** MovieLens' small set for education and development, about 100,000 ratings. */
export const movieLensSmall: BaseDataSet = {
  kind: 'base',
  name: 'ml-latest-small',
  licence: LICENCE,
  citation: CITATION,
  page: 'https://grouplens.org/datasets/movielens/latest/',
  download: {
    url: 'https://files.grouplens.org/datasets/movielens/ml-latest-small.zip',
    fileName: 'ml-latest-small.zip',
  },
  transform,
};

/** MovieLens 32M: 32 million ratings with times. */
export const movieLens32m: BaseDataSet = {
  kind: 'base',
  name: 'ml-32m',
  licence: LICENCE,
  citation: CITATION,
  page: 'https://grouplens.org/datasets/movielens/32m/',
  download: {
    url: 'https://files.grouplens.org/datasets/movielens/ml-32m.zip',
    fileName: 'ml-32m.zip',
    md5Url: 'https://files.grouplens.org/datasets/movielens/ml-32m.zip.md5',
  },
  transform,
};

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
  const movies = requireFile(files, ['movies.csv'], 'a MovieLens archive');
  const ratings = requireFile(files, ['ratings.csv'], 'a MovieLens archive');
  const links = await linksOf(files, options);

  const read = await timed(onProgress, 'read titles', async () => {
    const result = await readMovies(files, movies, links);
    return { result, done: result.years.size, note: `${result.titles.length} with a year` };
  });
  const bad = new BadRows('ratings.csv');
  const rows = await timed(onProgress, 'read ratings', async () => {
    const result = await readRatingCsv(await files.open(ratings), bad, onProgress);
    bad.finish(result.length);
    return { result, done: result.length };
  });
  const rowsRead = rows.length;
  const filtered = await timed(onProgress, 'filter ratings', () => {
    const result = filterSteps(rows, read.years, {
      activeSince: options.activeSince ?? 0,
      minRatings: options.minRatings,
    });
    const note = `${result.table.itemIds.length} titles trained on`;
    return Promise.resolve({ result, done: result.table.items.length, note });
  });
  const tagging = await timed(onProgress, 'read tags', async () => {
    const result = await readTags(files, read.titles, onProgress);
    return { result, done: result.tagCounts.length };
  });
  return {
    titles: withPopularity(read.titles, filtered),
    tags: tagging.tags,
    tagCounts: tagging.tagCounts,
    ratings: filtered,
    steps: [
      step('read', counts(read.rows, rowsRead + bad.count), counts(read.years.size, rowsRead), [
        ...read.reasons,
        ...bad.reasons(),
      ]),
      ...filtered.steps,
    ],
    numbers: { ...filtered.numbers, tags: tagging.tags.length, tagCounts: tagging.tagCounts.length },
  };
}

/** The links file that was named, else the archive's own, else one beside it. */
async function linksOf(files: FileSource, options: SetupOptions): Promise<Map<number, Link>> {
  const inside = files.find('links.csv');
  if (options.links === null && inside) return readLinks(await files.open(inside));
  const path = findLinks(options.links, options.path!);
  return path ? readLinks(path) : new Map<number, Link>();
}

async function readMovies(files: FileSource, file: string, links: Map<number, Link>) {
  const bad = new BadRows('movies.csv');
  const titles: Title[] = [];
  const years = new Map<number, number | null>();
  const source = await files.open(file);
  for await (const { row, line } of csvRows(source, {
    required: ['movieId', 'title', 'genres'],
    name: 'movies.csv',
  })) {
    const movieId = positiveId(row['movieId']);
    if (movieId === null || row['title'] === '') bad.add(line, 'no id or no title');
    else if (years.has(movieId)) bad.add(line, 'an id that stood before');
    else {
      const form = parseTitleForm(row['title']!);
      years.set(movieId, form.year);
      if (form.year === null) continue;
      titles.push({
        ...emptyTitle(movieId, form.title, form.year),
        originalTitle: form.originalTitle,
        otherTitles: form.otherTitles,
        imdbId: links.get(movieId)?.imdbId ?? null,
        tmdbId: links.get(movieId)?.tmdbId ?? null,
        genres: canonicalGenres(splitNames(row['genres'], '|')),
      });
    }
  }
  bad.finish(years.size);
  const reasons: Reason[] = bad.reasons();
  return { titles, years, rows: years.size + bad.count, reasons };
}

/** `tags.csv` has one line an application; the genome's relevance is added where the archive has it. */
async function readTags(
  files: FileSource,
  titles: Title[],
  onProgress: OnProgress,
): Promise<Pick<BaseData, 'tags' | 'tagCounts'>> {
  const tagging = new Tagging(titles);
  const file = files.find('tags.csv');
  if (file) {
    const table = { required: ['movieId', 'tag'], name: 'tags.csv' };
    for await (const { row, line } of csvRows(await files.open(file), table)) {
      if ((line & 0xffff) === 0) onProgress({ step: 'read tags', done: line });
      const movieId = positiveId(row['movieId']);
      const name = row['tag']!.trim().toLowerCase().slice(0, 100);
      if (movieId !== null && name !== '') tagging.apply(movieId, name);
    }
  }
  await addGenome(files, tagging, onProgress);
  return tagging;
}

async function addGenome(files: FileSource, tagging: Tagging, onProgress: OnProgress): Promise<void> {
  const tagFile = files.find('genome-tags.csv');
  const scoreFile = files.find('genome-scores.csv');
  if (!tagFile || !scoreFile) return;
  const names = new Map<number, string>();
  const table = { required: ['tagId', 'tag'], name: 'genome-tags.csv' };
  for await (const { row } of csvRows(await files.open(tagFile), table))
    names.set(Number(row['tagId']), row['tag']!.trim().toLowerCase());
  const scores = { required: ['movieId', 'tagId', 'relevance'], name: 'genome-scores.csv' };
  await eachNumberRow(await files.open(scoreFile), scores, (values, line) => {
    const [movieId = NaN, tagId = NaN, relevance = NaN] = values;
    if ((line & 0xfffff) === 0) onProgress({ step: 'read relevance', done: line });
    const name = names.get(tagId);
    if (name && relevance >= 0 && relevance <= 1) tagging.score(movieId, name, relevance);
  });
}
