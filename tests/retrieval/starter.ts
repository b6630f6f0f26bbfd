import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { NameIndex, type NameEntry } from '../../src/retrieval/nameMatch.ts';
import { buildLexicon, type Lexicon } from '../../src/retrieval/readPrompt.ts';
import type { TextDocument } from '../../src/retrieval/textIndex.ts';
import { TitleIndex } from '../../src/retrieval/titleMatch.ts';

/** The starter catalogue as the retrieval sees it, read straight from its rows. */
export interface StarterTitle {
  movieId: number;
  title: string;
  originalTitle: string | null;
  year: number;
  genres: string[];
  directors: string[];
  cast: string[];
  countries: string[];
  languages: string[];
  providers: string[];
  fame: number;
  tags: Record<string, number>;
  plot: string;
}

const directory = resolve(import.meta.dirname, '../../datasets/starter/titles');

export const starterTitles: StarterTitle[] = readdirSync(directory)
  .filter((file) => file.endsWith('.jsonl'))
  .flatMap((file) => readFileSync(join(directory, file), 'utf8').split('\n'))
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line) as StarterTitle)
  .map((title, at) => ({ ...title, movieId: title.movieId ?? 1_000_000 + at }));

const popularityOf = ({ fame }: StarterTitle): number => Math.exp(fame / 15);

export const starterIndex = TitleIndex.build(
  starterTitles.map((title) => ({
    key: title.movieId,
    names: [title.title, ...(title.originalTitle ? [title.originalTitle] : [])],
    year: title.year,
    popularity: popularityOf(title),
  })),
);

const counted = (namesOf: (title: StarterTitle) => readonly string[]): NameEntry[] => {
  const uses = new Map<string, number>();
  for (const title of starterTitles)
    for (const name of namesOf(title)) uses.set(name, (uses.get(name) ?? 0) + 1);
  return [...uses].map(([name, popularity], key) => ({ key, name, popularity }));
};

export const starterTags = NameIndex.build(counted((title) => Object.keys(title.tags)));

export const starterLexicon: Lexicon = buildLexicon({
  titles: starterIndex,
  tags: starterTags,
  people: NameIndex.build(counted(({ directors, cast }) => [...directors, ...cast])),
  genres: counted(({ genres }) => genres).map(({ name }) => name),
  countries: counted(({ countries }) => countries).map(({ name }) => name),
  languages: counted(({ languages }) => languages).map(({ name }) => name),
  providers: counted(({ providers }) => providers).map(({ name }) => name),
  latestYear: 2024,
});

export const starterDocuments = (): TextDocument[] =>
  starterTitles.map((title) => ({
    names: [title.title, ...(title.originalTitle ? [title.originalTitle] : [])],
    people: [...title.directors, ...title.cast],
    genres: title.genres,
    tags: Object.entries(title.tags).map(([name, relevance]) => ({ name, strength: relevance / 100 })),
    keywords: [...title.countries, ...title.languages],
    plot: title.plot,
    popularity: popularityOf(title),
  }));

/** "Heat 1995" → its movieId; throws when the starter catalogue has no such title. */
export function starterKey(title: string, year: number): number {
  const found = starterTitles.find((row) => row.title === title && row.year === year);
  if (!found) throw new Error(`The starter catalogue has no ${title} (${year})`);
  return found.movieId;
}

export const starterName = (movieId: number): string => {
  const found = starterTitles.find((row) => row.movieId === movieId);
  return found ? `${found.title} ${found.year}` : `unknown ${movieId}`;
};
