import type { Title } from '../../src/domain.ts';
import type { FilteredRatings } from './filterSteps.ts';

/** Titles with how many rated them and how well, held-out people left aside. */
export const withPopularity = (
  titles: readonly Title[],
  { popularity }: Pick<FilteredRatings, 'popularity'>,
): Title[] =>
  titles.map((title) => {
    const seen = popularity.get(title.movieId);
    return seen ? { ...title, ratingCount: seen.count, ratingMean: seen.mean } : title;
  });
