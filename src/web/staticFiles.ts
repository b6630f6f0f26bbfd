import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type RequestHandler } from 'express';
import type { WebContext } from './context.ts';

const STATIC = fileURLToPath(new URL('../../static', import.meta.url));
const require = createRequire(import.meta.url);
const packageFolder = (name: string): string => dirname(require.resolve(`${name}/package.json`));

/** The only files of other packages a browser may fetch: address below /static → file. */
function packageFiles(): Map<string, string> {
  const inter = join(packageFolder('@fontsource-variable/inter'), 'files');
  const serif = join(packageFolder('@fontsource/instrument-serif'), 'files');
  const sign = join(packageFolder('@fontsource/league-gothic'), 'files');
  const files = new Map<string, string>();
  for (const subset of ['latin', 'latin-ext', 'cyrillic', 'greek'])
    files.set(`/fonts/inter-${subset}.woff2`, join(inter, `inter-${subset}-wght-normal.woff2`));
  for (const subset of ['latin', 'latin-ext']) {
    files.set(
      `/fonts/instrument-serif-${subset}.woff2`,
      join(serif, `instrument-serif-${subset}-400-normal.woff2`),
    );
    files.set(`/fonts/league-gothic-${subset}.woff2`, join(sign, `league-gothic-${subset}-400-normal.woff2`));
  }
  files.set('/vendor/combobox-nav.js', join(packageFolder('@github/combobox-nav'), 'dist', 'index.js'));
  return files;
}

/** Asked for at the root by browsers and phones, whatever a page says. */
const ICONS: Record<string, string> = {
  '/favicon.ico': 'favicon.ico',
  '/favicon.svg': 'favicon.svg',
  '/apple-touch-icon.png': 'icon-180.png',
};

/** Our own files as they are, the allowed files of packages, the favicon and robots.txt. */
export function staticFiles(_context: WebContext): RequestHandler {
  const router = express.Router();
  for (const [address, file] of packageFiles())
    router.get(`/static${address}`, (_request, response) => {
      response.set('Cache-Control', 'public, max-age=31536000, immutable');
      response.sendFile(file, { cacheControl: false });
    });
  for (const [address, file] of Object.entries(ICONS))
    router.get(address, (_request, response) =>
      response.sendFile(join(STATIC, 'img', file), { maxAge: 86_400_000 }),
    );
  // Lists are not kept out here: they say noindex themselves, and a shared one may be fetched for the preview of its link.
  router.get('/robots.txt', (_request, response) => {
    response.type('text/plain').send('User-agent: *\nDisallow: /profile\nDisallow: /api/\n');
  });
  router.use('/static', express.static(STATIC, { index: false, maxAge: 300_000, redirect: false }));
  return router;
}
