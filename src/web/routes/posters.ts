import { createHash } from 'node:crypto';
import { Router } from 'express';
import { notFound } from '../../errors.ts';
import { drawPoster } from '../../posters/drawPoster.ts';
import type { WebContext } from '../context.ts';

/** How many drawn posters are kept in memory: about 5 kB each. */
const KEPT = 2000;

/** `/posters/{movieId}.svg?v=0–2`: the drawn poster of a title; `v` picks another fitting motif. */
export function posterRoutes(context: WebContext): Router {
  const router = Router();
  const drawn = new Map<string, { svg: string; etag: string }>();
  router.get('/posters/:file', (request, response) => {
    const movieId = /^(\d{1,10})\.svg$/.exec(request.params.file)?.[1];
    const catalogue = context.library.current?.catalogue;
    const row = movieId === undefined ? undefined : catalogue?.rowOf(Number(movieId));
    if (!catalogue || row === undefined) throw notFound('There is no such poster.');
    const variant = ['1', '2'].includes(String(request.query['v'])) ? Number(request.query['v']) : 0;
    const key = `${catalogue.version} ${movieId} ${variant}`;
    let poster = drawn.get(key);
    if (!poster) {
      const title = catalogue.titles[row]!;
      const svg = drawPoster({
        movieId: title.movieId,
        title: title.title,
        year: title.year,
        byline: title.directors.slice(0, 2).join(', '),
        genres: title.genres,
        tags: catalogue.tagsOf(row).slice(0, 15).map(({ name, relevance, count }) => ({ name, relevance: relevance ?? count / 100 })), // prettier-ignore
        kind: title.kind,
        variant,
      });
      poster = { svg, etag: `"${createHash('sha256').update(svg).digest('base64url').slice(0, 20)}"` };
      if (drawn.size >= KEPT) drawn.delete(drawn.keys().next().value!);
      drawn.set(key, poster);
    }
    response.set({ 'Cache-Control': 'public, max-age=86400', ETag: poster.etag });
    // An image that is opened on its own must not run anything either.
    response.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'");
    response.type('image/svg+xml').send(poster.svg);
  });
  return router;
}
