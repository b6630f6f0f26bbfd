import type { Title } from '../domain.ts';
import { topPositions } from '../topPositions.ts';
import type { Library } from './library.ts';

/** How many names an autocomplete offers. */
const COMPLETIONS = 15;

/** Longer input is no beginning of a name. */
const LONGEST_QUERY = 120;

/** Titles a person may mean by these first letters, likeliest first; an empty query gives the best known. */
export function completeTitles(library: Library, query: string, limit: number = COMPLETIONS): Title[] {
  const { catalogue } = library;
  const said = query.trim().slice(0, LONGEST_QUERY);
  if (said === '') {
    const isLive = (row: number) => !catalogue.titles[row]!.isRetired;
    return topPositions(catalogue.popularity, limit, isLive).map((row) => catalogue.titles[row]!);
  }
  return catalogue.titleIndex
    .complete(said, limit)
    .map((movieId) => catalogue.get(movieId))
    .filter((title) => title !== undefined && !title.isRetired) as Title[];
}

/** A tag and how often it was applied. */
export interface KnownTag {
  tagId: number;
  name: string;
  uses: number;
}

/** Tags these first letters may mean, likeliest first; an empty query gives the most used. */
export function completeTags(library: Library, query: string, limit: number = COMPLETIONS): KnownTag[] {
  const { tags, tagIndex } = library.catalogue;
  const said = query.trim().slice(0, LONGEST_QUERY);
  if (said !== '') return tagIndex.complete(said, limit).map((position) => ({ ...tags[position]! }));
  return topPositions(
    Float32Array.from(tags, ({ uses }) => uses),
    limit,
    () => true,
  ).map((position) => ({ ...tags[position]! }));
}
