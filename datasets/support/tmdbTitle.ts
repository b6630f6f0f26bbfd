import type { Title } from '../../src/domain.ts';
import type { TmdbTitle } from '../../src/tmdb/readAnswers.ts';
import { emptyTitle } from './emptyTitle.ts';
import { canonicalGenres } from './genres.ts';
import { imdbIdOf } from './imdbId.ts';
import { countryName, languageName } from './names.ts';

const MOST_CAST = 15;
const MOST_KEYWORDS = 40;

/** A title as TMDB gives it, in our names of genres, languages and countries. Its own id is still to be given. */
export function toNewTitle(found: TmdbTitle, year: number): Title {
  const language = languageName(found.language ?? '');
  return {
    ...emptyTitle(0, found.title, year),
    kind: found.kind,
    tmdbId: found.tmdbId,
    imdbId: imdbIdOf(found.imdbId),
    originalTitle: found.originalTitle,
    genres: canonicalGenres(found.genres),
    directors: found.directors,
    cast: found.cast.slice(0, MOST_CAST),
    countries: [...new Set(found.countries.flatMap((code) => countryName(code) ?? []))],
    languages: language ? [language] : [],
    runtimeMinutes: found.runtimeMinutes,
    tagline: found.tagline,
    plot: found.overview,
    keywords: found.keywords.slice(0, MOST_KEYWORDS),
    providers: found.providers ?? [],
    posterPath: found.posterPath,
    voteCount: found.voteCount,
  };
}

/**
 * TMDB's facts for a title that is there: votes, poster and where it streams are TMDB's of today, everything else only
 * fills gaps.
 */
export function toUpdate(title: Title, found: TmdbTitle): Partial<Title> & { movieId: number } {
  const fresh = toNewTitle(found, title.year);
  const filled: Record<string, unknown> = { movieId: title.movieId };
  for (const field of ['tmdbId', 'imdbId', 'originalTitle', 'runtimeMinutes', 'tagline', 'plot'] as const)
    filled[field] = title[field] ?? fresh[field];
  for (const field of ['genres', 'directors', 'cast', 'countries', 'languages', 'keywords'] as const)
    filled[field] = title[field].length > 0 ? title[field] : fresh[field];
  return {
    ...filled,
    movieId: title.movieId,
    voteCount: found.voteCount > 0 ? found.voteCount : title.voteCount,
    posterPath: found.posterPath ?? title.posterPath,
    providers: found.providers ?? title.providers,
  };
}
