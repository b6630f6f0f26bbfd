import type { Title } from '../domain.ts';
import { fold } from '../retrieval/tokenize.ts';
import { topPositions } from '../recommender/taste.ts';
import { completeTags, type KnownTag } from './completeNames.ts';
import type { Library } from './library.ts';

/** Why a title was found: its name, somebody in it, or its words and tags. */
export type FoundBy = 'title' | 'person' | 'text';

export interface SearchResult {
  title: Title;
  by: FoundBy;
  /** The words or names that matched, most telling first. */
  matched: string[];
  /** Text score; 0 for what was found by name alone. */
  score: number;
}

export interface SearchPerson {
  name: string;
  /** How many titles they directed, created or play in. */
  titles: number;
}

export interface SearchAnswer {
  query: string;
  results: SearchResult[];
  people: SearchPerson[];
  tags: KnownTag[];
  /** Near misses by spelling when nothing matched as written. */
  didYouMean: Title[];
}

/** With so many results nobody needs to be asked what they meant. */
const PLENTY = 6;

/** Longer queries are cut: everything after this many characters is no search. */
export const LONGEST_QUERY = 200;

/**
 * Plain search: titles of exactly this name first, then titles whose name begins with it, then a person's titles, then
 * the text match over names, people, tags and plots. Retired titles are not found.
 * @param k how many results, 1–100
 */
export function searchTitles(library: Library, query: string, k = 24): SearchAnswer {
  const said = cleanQuery(query);
  if (nameKey(said) === '') return { query: said, results: [], people: [], tags: [], didYouMean: [] };
  const people = findPeople(library, said);
  const found = new Map<number, SearchResult>();
  const add = (result: SearchResult) => {
    if (!result.title.isRetired && !found.has(result.title.movieId)) found.set(result.title.movieId, result);
  };
  const byName = titlesByName(library, said);
  for (const title of byName.exact) add({ title, by: 'title', matched: [], score: 0 });
  for (const title of byName.beginning) add({ title, by: 'title', matched: [], score: 0 });
  if (people.length === 1)
    for (const title of titlesOf(library, people[0]!.name))
      add({ title, by: 'person', matched: [people[0]!.name], score: 0 });
  for (const result of titlesByText(library, said, k)) add(result);
  const results = [...found.values()].slice(0, k);
  return {
    query: said,
    results,
    people: people.length === 0 && byName.exact.length === 0 ? misspelt(library, said) : people,
    tags: tagsLike(library, said),
    // By spelling only where little was found: comparing every name costs more than the whole search.
    didYouMean: results.length >= PLENTY ? [] : nearMisses(library, said, found),
  };
}

/** One line without half a surrogate pair or control characters, cut to length. */
const cleanQuery = (query: string): string =>
  query.slice(0, LONGEST_QUERY).replace(/\p{Surrogate}/gu, '').replace(/[\p{Control}\s]+/gu, ' ').trim(); // prettier-ignore

/** Where the query is the whole name, and where a name begins with it (from three letters on). */
function titlesByName({ catalogue }: Library, said: string): { exact: Title[]; beginning: Title[] } {
  const { titleIndex } = catalogue;
  const titlesWith = (movieIds: readonly number[]) =>
    movieIds.flatMap((movieId) => catalogue.get(movieId) ?? []);
  const named = titleIndex.findNormalised(said)?.key;
  const exact = titlesWith([
    ...new Set([...(named === undefined ? [] : [named]), ...titleIndex.namesakes(said)]),
  ]);
  const key = nameKey(said);
  if (key.length < 3) return { exact, beginning: [] };
  const namesOf = (title: Title) =>
    [title.title, title.originalTitle ?? '', ...title.otherTitles].map(nameKey);
  const beginning = titlesWith(titleIndex.complete(said, 30)).filter(
    (title) => !exact.includes(title) && namesOf(title).some((name) => name.startsWith(key)),
  );
  return { exact, beginning };
}

/** Names are compared without case, accents, punctuation and a leading article. */
const nameKey = (name: string): string =>
  fold(name)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^(the|a|an) (?=\S)/, '');

const peopleOf = (title: Title): string[] => [...title.directors, ...title.cast];

interface PersonEntry extends SearchPerson {
  key: string;
}
const everybodyIn = new WeakMap<object, PersonEntry[]>();

/** Everybody in the catalogue with how often they appear, made once a catalogue, most frequent first. */
function everybody({ catalogue }: Library): PersonEntry[] {
  let list = everybodyIn.get(catalogue);
  if (!list) {
    const counts = new Map<string, number>();
    for (const title of catalogue.titles)
      if (!title.isRetired)
        for (const name of new Set(peopleOf(title))) counts.set(name, (counts.get(name) ?? 0) + 1);
    list = [...counts]
      .map(([name, titles]) => ({ name, titles, key: nameKey(name) }))
      .sort((a, b) => b.titles - a.titles || a.name.localeCompare(b.name));
    everybodyIn.set(catalogue, list);
  }
  return list;
}

/** The person of exactly this name; else those with a name that begins with the query, at most five. */
function findPeople(library: Library, said: string): SearchPerson[] {
  const key = nameKey(said);
  const all = everybody(library);
  const plain = ({ name, titles }: PersonEntry): SearchPerson => ({ name, titles });
  const exact = all.find((person) => person.key === key);
  if (exact) return [plain(exact)];
  if (key.length < 3) return [];
  const isAlike = (person: PersonEntry) =>
    ` ${person.key} `.includes(` ${key} `) || person.key.startsWith(key);
  const alike = all.filter(isAlike).slice(0, 5);
  if (alike.length > 0) return alike.map(plain);
  return [];
}

/** Who was meant, when nothing goes by the name as written: "Kurosava". */
function misspelt(library: Library, said: string): SearchPerson[] {
  const meant = library.catalogue.peopleIndex.completeNames(said, 2).map(({ name }) => name);
  return everybody(library)
    .filter(({ name }) => meant.includes(name))
    .map(({ name, titles }) => ({ name, titles }));
}

/** A person's titles, best known first. */
export function titlesOf({ catalogue }: Library, name: string): Title[] {
  return catalogue.titles
    .map((title, row) => ({ title, popularity: catalogue.popularity[row]! }))
    .filter(({ title }) => !title.isRetired && peopleOf(title).includes(name))
    .sort((a, b) => b.popularity - a.popularity || a.title.movieId - b.title.movieId)
    .map(({ title }) => title);
}

/** The text match, without titles that none of the words touches. */
function titlesByText({ catalogue }: Library, said: string, k: number): SearchResult[] {
  const scores = new Float32Array(catalogue.size);
  catalogue.text.score(said, scores);
  const isFound = (row: number) => scores[row]! > 0 && !catalogue.titles[row]!.isRetired;
  return topPositions(scores, k * 2, isFound)
    .map((row): SearchResult => {
      const matched = catalogue.text.matched(said, row);
      return { title: catalogue.titles[row]!, by: 'text', matched, score: scores[row]! };
    })
    .filter(({ matched }) => matched.length > 0);
}

/** The tag of this name, and tags with the query as one of their words. */
function tagsLike(library: Library, said: string): KnownTag[] {
  const exact = library.catalogue.tagByName(said);
  const key = nameKey(said);
  const alike = completeTags(library, said, 8).filter(({ name }) => ` ${nameKey(name)}`.includes(` ${key}`));
  const all = [...(exact ? [{ ...exact }] : []), ...alike];
  return [...new Map(all.map((tag) => [tag.tagId, tag])).values()].slice(0, 6);
}

function nearMisses(library: Library, said: string, found: ReadonlyMap<number, unknown>): Title[] {
  return library.catalogue.titleIndex
    .suggest(said, 6)
    .map((movieId) => library.catalogue.get(movieId))
    .filter((title) => title !== undefined && !title.isRetired && !found.has(title.movieId)) as Title[];
}
