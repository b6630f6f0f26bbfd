import type {
  Filters,
  Profile,
  Rating,
  RecommendationRequest,
  Understanding,
  Unmatched,
} from '../../domain.ts';
import type { Library } from '../library.ts';
import { lexiconOf } from './lexicon.ts';

/** Everything known about one request before a title is scored. */
export interface Known {
  understood: Understanding;
  /** One rating a title; later statements win: profile, then the prompt, then what was given by hand. */
  ratings: Rating[];
  /** Rated, hidden or refused in the prompt: never recommended, whatever the boxes say. */
  excluded: Set<number>;
  filters: Filters;
  /** tagId → weight. */
  wantedTags: Map<number, number>;
}

export function gatherKnown(
  request: RecommendationRequest,
  understood: Understanding,
  profile: Profile,
  library: Library,
): Known {
  const unmatched: Unmatched[] = [...understood.unmatched];
  const given = resolveRatings(request.ratings, library, unmatched);
  const wantedTags = resolveTags(request.tags, library, unmatched);
  const byTitle = new Map<number, number>();
  const past = request.usePastRatings ? profile.ratings : [];
  for (const { movieId, rating } of [...past, ...understood.opinions, ...given]) byTitle.set(movieId, rating);
  const filters = mergeFilters(understood.filters, request.filters);
  checkNames(filters, library, unmatched);
  return {
    understood: { ...understood, filters, unmatched },
    ratings: [...byTitle].map(([movieId, rating]) => ({ movieId, rating })),
    excluded: new Set([
      ...profile.ratings.map(({ movieId }) => movieId),
      ...profile.hidden,
      ...byTitle.keys(),
      ...(understood.refusedTitles ?? []),
    ]),
    filters,
    wantedTags,
  };
}

function resolveRatings(
  ratings: RecommendationRequest['ratings'],
  library: Library,
  unmatched: Unmatched[],
): Rating[] {
  return ratings.flatMap((entry) => {
    if ('movieId' in entry) {
      if (library.catalogue.get(entry.movieId)) return [entry];
      unmatched.push({ said: String(entry.movieId), suggestions: [] });
      return [];
    }
    const { title, year, rating } = entry;
    const found = library.catalogue.titleIndex.find(title, year === undefined ? {} : { year });
    if (found) return [{ movieId: found.key, rating }];
    unmatched.push({ said: title, suggestions: library.catalogue.titleIndex.suggest(title, 3) });
    return [];
  });
}

function resolveTags(
  tags: RecommendationRequest['tags'],
  library: Library,
  unmatched: Unmatched[],
): Map<number, number> {
  const wanted = new Map<number, number>();
  for (const { tagId, name, weight } of tags) {
    const tag =
      tagId !== undefined
        ? library.catalogue.tagById(tagId)
        : name
          ? library.catalogue.tagByName(name)
          : undefined;
    if (tag) wanted.set(tag.tagId, weight);
    else unmatched.push({ said: name ?? `tag ${tagId}`, suggestions: [] });
  }
  return wanted;
}

/** Lists are joined; of two years for one end, what was given by hand wins. */
export function mergeFilters(fromPrompt: Filters, given: Filters): Filters {
  const merged: Filters = { ...fromPrompt, ...given };
  for (const field of Object.keys(merged) as (keyof Filters)[]) {
    const said = fromPrompt[field];
    const added = given[field];
    if (Array.isArray(said) && Array.isArray(added))
      Object.assign(merged, { [field]: [...new Set([...said, ...added])] });
  }
  return merged;
}

/** The filters that take names, and where those stand. */
const NAMED = {
  genres: 'genres',
  excludeGenres: 'genres',
  providers: 'providers',
  countries: 'countries',
  excludeCountries: 'countries',
  languages: 'languages',
  excludeLanguages: 'languages',
  people: 'people',
  excludePeople: 'people',
} as const;

/** A name that nothing in the catalogue goes by is reported, not only an empty list. Known names get their usual spelling. */
function checkNames(filters: Filters, library: Library, unmatched: Unmatched[]): void {
  for (const field of Object.keys(NAMED) as (keyof typeof NAMED)[]) {
    const names = filters[field];
    if (!names?.length) continue;
    const known = lexiconOf(library)[NAMED[field]];
    filters[field] = names.map((name) => {
      const found = known.find(name);
      if (!found) unmatched.push({ said: name, suggestions: [] });
      return found?.name ?? name;
    });
  }
}
