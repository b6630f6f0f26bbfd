import { Router, type Request, type RequestHandler } from 'express';
import { parseInput } from '../../contract/parseInput.ts';
import { AppError, badInput, notFound, notSignedIn } from '../../errors.ts';
import type { WebContext } from '../context.ts';
import { forgeryProtection } from '../middleware/forgery.ts';
import { limitRate } from '../middleware/limits.ts';
import { hasVisitorCookie } from '../middleware/visitor.ts';
import { openApiDocument } from './openApi.ts';
import type { Operation } from './operations.ts';
import { personalOperations } from './personal.ts';
import { recommendationOperations } from './recommendations.ts';
import { titleOperations } from './titles.ts';

/** Every operation of the JSON API. */
export const operations: readonly Operation[] = [
  ...recommendationOperations,
  ...titleOperations,
  ...personalOperations,
];

/** `/api/v1`: each operation with its guard, its validation and its answer; errors go to the one handler. */
export function apiRoutes(context: WebContext): Router {
  const router = Router();
  let document: unknown;
  router.get('/openapi.json', (_request, response) => {
    response.json((document ??= openApiDocument(operations, context.chatModels.list())));
  });
  const limitLists = limitRate(context, context.config.rateLimits.recommendationsPerMinute);
  for (const one of operations) {
    const guards: RequestHandler[] = one.method === 'post' ? [limitLists] : [];
    if (one.access !== 'open') guards.push(requirePerson(context, one));
    router[one.method](addressOf(one), ...guards, async (request, response) => {
      const answer = await one.handle({
        request,
        context,
        id: one.path.includes('{id}') ? pathId(request) : 0,
        body: one.body ? parseInput(one.body, jsonBody(request)) : undefined,
        query: one.query ? parseInput(one.query, firstValues(request.query)) : undefined,
      });
      response.set('Cache-Control', 'no-store');
      if (one.answers.status === 204) response.status(204).end();
      else response.status(one.answers.status).json(answer);
    });
  }
  refuseTheRest(router);
  return router;
}

/** OpenAPI's `/titles/{id}` as Express writes it. */
const addressOf = ({ path }: Operation): string => path.replace(/\{(\w+)\}/g, ':$1');

/** An address with another method is 405, any other address 404: neither falls through to the pages. */
function refuseTheRest(router: Router): void {
  const methods = new Map([['/openapi.json', ['GET', 'HEAD']]]);
  for (const one of operations) {
    const { method } = one;
    const address = addressOf(one);
    const known = methods.get(address) ?? [];
    methods.set(address, [...known, method.toUpperCase(), ...(method === 'get' ? ['HEAD'] : [])]);
  }
  for (const [address, allowed] of methods)
    router.all(address, (request, response) => {
      response.set('Allow', [...allowed, 'OPTIONS'].join(', '));
      if (request.method === 'OPTIONS') return response.status(204).end();
      throw new AppError('method_not_allowed', 405, `${request.method} is not possible here.`);
    });
  router.use(() => {
    throw notFound('The API has no such address.');
  });
}

/** 401 without any credentials; 403 with a cookie but without its form token. */
function requirePerson(context: WebContext, one: Operation): RequestHandler {
  const { requireToken } = forgeryProtection(context);
  return (request, response, next) => {
    const isKnown =
      request.person.user !== null || (one.access === 'person' && hasVisitorCookie(request, context));
    if (!isKnown) throw notSignedIn('Sign in, or send a personal token as `Authorization: Bearer …`.');
    void requireToken(request, response, (problem?: unknown) => {
      if (problem) return next(problem);
      next();
    });
  };
}

function pathId(request: Request): number {
  const text = String(request.params['id'] ?? '');
  if (!/^\d{1,10}$/.test(text)) throw notFound('There is no title with this id.');
  return Number(text);
}

/** Of a repeated query field the first counts; an array is no value. */
const firstValues = (query: Request['query']): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(query).map(([key, value]) => [key, Array.isArray(value) ? value[0] : value]),
  );

/** A body must be JSON and say so: a plain HTML form cannot send that from another site. */
function jsonBody(request: Request): unknown {
  if (request.get('content-type') && !request.is('json'))
    throw badInput('Send JSON with `Content-Type: application/json`.');
  return request.body ?? {};
}
