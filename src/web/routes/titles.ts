import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { badInput, notFound } from '../../errors.ts';
import { showTitle } from '../../services/showTitle.ts';
import type { Person, WebContext } from '../context.ts';
import { localPath } from '../localPath.ts';
import { posterVariants } from '../posterVariants.ts';
import { presentTitle } from '../presenters/presentTitle.ts';
import { refuseFullVisitor } from '../visitorFull.ts';

const ratingForm = z.object({ rating: z.coerce.number().min(0.5).max(5).multipleOf(0.5) });

/**
 * `GET /titles/:movieId`, and the six changes a person can make to a title from any page: each a POST with `next`, the
 * local path to come back to.
 */
export function titleRoutes(context: WebContext): Router {
  const router = Router();

  router.get('/:movieId', async (request, response) => {
    const movieId = movieIdOf(request);
    const { library } = request;
    const profile = await request.person.keeper.read();
    const ratings = new Map(profile.ratings.map(({ movieId: rated, rating }) => [rated, rating]));
    response.render('pages/title', {
      page: presentTitle(showTitle(library, movieId, profile), {
        titleOf: (id) => library.catalogue.get(id),
        ratingOf: (id) => ratings.get(id) ?? null,
        posterVariants: posterVariants(library.catalogue, context.photographs),
      }),
    });
  });

  router.post('/:movieId/rate', async (request, response) => {
    const form = ratingForm.safeParse(request.body);
    if (!form.success) throw badInput('A rating is half a star to five stars, by halves.');
    await change(request, response, (keeper, movieId) => keeper.rate(movieId, form.data.rating));
  });
  router.post('/:movieId/unrate', (request, response) =>
    change(request, response, (keeper, movieId) => keeper.unrate(movieId)),
  );
  router.post('/:movieId/hide', (request, response) =>
    change(request, response, (keeper, movieId) => keeper.hide(movieId)),
  );
  router.post('/:movieId/unhide', (request, response) =>
    change(request, response, (keeper, movieId) => keeper.unhide(movieId)),
  );
  router.post('/:movieId/save', (request, response) =>
    change(request, response, (keeper, movieId) => keeper.save(movieId)),
  );
  router.post('/:movieId/unsave', (request, response) =>
    change(request, response, (keeper, movieId) => keeper.unsave(movieId)),
  );
  return router;
}

async function change(
  request: Request,
  response: Response,
  apply: (keeper: Person['keeper'], movieId: number) => Promise<unknown>,
): Promise<void> {
  const movieId = movieIdOf(request);
  if (!request.library.catalogue.get(movieId)) throw notFound('No title has this address.');
  const next = localPath((request.body as { next?: unknown } | undefined)?.next, `/titles/${movieId}`);
  try {
    await apply(request.person.keeper, movieId);
  } catch (error) {
    return refuseFullVisitor(error, response, next);
  }
  response.redirect(303, next);
}

/** Malformed ids are addresses of nothing. */
function movieIdOf(request: Request): number {
  const text = String(request.params['movieId']);
  if (!/^[1-9]\d{0,9}$/.test(text)) throw notFound('No title has this address.');
  return Number(text);
}
