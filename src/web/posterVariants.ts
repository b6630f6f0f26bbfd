import { chooseVariants } from '../posters/chooseVariants.ts';
import type { Catalogue } from '../services/catalogue.ts';
import type { Photographs } from '../services/photographs/photographs.ts';
import type { PosterVariants } from './presenters/presentShelf.ts';

/** Tags a poster is drawn from: enough to choose a motif, most applied first. */
const TAGS_SEEN = 15;

/** The tags a title's poster is drawn from, wherever it is drawn or its motif chosen. */
export function posterTags(catalogue: Catalogue, movieId: number): { name: string; relevance: number }[] {
  const row = catalogue.rowOf(movieId);
  if (row === undefined) return [];
  return catalogue
    .tagsOf(row)
    .slice(0, TAGS_SEEN)
    .map(({ name, relevance, count }) => ({ name, relevance: relevance ?? count / 100 }));
}

/** Shelves whose drawings were chosen, by their titles: the choice is a search, and the same shelves come again and again. */
const chosen = new WeakMap<Catalogue, Map<string, number[]>>();
const SHELVES_KEPT = 500;

function drawingsOf(catalogue: Catalogue, titles: Parameters<PosterVariants>[0]): number[] {
  let shelves = chosen.get(catalogue);
  if (!shelves) chosen.set(catalogue, (shelves = new Map()));
  const key = titles.map(({ movieId }) => movieId).join(' ');
  let drawings = shelves.get(key);
  if (!drawings) {
    drawings = chooseVariants(titles, (movieId) => posterTags(catalogue, movieId));
    if (shelves.size >= SHELVES_KEPT) shelves.delete(shelves.keys().next().value!);
    shelves.set(key, drawings);
  }
  return drawings;
}

/** Which poster each title of a shelf gets: a photograph where one is likely, else a drawing unlike its neighbours'. */
export const posterVariants =
  (catalogue: Catalogue, photographs: Photographs): PosterVariants =>
  (titles) =>
    drawingsOf(catalogue, titles).map((drawing, at) =>
      photographs.isLikely(titles[at]!) ? { drawing } : drawing,
    );
