import { createHash } from 'node:crypto';
import { Router, type Request } from 'express';
import { notFound } from '../../errors.ts';
import { drawPoster } from '../../posters/drawPoster.ts';
import type { WebContext } from '../context.ts';
import { posterTags } from '../posterVariants.ts';

/** How many drawn posters are kept in memory: about 5 kB each. */
const KEPT = 2000;

/** A viewer waits this long for a photograph and sees the drawing then; the photograph is there the next time. */
const PATIENCE_MS = 10_000;
const KEPT_BY_BROWSERS = '7d';

/**
 * `/posters/{movieId}.svg?v=0–2`: the drawn poster of a title; `v` picks another fitting motif.
 * `/posters/{movieId}.jpg?v=0–2`: its photograph; leads to the drawn one when there is none.
 */
export function posterRoutes(context: WebContext): Router {
  const router = Router();
  const drawn = new Map<string, { svg: string; etag: string }>();
  router.get('/posters/:file', async (request, response, next) => {
    const movieId = /^(\d{1,10})\.jpg$/.exec(request.params.file)?.[1];
    if (movieId === undefined) return next();
    const title = context.library.current?.catalogue.get(Number(movieId));
    if (!title) throw notFound('There is no such poster.');
    const { photographs } = context;
    const name = await withinPatience(photographs.fileOf(title));
    const leadToDrawn = () => {
      response.set('Cache-Control', 'public, max-age=300');
      const variant = variantOf(request);
      response.redirect(302, `/posters/${movieId}.svg${variant > 0 ? `?v=${variant}` : ''}`);
    };
    if (name === null) return leadToDrawn();
    response.sendFile(name, { root: photographs.folder, maxAge: KEPT_BY_BROWSERS }, (error) => {
      // Somebody emptied the folder: the next look at it will tell.
      if (error && !response.headersSent) leadToDrawn();
    });
  });
  router.get('/posters/:file', (request, response) => {
    const movieId = /^(\d{1,10})\.svg$/.exec(request.params.file)?.[1];
    const catalogue = context.library.current?.catalogue;
    const row = movieId === undefined ? undefined : catalogue?.rowOf(Number(movieId));
    if (!catalogue || row === undefined) throw notFound('There is no such poster.');
    const variant = variantOf(request);
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
        tags: posterTags(catalogue, title.movieId),
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

const variantOf = ({ query }: Request): number =>
  ['1', '2'].includes(String(query['v'])) ? Number(query['v']) : 0;

async function withinPatience(file: Promise<string | null>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const tired = new Promise<null>((done) => (timer = setTimeout(() => done(null), PATIENCE_MS)));
  return Promise.race([file, tired]).finally(() => clearTimeout(timer));
}
