import type { Title } from '../../domain.ts';
import { ownStars, titleAddress } from './wording.ts';

/** One poster of a shelf or a wall. */
export interface ShelfItem {
  movieId: number;
  href: string;
  posterSrc: string;
  name: string;
  year: number;
  /** A number or a word under the name; null = none. */
  note: string | null;
  /** The person's own stars, and how they are read out. */
  stars: { text: string; spoken: string } | null;
}

/**
 * Which poster of a title is shown: the drawn one of that number (src/posters), or a photograph, with the drawing that
 * stands in for it should there be none after all.
 */
export type PosterChoice = number | { drawing: number };

/** A choice for each title of a shelf, so that drawn neighbours differ. */
export type PosterVariants = (titles: readonly Title[]) => PosterChoice[];

/**
 * @param variants one choice a title, in the order of `titles`
 * @param ratingOf the person's own stars, 0.5–5
 */
export function presentShelf(
  titles: readonly Title[],
  variants: readonly PosterChoice[],
  noteOf: (title: Title, at: number) => string | null,
  ratingOf: (movieId: number) => number | null,
): ShelfItem[] {
  return titles.map((title, at) => {
    return {
      movieId: title.movieId,
      href: titleAddress(title.movieId),
      posterSrc: posterAddress(title.movieId, variants[at]),
      name: title.title,
      year: title.year,
      note: noteOf(title, at),
      stars: ownStars(ratingOf(title.movieId)),
    };
  });
}

/** The one place where the address of a poster is made. */
export function posterAddress(movieId: number, choice: PosterChoice = 0): string {
  const [ending, variant] = typeof choice === 'number' ? ['svg', choice] : ['jpg', choice.drawing];
  return `/posters/${movieId}.${ending}${variant > 0 ? `?v=${variant}` : ''}`;
}
