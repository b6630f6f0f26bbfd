import type { Filters, Profile, Run } from '../domain.ts';
import { makeFilter } from './catalogue.ts';
import type { Library } from './library.ts';

/**
 * How many titles a list could choose from without its tightest filter: what "Drop French to get 14" says. Rated,
 * hidden and retired titles do not count. undefined when no filter stands out.
 */
export function countWithoutFilter(run: Run, library: Library, profile: Profile): number | undefined {
  const tightest = run.shortfall?.tightest;
  if (!tightest) return undefined;
  const { [tightest as keyof Filters]: _dropped, ...others } = run.understood.filters;
  const passes = makeFilter(others);
  const known = new Set([
    ...profile.ratings.map(({ movieId }) => movieId),
    ...profile.hidden,
    ...run.understood.opinions.map(({ movieId }) => movieId),
  ]);
  return library.catalogue.titles.filter(
    (title) => !title.isRetired && !known.has(title.movieId) && passes(title),
  ).length;
}
