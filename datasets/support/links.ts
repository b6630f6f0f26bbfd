import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { csvRows } from './csvRows.ts';
import { imdbIdOf, positiveId } from './imdbId.ts';

export interface Link {
  imdbId: string | null;
  tmdbId: number | null;
}

/** Reads MovieLens' `links.csv` (movieId, imdbId, tmdbId). */
export async function readLinks(source: string | Readable): Promise<Map<number, Link>> {
  const links = new Map<number, Link>();
  for await (const { row } of csvRows(source, {
    required: ['movieId', 'imdbId', 'tmdbId'],
    name: 'links.csv',
  })) {
    const movieId = positiveId(row['movieId']);
    if (movieId !== null)
      links.set(movieId, { imdbId: imdbIdOf(row['imdbId']), tmdbId: positiveId(row['tmdbId']) });
  }
  return links;
}

/** The links file that was named, else `links.csv` beside the archive, else null. */
export function findLinks(named: string | null, path: string): string | null {
  if (named !== null) return named;
  const beside = join(dirname(path), 'links.csv');
  return existsSync(beside) ? beside : null;
}
