import { fittingMotifs, LEAST } from '../posters/chooseMotif.ts';
import { chooseVariants, type ShelfTitle } from '../posters/chooseVariants.ts';
import type { Catalogue } from '../services/catalogue.ts';
import { oncePer } from '../services/oncePer.ts';
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

/** The motifs that titles were found to fit: they depend on the catalogue alone, and finding them reads every tag. */
const fittingIn = oncePer((_catalogue: Catalogue) => new Map<number, readonly string[]>());

function motifsOf(catalogue: Catalogue, title: ShelfTitle): readonly string[] {
  const known = fittingIn(catalogue);
  let motifs = known.get(title.movieId);
  if (!motifs) {
    motifs = fittingMotifs({ ...title, tags: posterTags(catalogue, title.movieId) }).slice(0, LEAST);
    known.set(title.movieId, motifs);
  }
  return motifs;
}

/** Which poster each title of a shelf gets: a photograph where one is likely, else a drawing unlike its neighbours'. */
export const posterVariants =
  (catalogue: Catalogue, photographs: Photographs): PosterVariants =>
  (titles) =>
    chooseVariants(titles, (title) => motifsOf(catalogue, title)).map((drawing, at) =>
      photographs.isLikely(titles[at]!) ? { drawing } : drawing,
    );
