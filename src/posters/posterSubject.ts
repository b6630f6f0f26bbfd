import type { Title, TitleTag } from '../domain.ts';
import type { PosterSubject } from './types.ts';

/** Tags beyond these are too weak to tell what a film is about. */
const STRONGEST = 15;

/** Tags in the strength posters go by: the relevance, or how many people applied it out of a hundred. */
export function posterTags(tags: readonly TitleTag[]): PosterSubject['tags'] {
  return tags
    .slice(0, STRONGEST)
    .map(({ name, relevance, count }) => ({ name, relevance: relevance ?? count / 100 }));
}

/** What is drawn for a title of the catalogue. */
export function posterSubject(title: Title, tags: readonly TitleTag[], variant = 0): PosterSubject {
  const { movieId, title: name, year, genres, kind } = title;
  return { movieId, title: name, year, byline: title.directors.slice(0, 2).join(', '), genres, tags: posterTags(tags), kind, variant }; // prettier-ignore
}
