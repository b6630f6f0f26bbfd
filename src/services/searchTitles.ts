import type { Title } from '../domain.ts';
import { topPositions } from '../topPositions.ts';
import { completeTags, type KnownTag } from './completeNames.ts';
import type { Library } from './library.ts';
import { nameKey, People, type CataloguePerson } from './people.ts';
import { rememberAnswers } from './remember.ts';

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

const remembered = rememberAnswers<SearchAnswer>(500);

/**
 * Plain search: titles of exactly this name first, then titles whose name begins with it, then a person's titles, then
 * the text match over names, people, tags and plots. Retired titles are not found.
 * @param k how many results, 1–100
 */
export function searchTitles(library: Library, query: string, k = 24): SearchAnswer {
  const said = cleanQuery(query);
  return remembered(library, `${k} ${said}`, () => search(library, said, k));
}

function search(library: Library, said: string, k: number): SearchAnswer {
  if (nameKey(said) === '') return { query: said, results: [], people: [], tags: [], didYouMean: [] };
  const everybody = People.of(library.catalogue);
  const people = findPeople(everybody, said);
  const found = new Map<number, SearchResult>();
  const add = (result: SearchResult) => {
    if (!result.title.isRetired && !found.has(result.title.movieId)) found.set(result.title.movieId, result);
  };
  const byName = titlesByName(library, said);
  for (const title of byName.exact) add({ title, by: 'title', matched: [], score: 0 });
  for (const title of byName.beginning) add({ title, by: 'title', matched: [], score: 0 });
  if (people.length === 1)
    for (const title of everybody.titlesOf(people[0]!))
      add({ title, by: 'person', matched: [people[0]!.name], score: 0 });
  for (const result of titlesByText(library, said, k)) {
    if (found.size >= k) break;
    add(result);
  }
  const results = [...found.values()].slice(0, k);
  const isNameMisspelt = people.length === 0 && byName.exact.length === 0;
  return {
    query: said,
    results,
    people: (isNameMisspelt ? misspelt(library, said) : people).map(presentPerson),
    tags: tagsLike(library, said),
    // By spelling only where little was found: with plenty found nobody needs to be asked.
    didYouMean: results.length >= PLENTY ? [] : nearMisses(library, said, found),
  };
}

const presentPerson = ({ name, rows }: CataloguePerson): SearchPerson => ({ name, titles: rows.length });

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
  const beginning = titlesWith(titleIndex.complete(said, 30, { areTyposForgiven: false })).filter(
    (title) => !exact.includes(title) && namesOf(title).some((name) => name.startsWith(key)),
  );
  return { exact, beginning };
}

/** The person of exactly this name; else those with a name that begins with the query, at most five. */
function findPeople(everybody: People, said: string): CataloguePerson[] {
  const key = nameKey(said);
  const exact = everybody.named(key);
  if (exact) return [exact];
  return key.length < 3 ? [] : everybody.alike(key, 5);
}

/** A query of more words is no name of anybody. */
const LONGEST_NAME_WORDS = 6;

/** Who was meant, when nothing goes by the name as written: "Kurosava". */
function misspelt({ catalogue }: Library, said: string): CataloguePerson[] {
  if (nameKey(said).split(' ').length > LONGEST_NAME_WORDS) return [];
  const meant = catalogue.peopleIndex.completeNames(said, 2).map(({ name }) => name);
  return People.of(catalogue).written(meant);
}

/** The text match, without titles that none of the words touches; worked out one by one, as far as they are taken. */
function* titlesByText({ catalogue }: Library, said: string, k: number): Generator<SearchResult> {
  const scores = new Float32Array(catalogue.size);
  catalogue.text.score(said, scores);
  const isLive = (row: number) => !catalogue.titles[row]!.isRetired;
  const matchedOf = catalogue.text.matcher(said);
  for (const row of topPositions(scores, k * 2, isLive, 0)) {
    const matched = matchedOf(row);
    if (matched.length > 0) yield { title: catalogue.titles[row]!, by: 'text', matched, score: scores[row]! };
  }
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
