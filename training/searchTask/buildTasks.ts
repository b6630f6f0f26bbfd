/**
 * Makes development tasks from mood queries: somebody who liked the target tells eight other ratings in varied sentences, then
 * come one or two queries for it. Class "template": reported apart, it decides nothing. By hand:
 *   node --import tsx training/searchTask/buildTasks.ts --data-dir DIR --queries vibe_queries.jsonl --links links.csv --out tasks.jsonl [--tasks 300] [--sentences 2] [--style sentences|prose] [--seed 1]
 * Queries are JSON lines {query, tmdb_id}; links.csv has the columns movieId and tmdbId.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { parse as parseCsv } from 'csv-parse/sync';
import { UsageError } from '../../src/errors.ts';
import type { Catalogue } from '../../src/services/catalogue.ts';
import { seededRandom } from '../random.ts';
import { type RatingsTable, readRatings } from '../ratingsFile.ts';
import { Drawing, namesTitle } from './drawTasks.ts';
import { withCore } from './options.ts';
import { TEMPLATE_CLASS } from './tasks.ts';
import { tellTask, type TellingStyle, type ToldOpinion } from './tellRatings.ts';

export interface MoodQuery {
  query: string;
  movieId: number;
}

export interface BuiltTask {
  id: string;
  class: string;
  user: string;
  prompt: string;
  /** The prompt without its ratings: with it one can tell what reading costs. */
  wish: string;
  target: number;
  opinions: ToldOpinion[];
}

/**
 * One task a target in a seeded order, then another round. Queries that name their target are left out, and targets nobody liked who has eight
 * other ratings.
 */
export function buildTasks(
  queries: readonly MoodQuery[],
  ratings: RatingsTable,
  catalogue: Catalogue,
  { count, sentences, style, seed }: { count: number; sentences: number; style: TellingStyle; seed: number },
): BuiltTask[] {
  const random = seededRandom(seed);
  const draw = (among: number) => Math.floor(random() * among);
  const drawing = new Drawing(ratings, catalogue);
  const byTarget = [...queriesByTarget(queries, catalogue)];
  if (byTarget.length === 0) return [];
  const tasks: BuiltTask[] = [];
  let left: [number, string[]][] = [];
  // When every target has had its turn, another round tells other people's ratings.
  for (let tries = 0; tasks.length < count && tries < 10 * count; tries++) {
    if (left.length === 0) left = [...byTarget];
    const [movieId, wishes] = left.splice(draw(left.length), 1)[0]!;
    const drawn = drawing.forTarget(movieId, draw);
    if (!drawn) continue;
    const unsaid = [...wishes];
    const said = Array.from(
      { length: Math.min(sentences, unsaid.length) },
      () => unsaid.splice(draw(unsaid.length), 1)[0]!,
    );
    const { prompt, opinions } = tellTask(drawn.told, said, draw, style);
    const id = `${TEMPLATE_CLASS}-${seed}-${tasks.length + 1}`;
    tasks.push({
      id,
      class: TEMPLATE_CLASS,
      user: String(drawn.user),
      prompt,
      wish: said.join(' '),
      target: movieId,
      opinions,
    });
  }
  return tasks;
}

function queriesByTarget(queries: readonly MoodQuery[], catalogue: Catalogue): Map<number, string[]> {
  const byTarget = new Map<number, string[]>();
  for (const { query, movieId } of queries) {
    const target = catalogue.get(movieId);
    if (!target || namesTitle(query, target)) continue;
    byTarget.set(movieId, [...(byTarget.get(movieId) ?? []), query]);
  }
  return byTarget;
}

/** Queries whose target the links know. */
export async function readMoodQueries(queriesPath: string, linksPath: string): Promise<MoodQuery[]> {
  const links = parseCsv(await readFile(linksPath), { columns: true }) as {
    movieId: string;
    tmdbId: string;
  }[];
  const movieIdOf = new Map(links.map(({ movieId, tmdbId }) => [Number(tmdbId), Number(movieId)]));
  const lines = (await readFile(queriesPath, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  return lines.flatMap((line) => {
    const { query, tmdb_id: tmdbId } = JSON.parse(line) as { query: string; tmdb_id: number };
    const movieId = movieIdOf.get(tmdbId);
    return movieId === undefined ? [] : [{ query, movieId }];
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      'data-dir': text,
      queries: text,
      links: text,
      out: text,
      tasks: text,
      sentences: text,
      style: text,
      seed: text,
    },
  });
  const { queries, links, out } = values;
  if (!queries || !links || !out) {
    process.stderr.write(
      'usage: buildTasks.ts --data-dir DIR --queries vibe_queries.jsonl --links links.csv --out tasks.jsonl [--tasks 300] [--sentences 2] [--style sentences|prose] [--seed 1]\n',
    );
    process.exit(2);
  }
  try {
    const made = await withCore(
      values['data-dir'] ? { dataDir: values['data-dir'] } : {},
      async (_core, library, config) =>
        buildTasks(
          await readMoodQueries(queries, links),
          readRatings(join(config.dataDir, 'ratings.bin')),
          library.catalogue,
          {
            count: Number(values.tasks ?? 300),
            sentences: Number(values.sentences ?? 2),
            style: values.style === 'prose' ? 'prose' : 'sentences',
            seed: Number(values.seed ?? 1),
          },
        ),
    );
    await writeFile(out, made.map((task) => `${JSON.stringify(task)}\n`).join(''));
    process.stderr.write(`${made.length} tasks in ${out}\n`);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(error instanceof UsageError ? 2 : 1);
  }
}
