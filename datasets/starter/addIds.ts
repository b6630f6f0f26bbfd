import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readLinks } from '../support/links.ts';
import { readStarterFiles, type StarterFile, writeStarterFile } from './rows.ts';

/**
 * Finishes the rows of `titles/*.jsonl`, by hand, with MovieLens' `links.csv` at hand:
 * `node --import tsx datasets/starter/addIds.ts [links.csv]`. IMDb and TMDB ids come from the links, by movieId; a title
 * without a MovieLens id takes the next own id from 1,000,000 up, in file order, and keeps it ever after. An id that
 * cannot be checked against the links stays empty. Running it again changes nothing.
 */
const FIRST_OWN_ID = 1_000_000;

export type Links = ReadonlyMap<number, { imdbId: string | null; tmdbId: number | null }>;

/** Changes the rows in place; answers how many own ids were given out. */
export function addIds(files: StarterFile[], links: Links): number {
  const rows = files.flatMap((file) => file.rows);
  const taken = rows.map(({ movieId }) => movieId ?? 0);
  let next = Math.max(FIRST_OWN_ID - 1, ...taken) + 1;
  let given = 0;
  for (const row of rows) {
    if (row.movieId === null) {
      row.movieId = next++;
      given++;
    }
    const link = links.get(row.movieId);
    row.imdbId = link?.imdbId ?? null;
    row.tmdbId = link?.tmdbId ?? null;
  }
  return given;
}

async function run(path: string): Promise<void> {
  if (!existsSync(path)) throw new Error(`${path}: there is no such file; name MovieLens' links.csv`);
  const files = readStarterFiles();
  const given = addIds(files, await readLinks(path));
  const written = files.filter((file) => writeStarterFile(file));
  console.log(`${given} own ids given out; ${written.length} of ${files.length} files written`);
}

if (process.argv[1] === import.meta.filename)
  await run(process.argv[2] ?? resolve(import.meta.dirname, '../../../shared/data/links.csv'));
