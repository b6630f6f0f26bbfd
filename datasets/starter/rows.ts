import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** One title of the starter catalogue as it stands in `titles/*.jsonl`; the keys are written in this order. */
export const starterRow = z.strictObject({
  /** MovieLens id, or an own id from 1,000,000; null only until `addIds.ts` has run. */
  movieId: z.int().positive().nullable(),
  imdbId: z.string().nullable().default(null),
  tmdbId: z.int().positive().nullable().default(null),
  title: z.string().min(1),
  originalTitle: z.string().nullable(),
  otherTitles: z.array(z.string()).optional(),
  /** First release; a show's first season. */
  year: z.int(),
  kind: z.enum(['movie', 'tv']),
  genres: z.array(z.string()),
  /** A show's creators. */
  directors: z.array(z.string()),
  cast: z.array(z.string()),
  countries: z.array(z.string()),
  languages: z.array(z.string()),
  /** Of a typical episode for a show. */
  runtimeMinutes: z.int().positive().nullable(),
  providers: z.array(z.string()),
  /** 1–100, estimates of ours: how widely known, how well regarded. */
  fame: z.int().min(1).max(100),
  acclaim: z.int().min(1).max(100),
  /** Tag → relevance 1–100, an estimate of ours. */
  tags: z.record(z.string(), z.int().min(1).max(100)),
  plot: z.string().min(1),
});
export type StarterRow = z.infer<typeof starterRow>;

export interface StarterFile {
  name: string;
  rows: StarterRow[];
}

const directory = join(import.meta.dirname, 'titles');

/**
 * Every file in the order of the names, which is the catalogue's order.
 * @throws Error naming file, line and field of the first row that is not a title
 */
export function readStarterFiles(folder = directory): StarterFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => ({ name, rows: readRows(join(folder, name), name) }));
}

export const readStarterRows = (folder = directory): StarterRow[] =>
  readStarterFiles(folder).flatMap(({ rows }) => rows);

/** Writes aside and renames; rows that are as they were leave the file untouched. */
export function writeStarterFile(file: StarterFile, folder = directory): boolean {
  const path = join(folder, file.name);
  const text = file.rows.map((row) => `${JSON.stringify(inOrder(row))}\n`).join('');
  if (text === readFileSync(path, 'utf8')) return false;
  const aside = `${path}.${process.pid}.part`;
  writeFileSync(aside, text);
  renameSync(aside, path);
  return true;
}

function readRows(path: string, name: string): StarterRow[] {
  const rows: StarterRow[] = [];
  readFileSync(path, 'utf8')
    .split('\n')
    .forEach((line, at) => {
      if (line.trim() !== '') rows.push(parseRow(line, `${name}, line ${at + 1}`));
    });
  return rows;
}

function parseRow(line: string, where: string): StarterRow {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    throw new Error(`${where}: not JSON`);
  }
  const parsed = starterRow.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new Error(`${where}: "${issue.path.join('.')}": ${issue.message}`);
}

function inOrder(row: StarterRow): Record<string, unknown> {
  const ordered: Record<string, unknown> = {};
  for (const key of Object.keys(starterRow.shape) as (keyof StarterRow)[])
    if (row[key] !== undefined) ordered[key] = row[key];
  return ordered;
}
