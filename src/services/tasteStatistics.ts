import type { Profile, Rating, Title } from '../domain.ts';
import type { Library } from './library.ts';
import { TagSpace, tagStrengthsOf } from './tagStrengths.ts';

/** A person's taste in numbers. */
export interface TasteStatistics {
  rated: number;
  /** Ratings of 4 and more. */
  liked: number;
  saved: number;
  hidden: number;
  /** Mean of the ratings, null without any. */
  mean: number | null;
  /** How many ratings at each half star, ½ first: ten numbers. */
  stars: { rating: number; count: number }[];
  /** From the first decade rated to the last, without gaps; `decade` is its first year. */
  decades: { decade: number; count: number }[];
  /** Most rated first. */
  genres: { genre: string; count: number; mean: number }[];
  /** What the likes have in common; `pull` is 1 for the strongest. */
  tags: { tagId: number; name: string; pull: number }[];
}

const TAGS_SHOWN = 8;

/** Ratings of titles that left the catalogue count in the stars and the mean, not in decades, genres and tags. */
export function tasteStatistics(profile: Profile, library: Library): TasteStatistics {
  const { ratings } = profile;
  const known = ratings.flatMap((rating) => {
    const title = library.catalogue.get(rating.movieId);
    return title ? [{ ...rating, title }] : [];
  });
  return {
    rated: ratings.length,
    liked: ratings.filter(({ rating }) => rating >= 4).length,
    saved: profile.watchlist.length,
    hidden: profile.hidden.length,
    mean: ratings.length > 0 ? meanOf(ratings) : null,
    stars: Array.from({ length: 10 }, (_unused, at) => {
      const rating = (at + 1) / 2;
      return { rating, count: ratings.filter((row) => row.rating === rating).length };
    }),
    decades: countDecades(known.map(({ title }) => title)),
    genres: countGenres(known),
    tags: favouriteTags(known, library),
  };
}

const meanOf = (ratings: readonly Rating[]): number =>
  ratings.reduce((sum, { rating }) => sum + rating, 0) / ratings.length;

function countDecades(titles: readonly Title[]): TasteStatistics['decades'] {
  if (titles.length === 0) return [];
  const decadeOf = (title: Title) => Math.floor(title.year / 10) * 10;
  const counts = new Map<number, number>();
  for (const title of titles) counts.set(decadeOf(title), (counts.get(decadeOf(title)) ?? 0) + 1);
  const first = Math.min(...counts.keys());
  const last = Math.max(...counts.keys());
  return Array.from({ length: (last - first) / 10 + 1 }, (_unused, at) => {
    const decade = first + at * 10;
    return { decade, count: counts.get(decade) ?? 0 };
  });
}

function countGenres(rated: readonly (Rating & { title: Title })[]): TasteStatistics['genres'] {
  const byGenre = new Map<string, Rating[]>();
  for (const row of rated)
    for (const genre of row.title.genres) byGenre.set(genre, [...(byGenre.get(genre) ?? []), row]);
  return [...byGenre]
    .map(([genre, rows]) => ({ genre, count: rows.length, mean: meanOf(rows) }))
    .sort((a, b) => b.count - a.count || b.mean - a.mean || a.genre.localeCompare(b.genre, 'en'));
}

/** Σ over ratings of (rating − 3) × the tag's strength × its rarity; what many likes share and few titles have. */
function favouriteTags(
  rated: readonly (Rating & { title: Title })[],
  library: Library,
): TasteStatistics['tags'] {
  const { catalogue } = library;
  const pulls = new Map<number, { tagId: number; name: string; pull: number; titles: number }>();
  for (const { rating, title } of rated) {
    for (const { tagId, name, strength } of tagStrengthsOf(catalogue, catalogue.rowOf(title.movieId)!)) {
      const entry = pulls.get(tagId) ?? { tagId, name, pull: 0, titles: 0 };
      entry.pull += (rating - 3) * strength;
      entry.titles += 1;
      pulls.set(tagId, entry);
    }
  }
  const space = pulls.size > 0 ? TagSpace.of(catalogue) : null;
  const least = rated.length >= 6 ? 2 : 1;
  const ranked = [...pulls.values()]
    .filter(({ pull, titles }) => pull > 0 && titles >= least)
    .map(({ tagId, name, pull }) => ({ tagId, name, pull: pull * Math.sqrt(space!.rarityOf(tagId)) }))
    .sort((a, b) => b.pull - a.pull || a.tagId - b.tagId)
    .slice(0, TAGS_SHOWN);
  const strongest = ranked[0]?.pull ?? 1;
  return ranked.map((tag) => ({ ...tag, pull: tag.pull / strongest }));
}
