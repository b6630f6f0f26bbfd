import { z } from 'zod';

/** TMDB's answers. Only what we cannot do without is required; another fact of a wrong type counts as unknown. */
const text = z.string().nullish().catch(null);
const number = z.number().nullish().catch(null);
const id = z.int().positive();

/** A list in which entries that do not fit are passed over. */
const listOf = <Entry>(entry: z.ZodType<Entry>) =>
  z
    .array(z.unknown())
    .nullish()
    .catch(null)
    .transform((all) => (all ?? []).flatMap((one) => entry.safeParse(one).data ?? []));

const named = z.object({ name: z.string() });

/** `/abc.jpg`: nothing else may become part of an address. */
export const POSTER_PATH = /^\/[\w-][\w.-]*\.(?:jpe?g|png|webp)$/i;
const posterPath = z.string().regex(POSTER_PATH).nullish().catch(null);

export const findAnswer = z.object({
  movie_results: listOf(z.object({ id, poster_path: posterPath })),
  tv_results: listOf(z.object({ id, poster_path: posterPath })),
});

export const imagesAnswer = z.object({
  posters: listOf(
    z.object({ file_path: posterPath, iso_639_1: text, vote_average: number, vote_count: number }),
  ),
});

export const discoverAnswer = z.object({
  page: z.int().positive(),
  total_pages: z.int().min(0),
  results: listOf(z.object({ id })),
});

const region = z.object({
  flatrate: listOf(z.object({ provider_name: z.string() })),
  free: listOf(z.object({ provider_name: z.string() })),
  ads: listOf(z.object({ provider_name: z.string() })),
});
export const providersAnswer = z.object({ results: z.record(z.string(), region.catch(region.parse({}))) });

/** `/movie/{id}` and `/tv/{id}` with credits, keywords, external ids and providers in the same answer. */
export const detailsAnswer = z.object({
  id,
  title: text,
  name: text,
  original_title: text,
  original_name: text,
  release_date: text,
  first_air_date: text,
  status: text,
  adult: z.boolean().nullish().catch(null),
  runtime: number,
  episode_run_time: listOf(z.number()),
  tagline: text,
  overview: text,
  genres: listOf(named),
  original_language: text,
  production_countries: listOf(z.object({ iso_3166_1: z.string() })),
  origin_country: listOf(z.string()),
  vote_count: number,
  poster_path: posterPath,
  imdb_id: text,
  created_by: listOf(named),
  external_ids: z.object({ imdb_id: text }).nullish().catch(null),
  credits: z
    .object({ cast: listOf(named), crew: listOf(z.object({ name: z.string(), job: z.string() })) })
    .nullish()
    .catch(null),
  keywords: z
    .object({ keywords: listOf(named), results: listOf(named) })
    .nullish()
    .catch(null),
  'watch/providers': providersAnswer.nullish().catch(null),
});
export type DetailsAnswer = z.infer<typeof detailsAnswer>;
