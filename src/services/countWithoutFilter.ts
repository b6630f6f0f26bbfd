import type { Filters, Profile, Run } from '../domain.ts';
import { makeFilter } from './catalogue.ts';
import type { Library } from './library.ts';
import { filterGroups } from './recommend/filtersToDrop.ts';

/**
 * How many titles a list could choose from without its tightest filter (a span of years goes with both its ends): what
 * "Drop French to get 14" says. Rated, hidden, refused and retired titles do not count. undefined when no filter stands out.
 */
export function countWithoutFilter(run: Run, library: Library, profile: Profile): number | undefined {
  const tightest = run.shortfall?.tightest;
  if (!tightest) return undefined;
  const { filters } = run.understood;
  const others = filterGroups(filters).filter((fields) => !fields.includes(tightest as keyof Filters));
  const passes = makeFilter(Object.fromEntries(others.flat().map((field) => [field, filters[field]])));
  const known = new Set([
    ...profile.ratings.map(({ movieId }) => movieId),
    ...profile.hidden,
    ...run.understood.opinions.map(({ movieId }) => movieId),
    ...(run.understood.refusedTitles ?? []),
    ...run.request.ratings.flatMap((rating) => ('movieId' in rating ? rating.movieId : [])),
  ]);
  return library.catalogue.titles.filter(
    (title) => !title.isRetired && !known.has(title.movieId) && passes(title),
  ).length;
}
