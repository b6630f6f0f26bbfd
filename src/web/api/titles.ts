import { notFound } from '../../errors.ts';
import { completeTags, completeTitles } from '../../services/completeNames.ts';
import type { Library } from '../../services/library.ts';
import { searchTitles } from '../../services/searchTitles.ts';
import { titlesNearByTags, titlesNearByTaste } from '../../services/showTitle.ts';
import { operation, type Operation } from './operations.ts';
import { presentBrief } from '../../contract/presentAnswer.ts';
import * as schemas from '../../contract/schemas.ts';

/** Reading the catalogue: search, one title, what is near it, autocompletes. */
export const titleOperations: Operation[] = [
  operation({
    method: 'get',
    path: '/search',
    operationId: 'search',
    summary: 'Plain text search over titles, people and tags',
    access: 'open',
    query: schemas.searchQuery,
    answers: { status: 200, schema: schemas.searchAnswer, description: 'Best first' },
    async handle({ request, context, query }) {
      const { results } = searchTitles(request.library, query.q, query.k);
      return {
        items: results.map(({ title, by, matched }) => ({
          ...presentBrief(title, context.config.publicUrl),
          by,
          matched,
        })),
      };
    },
  }),
  operation({
    method: 'get',
    path: '/titles',
    operationId: 'completeTitles',
    summary: 'Titles these letters may mean; an empty query gives the best known',
    access: 'open',
    query: schemas.completeQuery,
    answers: { status: 200, schema: schemas.titleItems, description: 'Likeliest first' },
    async handle({ request, context, query }) {
      const found = completeTitles(request.library, query.query, query.k);
      return { items: found.map((title) => presentBrief(title, context.config.publicUrl)) };
    },
  }),
  operation({
    method: 'get',
    path: '/titles/{id}',
    operationId: 'readTitle',
    summary: 'One title with its facts and tags',
    access: 'open',
    answers: { status: 200, schema: schemas.titleFull, description: 'The title' },
    async handle({ request, context, id }) {
      const row = rowOf(request.library, id);
      const title = request.library.catalogue.titles[row]!;
      const { originalTitle, otherTitles, genres, directors, cast, countries, languages } = title;
      return {
        ...presentBrief(title, context.config.publicUrl),
        ...{ originalTitle, otherTitles, genres, directors, cast, countries, languages },
        runtimeMinutes: title.runtimeMinutes,
        plot: title.plot,
        providers: title.providers,
        tmdbId: title.tmdbId,
        ratingCount: title.ratingCount,
        isRetired: title.isRetired,
        tags: request.library.catalogue.tagsOf(row),
      };
    },
  }),
  operation({
    method: 'get',
    path: '/titles/{id}/similar',
    operationId: 'similarTitles',
    summary: 'Titles near this one, by taste and by tags',
    access: 'open',
    query: schemas.nearQuery,
    answers: { status: 200, schema: schemas.similarAnswer, description: 'Near by taste first, then by tags' },
    async handle({ request, context, id, query }) {
      const row = rowOf(request.library, id);
      const nobody = { ratings: [], hidden: [], watchlist: [] };
      const byTaste = titlesNearByTaste(request.library, row, nobody, query.k);
      const byTags = titlesNearByTags(request.library, row, nobody, query.k);
      const items = [
        ...byTaste.map(({ title, closeness }) => ({ title, closeness, by: 'taste' })),
        ...byTags.map(({ title, closeness }) => ({ title, closeness, by: 'tags' })),
      ];
      const unique = [
        ...new Map(items.toReversed().map((item) => [item.title.movieId, item])).values(),
      ].toReversed();
      return {
        items: unique.slice(0, query.k).map(({ title, by, closeness }) => ({
          ...presentBrief(title, context.config.publicUrl),
          by,
          closeness,
        })),
      };
    },
  }),
  operation({
    method: 'get',
    path: '/tags',
    operationId: 'completeTags',
    summary: 'Tags these letters may mean; an empty query gives the 15 most used',
    access: 'open',
    query: schemas.completeQuery,
    answers: { status: 200, schema: schemas.tagItems, description: 'Likeliest first' },
    async handle({ request, query }) {
      return { items: completeTags(request.library, query.query, query.k) };
    },
  }),
];

/** @throws AppError 404 */
export function rowOf(library: Library, movieId: number): number {
  const row = library.catalogue.rowOf(movieId);
  if (row === undefined) throw notFound('There is no title with this id.');
  return row;
}
