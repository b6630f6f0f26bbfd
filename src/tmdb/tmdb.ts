import type { z } from 'zod';
import type { Config } from '../config.ts';
import type { Kind } from '../domain.ts';
import { parseJson } from '../parseJson.ts';
import { exchange, type ExchangeOptions } from './exchange.ts';
import { type ImageType, imageTypeOf } from './imageType.ts';
import { createPace } from './pace.ts';
import { choosePoster, readDetails, readProviders, type TmdbTitle } from './readAnswers.ts';
import {
  detailsAnswer, discoverAnswer, findAnswer, imagesAnswer, POSTER_PATH, providersAnswer,
} from './schemas.ts'; // prettier-ignore
import { TmdbError } from './tmdbError.ts';

/** What we ask The Movie Database. Every call may throw a TmdbError; `null` means that TMDB knows of nothing. */
export interface Tmdb {
  findByImdbId(imdbId: string): Promise<{ kind: Kind; tmdbId: number; posterPath: string | null } | null>;
  /** The path of the poster to show: English first, then votes. */
  bestPoster(kind: Kind, tmdbId: number): Promise<string | null>;
  /** A poster, 500 pixels wide. */
  image(posterPath: string): Promise<{ bytes: Buffer; type: ImageType }>;
  /** Ids of what came out between two days (`2026-01-31`, both included); TMDB shows 500 pages at most. */
  discover(kind: Kind, query: DiscoverQuery): Promise<{ tmdbIds: number[]; pages: number }>;
  details(kind: Kind, tmdbId: number, region: string): Promise<TmdbTitle>;
  /** Where it streams in a region such as `US`. */
  watchProviders(kind: Kind, tmdbId: number, region: string): Promise<string[]>;
}

export interface DiscoverQuery {
  from: string;
  until: string;
  minVotes: number;
  page: number;
}

/** TMDB allows about 40 requests a second; half of that leaves room for others with the same key. */
const PACE = { perSecond: 20, atOnce: 6 };
const LIMITS = {
  timeoutMs: 8000,
  maxTries: 3,
  firstWaitMs: 500,
  longestWaitMs: 15_000,
  maxJsonBytes: 3_000_000,
  maxImageBytes: 3_000_000,
};
export type TmdbLimits = typeof LIMITS & typeof PACE;

const API = 'https://api.themoviedb.org/3';
const IMAGES = 'https://image.tmdb.org/t/p';
const APPENDED = 'credits,keywords,external_ids,watch/providers';

/** null without a key: then nobody is asked anything. Keys are v3 (32 hexadecimal digits) or v4 tokens. */
export function createTmdb(
  settings: Config['tmdb'],
  limits: Partial<TmdbLimits> & { signal?: AbortSignal } = {},
): Tmdb | null {
  const { apiKey } = settings;
  if (!apiKey) return null;
  const { maxJsonBytes, maxImageBytes, perSecond, atOnce, ...rest } = { ...LIMITS, ...PACE, ...limits };
  const isToken = apiKey.includes('.');
  const askApi: ExchangeOptions = {
    ...rest,
    pace: createPace({ perSecond, atOnce }),
    headers: { accept: 'application/json', ...(isToken ? { authorization: `Bearer ${apiKey}` } : {}) },
    maxBytes: maxJsonBytes,
  };
  // The key is for the API alone: pictures come from another host.
  const askImages: ExchangeOptions = {
    ...rest,
    pace: createPace({ perSecond, atOnce }),
    headers: { accept: 'image/*' },
    maxBytes: maxImageBytes,
  };
  const { apiBase, imageBase } = addressesOf(settings);

  async function ask<Schema extends z.ZodType>(
    schema: Schema,
    path: string,
    query: Record<string, string> = {},
  ): Promise<z.infer<Schema>> {
    const url = new URL(`${apiBase}${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    if (!isToken) url.searchParams.set('api_key', apiKey!);
    const { bytes } = await exchange(url, askApi);
    const parsed = schema.safeParse(parseJson(bytes.toString('utf8')));
    if (!parsed.success) throw new TmdbError('bad_answer', path);
    return parsed.data;
  }

  return {
    async findByImdbId(imdbId) {
      const found = await ask(findAnswer, `/find/${encodeURIComponent(imdbId)}`, {
        external_source: 'imdb_id',
      });
      const [movie] = found.movie_results;
      const [show] = found.tv_results;
      const one = movie ?? show;
      return one
        ? { kind: movie ? 'movie' : 'tv', tmdbId: one.id, posterPath: one.poster_path ?? null }
        : null;
    },
    bestPoster: async (kind, tmdbId) =>
      choosePoster(
        await ask(imagesAnswer, `/${kind}/${tmdbId}/images`, { include_image_language: 'en,null' }),
      ),
    async image(posterPath) {
      // A path may come from a table of somebody else's.
      if (!POSTER_PATH.test(posterPath)) throw new TmdbError('not_found', 'no path of a poster');
      const { bytes, type: said } = await exchange(new URL(`${imageBase}/w500${posterPath}`), askImages);
      const type = imageTypeOf(bytes);
      if (type === null || !/^(?:image\/|application\/octet-stream$|$)/.test(said))
        throw new TmdbError('bad_answer', 'not a picture');
      return { bytes, type };
    },
    async discover(kind, { from, until, minVotes, page }) {
      const date = kind === 'movie' ? 'primary_release_date' : 'first_air_date';
      const answer = await ask(discoverAnswer, `/discover/${kind}`, {
        [`${date}.gte`]: from,
        [`${date}.lte`]: until,
        'vote_count.gte': String(minVotes),
        include_adult: 'false',
        sort_by: `${date}.asc`,
        page: String(page),
      });
      return { tmdbIds: answer.results.map(({ id }) => id), pages: answer.total_pages };
    },
    async details(kind, tmdbId, region) {
      const answer = await ask(detailsAnswer, `/${kind}/${tmdbId}`, { append_to_response: APPENDED });
      const title = readDetails(kind, answer, region);
      if (!title) throw new TmdbError('bad_answer', `/${kind}/${tmdbId} has no name`);
      return title;
    },
    watchProviders: async (kind, tmdbId, region) =>
      readProviders(await ask(providersAnswer, `/${kind}/${tmdbId}/watch/providers`), region),
  };
}

/** Addresses come from the settings alone. A host without a path is taken for one that is laid out as TMDB's are. */
function addressesOf({ baseUrl, imageBaseUrl }: Config['tmdb']): { apiBase: string; imageBase: string } {
  const own = baseUrl === undefined ? null : new URL(baseUrl);
  const path = own?.pathname.replace(/\/+$/, '');
  return {
    apiBase: own ? `${own.origin}${path || '/3'}` : API,
    imageBase: imageBaseUrl?.replace(/\/+$/, '') ?? (own ? `${own.origin}/t/p` : IMAGES),
  };
}
