import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { BadRows } from '../../support/badRows.ts';
import { csvRows } from '../../support/csvRows.ts';
import { readJsonLines } from '../../support/jsonLines.ts';
import { repairText } from '../../support/textRepair.ts';
import { readLinks } from '../../support/links.ts';
import { openFiles } from '../../support/zipStream.ts';
import { type Links } from '../addIds.ts';
import { type StarterRow } from '../rows.ts';
import { type Disagreement, type FactField, type Finding } from './finding.ts';
import { sentencesOf, squeeze, wordsOf } from './words.ts';

/** What other data say of the titles. */
export interface References {
  links: Links;
  /** MovieLens' own: the title ends in the year. */
  movieLens: ReadonlyMap<number, { title: string; directedBy: string }>;
  tmdb: ReadonlyMap<number, TmdbFacts>;
}

export interface TmdbFacts {
  title: string;
  year: number | null;
  runtimeMinutes: number | null;
  language: string;
  overview: string;
}

const metadataRow = z.object({ item_id: z.int(), title: z.string(), directedBy: z.string().nullish() });

export async function readReferences(paths: {
  links: string;
  archive: string;
  tmdb: string;
}): Promise<References> {
  const movieLens = new Map<number, { title: string; directedBy: string }>();
  const files = await openFiles(paths.archive);
  const stream = await files.open(files.find('raw/metadata_updated.json')!);
  await readJsonLines(stream, metadataRow, new BadRows('metadata_updated.json'), (row) =>
    movieLens.set(row.item_id, { title: row.title, directedBy: row.directedBy ?? '' }),
  );
  files.close();
  const tmdb = new Map<number, TmdbFacts>();
  const source = createReadStream(paths.tmdb).pipe(createGunzip());
  for await (const { row } of csvRows(source, {
    required: ['id', 'title', 'overview'],
    name: 'millions of movies',
  }))
    tmdb.set(Number(row['id']), {
      title: row['title'] ?? '',
      year: Number(row['release_date']?.slice(0, 4)) || null,
      runtimeMinutes: Number(row['runtime']) || null,
      language: row['original_language'] ?? '',
      overview: row['overview'] ?? '',
    });
  return { links: await readLinks(paths.links), movieLens, tmdb };
}

/** Ids that are not those of the links, and sentences that stand in somebody else's text. */
export function checkAgainstReferences(rows: StarterRow[], references: References): Finding[] {
  const isForeign = foreignSentences([...references.tmdb.values()].map(({ overview }) => overview));
  return rows.flatMap((row) => {
    const problems: string[] = [];
    const link = references.links.get(row.movieId ?? 0);
    if (row.movieId !== null && row.movieId < 1_000_000 && !link)
      problems.push('movieId is not in the links');
    if (row.imdbId !== (link?.imdbId ?? null))
      problems.push(`imdbId ${row.imdbId}, in the links ${link?.imdbId ?? null}`);
    if (row.tmdbId !== (link?.tmdbId ?? null))
      problems.push(`tmdbId ${row.tmdbId}, in the links ${link?.tmdbId ?? null}`);
    for (const sentence of sentencesOf(row.plot))
      if (isForeign(sentence)) problems.push(`a sentence stands in an overview: ${sentence}`);
    return problems.map((problem) => ({ movieId: row.movieId, title: row.title, problem }));
  });
}

/** Shorter sentences ("Then it rains.") are anybody's. */
const SHORTEST_SENTENCE_WORDS = 6;

/** Whether a sentence stands in one of the texts: looked up by its first words, then compared whole. */
function foreignSentences(texts: string[]): (sentence: string) => boolean {
  const byStart = new Map<string, string[]>();
  for (const text of texts) {
    const words = wordsOf(text);
    const whole = words.join(' ');
    for (let at = 0; at + SHORTEST_SENTENCE_WORDS <= words.length; at++) {
      const start = words.slice(at, at + SHORTEST_SENTENCE_WORDS).join(' ');
      byStart.set(start, [...(byStart.get(start) ?? []), whole]);
    }
  }
  return (sentence) => {
    const words = wordsOf(sentence);
    const candidates = byStart.get(words.slice(0, SHORTEST_SENTENCE_WORDS).join(' ')) ?? [];
    return (
      words.length >= SHORTEST_SENTENCE_WORDS && candidates.some((text) => text.includes(words.join(' ')))
    );
  };
}

/** Where the references tell a fact otherwise. Films without a MovieLens id are looked for by title and year. */
export function compareFacts(rows: StarterRow[], references: References): Disagreement[] {
  const byName = new Map<string, TmdbFacts>();
  for (const facts of references.tmdb.values()) byName.set(`${squeeze(facts.title)} ${facts.year}`, facts);
  return rows.flatMap((row) => {
    const found: Disagreement[] = [];
    const differ = (field: FactField, ours: string | number, theirs: string | number) =>
      found.push({
        movieId: row.movieId!,
        title: row.title,
        field,
        ours: String(ours),
        theirs: String(theirs),
      });
    const metadata = references.movieLens.get(row.movieId!);
    if (metadata) compareMetadata(row, metadata, differ);
    const facts =
      row.tmdbId !== null
        ? references.tmdb.get(row.tmdbId)
        : row.kind === 'movie'
          ? byName.get(`${squeeze(row.title)} ${row.year}`)
          : undefined;
    if (facts) compareTmdb(row, facts, differ);
    return found;
  });
}

type Differ = (field: FactField, ours: string | number, theirs: string | number) => void;

function compareMetadata(
  row: StarterRow,
  metadata: { title: string; directedBy: string },
  differ: Differ,
): void {
  const year = /\((\d{4})\)\s*$/.exec(metadata.title)?.[1];
  if (year && Number(year) !== row.year) differ('year', row.year, year);
  const theirs = squeeze(metadata.title);
  const names = [row.title, row.originalTitle ?? '', ...(row.otherTitles ?? [])].map((name) =>
    squeeze(name.replace(LEADING_ARTICLE, '')),
  );
  if (!names.some((name) => name !== '' && theirs.includes(name))) differ('title', row.title, metadata.title);
  if (
    metadata.directedBy !== '' &&
    !row.directors.some((director) => namesOnePerson(director, metadata.directedBy))
  )
    differ('directors', row.directors.join(', '), metadata.directedBy);
}

/** MovieLens moves them behind a comma: "Strada, La". */
const LEADING_ARTICLE = /^(?:The|An?|La|Le|Les|L'|L’|Das|Der|Die|El|Los|Las|Il|Un|Une) ?(?=[\p{Lu}\d])/u;

/**
 * Whether the last word of the name stands among theirs: family names lead in some languages and end others, first names
 * are shortened, and letters that were lost in their encoding stand for any letter.
 */
function namesOnePerson(director: string, theirs: string): boolean {
  const words = (repairText(theirs).match(/[\p{L}\uFFFD]+/gu) ?? []).map((word) =>
    word.split('\uFFFD').map(squeeze),
  );
  const last = squeeze((director.match(/\p{L}{3,}/gu) ?? [director]).at(-1)!);
  return words.some((parts) => fits(last, parts));
}

/** Begins and ends with the outer parts; one lost letter between any two. */
function fits(name: string, parts: string[]): boolean {
  const letters = parts.reduce((sum, part) => sum + part.length, 0) + parts.length - 1;
  return letters === name.length && name.startsWith(parts[0]!) && name.endsWith(parts.at(-1)!);
}

/** Prints and cuts differ by this much without anyone being wrong. */
const RUNTIME_TOLERANCE_MINUTES = 6;
const SAME_LANGUAGE: Record<string, string[]> = {
  Chinese: ['Mandarin', 'Cantonese'],
  'Norwegian Bokmål': ['Norwegian'],
};

function compareTmdb(row: StarterRow, facts: TmdbFacts, differ: Differ): void {
  const runtime = facts.runtimeMinutes;
  if (runtime && row.runtimeMinutes && Math.abs(runtime - row.runtimeMinutes) > RUNTIME_TOLERANCE_MINUTES)
    differ('runtime', row.runtimeMinutes, runtime);
  const names = [facts.language, ...(SAME_LANGUAGE[facts.language] ?? [])];
  if (facts.language.length > 2 && !names.some((name) => row.languages.includes(name)))
    differ('language', row.languages.join(', '), facts.language);
}
