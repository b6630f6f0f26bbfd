import { z } from 'zod';
import type { RecommendationRequest } from '../domain.ts';

/**
 * What goes in and out of the JSON API. Requests are validated by these schemas and the OpenAPI document is generated
 * from them, so the two cannot differ. Unknown fields are ignored.
 */

/** NUL characters and lone surrogates can neither be stored nor shown: they are dropped. */
const clean = (text: string): string => text.toWellFormed().replaceAll('\0', '');
const text = (longest: number) => z.string().max(longest).overwrite(clean);
const name = text(200);
const names = z.array(name).max(100);

export const stars = z
  .number()
  .min(0.5)
  .max(5)
  .multipleOf(0.5)
  .meta({ description: '0.5 to 5 by halves', example: 4 });
export const movieId = z
  .int()
  .min(1)
  .max(2_147_483_647)
  .meta({ description: 'MovieLens item id; own ids from 1,000,000' });

const filters = z
  .object({
    genres: names,
    excludeGenres: names,
    yearFrom: z.int().min(1800).max(2200),
    yearTo: z.int().min(1800).max(2200),
    kinds: z.array(z.enum(['movie', 'tv'])).max(2),
    providers: names,
    countries: names,
    excludeCountries: names,
    languages: names,
    excludeLanguages: names,
    people: names.meta({ description: 'Actors, directors or creators.' }),
    excludePeople: names,
  })
  .partial()
  .meta({
    id: 'Filters',
    description: 'A missing fact fails an include filter and passes an exclude filter.',
  });

const givenRating = z.union([
  z.object({ movieId, rating: stars }),
  z.object({ title: name, year: z.int().optional(), rating: stars }),
]);
const weight = z.number().min(-1).max(1).default(1);
const givenTag = z.union([z.object({ tagId: z.int(), weight }), z.object({ name, weight })]);

const shared = {
  ratings: z
    .array(givenRating)
    .max(1000)
    .default([])
    .meta({ description: 'What is said now wins over the profile.' }),
  tags: z.array(givenTag).max(200).default([]),
  importance: z
    .number()
    .min(0)
    .max(100)
    .optional()
    .meta({ description: '0 words only … 100 taste only; default by evidence' }),
  usePastRatings: z.boolean().optional().meta({ description: 'Default: true when signed in.' }),
  k: z.int().min(1).max(100).default(10),
  filters: filters.prefault({}),
  popularity: z.number().min(0).max(0.5).default(0.1).meta({ description: 'Larger: fewer blockbusters.' }),
  diversity: z.number().min(0).max(1).default(0),
  blend: z.enum(['linear', 'geometric']).default('linear'),
  tagMatch: z.enum(['smoothed', 'classic']).default('smoothed'),
};

export const liteBody = z.object(shared).meta({ id: 'LiteRequest' });
export const recommendationBody = z
  .object({
    prompt: text(4000).optional(),
    chatModel: z.string().max(60).optional().meta({ description: 'An id; "none" = no model.' }),
    ...shared,
  })
  .meta({ id: 'RecommendationRequest' });

/** The validated body as a request of the domain. `undefined` fields are left out, as its type asks. */
export function toRequest(
  body: z.output<typeof recommendationBody> | z.output<typeof liteBody>,
  isSignedIn: boolean,
): RecommendationRequest {
  const defined = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
  return { ...defined, usePastRatings: body.usePastRatings ?? isSignedIn } as RecommendationRequest;
}

export const ratingBody = z.object({ rating: stars }).meta({ id: 'RatingBody' });

const page = (most: number, usual: number) => z.coerce.number().int().min(1).max(most).default(usual);
export const searchQuery = z.object({ q: text(400).default(''), k: page(100, 20) });
export const nearQuery = z.object({ k: page(100, 12) });
export const completeQuery = z.object({ query: text(200).default(''), k: page(50, 15) });

// Answers, for the document.
const count = z.int().min(0);
export const titleBrief = z
  .object({ movieId, title: z.string(), year: z.int(), kind: z.enum(['movie', 'tv']), imdbId: z.string().nullable(), posterUrl: z.string() })
  .meta({ id: 'TitleBrief', description: '`title` never contains the year.' }); // prettier-ignore
const opinion = z.object({ movieId, title: z.string(), year: z.int(), rating: z.number(), said: z.string() });
const suggestion = z.object({ movieId, title: z.string(), year: z.int() });
const because = z.object({ movieId, title: z.string(), weight: z.number(), share: z.number() });
const matchedTag = z.object({ tagId: z.int(), name: z.string(), weight: z.number() });
export const recommendationAnswer = z
  .object({
    runId: z.string(),
    understood: z.object({
      opinions: z.array(opinion),
      preferences: z.string(),
      filters,
      unmatched: z.array(z.object({ said: z.string(), suggestions: z.array(suggestion) })),
    }),
    scoring: z.object({
      fit: z.enum(['llm', 'text', 'tags', 'none']),
      taste: z.enum(['cf', 'popularity', 'none']),
      blend: z.enum(['linear', 'geometric']),
      importance: z.number(),
      importanceReason: z.string().optional(),
      chatModel: z.string().optional(),
      degraded: z
        .object({
          code: z.enum(['no_chat_model', 'chosen_off', 'timeout', 'unreachable', 'rate_limited', 'bad_answer', 'budget', 'circuit_open', 'partial']), // prettier-ignore
          reason: z.string(),
          stage: z.enum(['understand', 'score']).optional(),
        })
        .optional(),
    }),
    items: z.array(
      z.object({
        rank: z.int(),
        ...titleBrief.shape,
        score: z.number().meta({ description: '10 × blend ÷ best blend of the list' }),
        cf: z.object({ score: z.number(), raw: z.number(), because: z.array(because) }).nullable(),
        fit: z
          .object({
            score: z.number(),
            by: z.enum(['llm', 'text', 'tags']),
            reason: z.string().optional(),
            matched: z.array(z.union([z.string(), matchedTag])).optional(),
          })
          .nullable(),
      }),
    ),
    usage: z.object({
      calls: count,
      cachedCalls: count,
      promptTokens: count,
      completionTokens: count,
      costUsd: z.number().optional(),
      ms: count,
    }),
    shortfall: z
      .object({
        wanted: count,
        left: count,
        tightest: z
          .string()
          .nullable()
          .meta({ description: 'The filter that keeps most titles away; null when none does.' }),
        drop: z.array(z.string()).optional().meta({
          description:
            'The filters to leave out together for more titles, `tightest` first: both ends of a span of years, or several where one alone brings nothing.',
        }),
      })
      .optional()
      .meta({ description: 'Present when fewer than k titles are left.' }),
  })
  .meta({ id: 'RecommendationAnswer' });

export const titleFull = z
  .object({
    ...titleBrief.shape,
    originalTitle: z.string().nullable(),
    otherTitles: z.array(z.string()),
    genres: z.array(z.string()),
    directors: z.array(z.string()),
    cast: z.array(z.string()),
    countries: z.array(z.string()),
    languages: z.array(z.string()),
    runtimeMinutes: z.number().nullable(),
    plot: z.string().nullable(),
    providers: z.array(z.string()),
    tmdbId: z.number().nullable(),
    ratingCount: count,
    isRetired: z.boolean(),
    tags: z.array(z.object({ tagId: z.int(), name: z.string(), count, relevance: z.number().nullable() })),
  })
  .meta({ id: 'Title' });
const items = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });
export const searchAnswer = items(z.object({ ...titleBrief.shape, by: z.enum(['title', 'person', 'text']), matched: z.array(z.string()) })); // prettier-ignore
export const titleItems = items(titleBrief);
export const similarAnswer = items(z.object({ ...titleBrief.shape, by: z.enum(['taste', 'tags']), closeness: z.number() })); // prettier-ignore
export const tagItems = items(z.object({ tagId: z.int(), name: z.string(), uses: count }));
export const ratingRow = z
  .object({ movieId, rating: stars, createdAt: z.string().optional(), updatedAt: z.string().optional() })
  .meta({ id: 'Rating' });
export const markRow = z.object({ movieId }).meta({ id: 'Mark' });
export const exportAnswer = z
  .record(z.string(), z.unknown())
  .meta({ description: 'Everything kept about you.' });
export const problemAnswer = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    requestId: z.string(),
  })
  .meta({ id: 'Problem' });
