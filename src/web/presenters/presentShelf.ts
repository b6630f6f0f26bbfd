import type { Title } from '../../domain.ts';
import { titleAddress, starsAsText } from './wording.ts';

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

/** Which drawing of each title's poster is shown, so that neighbours differ (src/posters). */
export type PosterVariants = (titles: readonly Title[]) => number[];

/**
 * @param variants one number a title, in the order of `titles`
 * @param ratingOf the person's own stars, 0.5–5
 */
export function presentShelf(
  titles: readonly Title[],
  variants: readonly number[],
  noteOf: (title: Title, at: number) => string | null,
  ratingOf: (movieId: number) => number | null,
): ShelfItem[] {
  return titles.map((title, at) => {
    const rating = ratingOf(title.movieId);
    return {
      movieId: title.movieId,
      href: titleAddress(title.movieId),
      posterSrc: posterAddress(title.movieId, variants[at]),
      name: title.title,
      year: title.year,
      note: noteOf(title, at),
      stars: rating === null ? null : { text: starsAsText(rating), spoken: `you gave it ${rating} of 5` },
    };
  });
}

export const posterAddress = (movieId: number, variant = 0): string =>
  `/posters/${movieId}.svg${variant > 0 ? `?v=${variant}` : ''}`;
