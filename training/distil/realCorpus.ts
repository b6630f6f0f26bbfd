import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import yauzl from 'yauzl';
import { strengthOfCount, type TextDocument } from '../../src/retrieval/textIndex.ts';

/** A title of the Tag Genome sample with what TMDB says of it. */
export interface RealTitle extends TextDocument {
  movieId: number;
  tmdbId: number;
  year: number;
}

export interface Query {
  query: string;
  tmdbId: number;
}

/** Every dated title once, with TMDB facts where known. @param onlyWithFacts leaves out titles without TMDB facts */
export async function readCorpus(directory: string, onlyWithFacts: boolean): Promise<RealTitle[]> {
  const archive = join(directory, 'genome_2021_sample.zip');
  const [metadata, counts, tags, ratings] = await Promise.all(
    ['metadata', 'tag_count', 'tags', 'ratings'].map((name) => readLines(archive, `raw/${name}.json`)),
  );
  const tagName = new Map(tags!.map((row) => [row['id'] as number, row['tag'] as string]));
  const tagsOf = new Map<number, Map<string, number>>();
  for (const { item_id: item, tag_id: tag, num } of counts! as {
    item_id: number;
    tag_id: number;
    num: number;
  }[]) {
    const name = tagName.get(tag);
    if (!name) continue;
    if (!tagsOf.has(item)) tagsOf.set(item, new Map());
    tagsOf.get(item)!.set(name, num);
  }
  const ratingCount = new Map<number, number>();
  for (const { item_id: item } of ratings! as { item_id: number }[])
    ratingCount.set(item, (ratingCount.get(item) ?? 0) + 1);
  const tmdbOf = new Map(
    readCsv(join(directory, 'links.csv')).map((row) => [Number(row['movieId']), Number(row['tmdbId'])]),
  );
  const facts = new Map(
    readCsv(join(directory, 'millions_of_movies_sample.csv.gz')).map((row) => [Number(row['id']), row]),
  );
  const titles = new Map<number, RealTitle>();
  for (const row of metadata!) {
    const movieId = row['item_id'] as number;
    const match = /^(.*) \((\d{4})\)\s*$/.exec(row['title'] as string);
    if (!match || titles.has(movieId)) continue;
    const tmdbId = tmdbOf.get(movieId) ?? 0;
    const fact = facts.get(tmdbId);
    if (onlyWithFacts && !fact) continue;
    const applied = [...(tagsOf.get(movieId) ?? [])];
    const most = Math.max(1, ...applied.map(([, count]) => count));
    titles.set(movieId, {
      movieId, tmdbId, year: Number(match[2]),
      names: [match[1]!.replace(/^(.*), (The|A|An)$/, '$2 $1')],
      people: [...list(row['directedBy'], ', '), ...list(row['starring'], ', ')],
      genres: list(fact?.['genres'], '-'),
      tags: applied.map(([name, count]) => ({ name, strength: strengthOfCount(count, most) })),
      keywords: list(fact?.['keywords'], '-'),
      plot: [fact?.['tagline'], fact?.['overview']].filter(Boolean).join(' '),
      popularity: (ratingCount.get(movieId) ?? 0) + Number(fact?.['vote_count'] ?? 0) / 20,
    }); // prettier-ignore
  }
  return [...titles.values()];
}

export function readQueries(directory: string): Query[] {
  return readFileSync(join(directory, 'eval/vibe_queries_dev.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { query: string; tmdb_id: number })
    .map(({ query, tmdb_id: tmdbId }) => ({ query, tmdbId }));
}

const list = (value: unknown, separator: string): string[] =>
  typeof value === 'string'
    ? value
        .split(separator)
        .map((part) => part.trim())
        .filter(Boolean)
    : [];

function readCsv(path: string): Record<string, string>[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return parse(text, { columns: true, relax_column_count: true, relax_quotes: true }) as Record<
    string,
    string
  >[];
}

/** The JSON lines of the archive's entry whose name ends so. */
async function readLines(archive: string, ending: string): Promise<Record<string, unknown>[]> {
  const zip = await yauzl.openPromise(archive);
  for await (const entry of zip.eachEntry()) {
    if (!entry.fileName.endsWith(ending)) continue;
    const stream = await zip.openReadStreamPromise(entry);
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks)
      .toString('utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }
  throw new Error(`${archive} has no ${ending}`);
}
