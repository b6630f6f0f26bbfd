import type { WebContext } from '../../src/web/context.ts';
import { createServer } from '../../src/web/server.ts';

/** A router as Express tells of itself. */
interface Listed {
  listRoutes(): { path: unknown; methods?: string[]; router?: Listed }[];
}

/** Every address of the site with its method, as the router itself lists them: `POST /titles/:movieId/rate`. */
export function routesOf(context: WebContext): string[] {
  const { router } = createServer(context) as unknown as { router: Listed };
  return [...new Set(walk(router, ''))].sort();
}

function walk(router: Listed, prefix: string): string[] {
  return router.listRoutes().flatMap(({ path, methods = [], router: below }) => {
    const whole = `${prefix}${String(path)}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
    if (below) return walk(below, whole);
    // `.all()` handlers refuse; HEAD and OPTIONS follow from the others.
    return methods
      .map((method) => method.toUpperCase())
      .filter((method) => !['*', 'HEAD', 'OPTIONS'].includes(method))
      .map((method) => `${method} ${whole}`);
  });
}
