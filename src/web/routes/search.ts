import { Router } from 'express';
import { z } from 'zod';
import { completeTitles } from '../../services/completeNames.ts';
import { LONGEST_QUERY, searchTitles } from '../../services/searchTitles.ts';
import type { WebContext } from '../context.ts';
import { posterVariants } from '../posterVariants.ts';
import { presentSearch, presentSearchStart } from '../presenters/presentSearch.ts';

/** A query that comes twice counts once; one that is no text counts as none. */
const searchQuery = z.object({
  q: z
    .union([z.string(), z.array(z.string()).transform((all) => all[0] ?? '')])
    .transform((text) => text.slice(0, LONGEST_QUERY))
    .catch(''),
});

const STARTING_POINTS = ['Akira Kurosawa', 'submarine', 'time loop', 'Agnès Varda', 'courtroom', 'film noir'];
const SHOWN = 40;

/** `GET /search?q=`: titles, people and tags by plain words. */
export function searchRoutes({ photographs }: WebContext): Router {
  const router = Router();
  router.get('/', async (request, response) => {
    const { q } = searchQuery.parse(request.query);
    const { library } = request;
    const { ratings } = await request.person.keeper.read();
    const own = new Map(ratings.map(({ movieId, rating }) => [movieId, rating]));
    const context = {
      ratingOf: (movieId: number) => own.get(movieId) ?? null,
      posterVariants: posterVariants(library.catalogue, photographs),
    };
    const answer = searchTitles(library, q, SHOWN);
    const page =
      answer.query === ''
        ? presentSearchStart(completeTitles(library, '', 12), STARTING_POINTS, context)
        : presentSearch(answer, context, answer.results.length === SHOWN);
    response.render('pages/search', { page });
  });
  return router;
}
