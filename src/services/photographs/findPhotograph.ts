import type { Title } from '../../domain.ts';
import type { Tmdb } from '../../tmdb/tmdb.ts';
import type { ImageType } from '../../tmdb/imageType.ts';
import { TmdbError } from '../../tmdb/tmdbError.ts';

type Wanted = Pick<Title, 'imdbId' | 'tmdbId' | 'kind' | 'posterPath'>;

export interface Photograph {
  bytes: Buffer;
  type: ImageType;
}

/**
 * A title's poster from TMDB: by the path the catalogue knows, else the best one of its TMDB id, which is looked up by
 * IMDb id where it is missing.
 * @returns null when TMDB has none
 * @throws TmdbError when it could not be found out
 */
export async function findPhotograph(tmdb: Tmdb, title: Wanted): Promise<Photograph | null> {
  if (title.posterPath !== null) {
    const known = await orNull(tmdb.image(title.posterPath));
    if (known) return known;
  }
  const found =
    title.tmdbId !== null
      ? { kind: title.kind, tmdbId: title.tmdbId, posterPath: null }
      : title.imdbId !== null
        ? await orNull(tmdb.findByImdbId(title.imdbId))
        : null;
  if (!found) return null;
  const path = (await orNull(tmdb.bestPoster(found.kind, found.tmdbId))) ?? found.posterPath;
  return path === null || path === title.posterPath ? null : orNull(tmdb.image(path));
}

/** "Not found" is an answer, not a failure. */
async function orNull<Result>(asked: Promise<Result>): Promise<Result | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof TmdbError && error.failure === 'not_found') return null;
    throw error;
  }
}
