import { notFound } from '../../errors.ts';
import { exportMe } from '../../services/accounts/exportMe.ts';
import { operation, type Operation } from './operations.ts';
import * as schemas from '../../contract/schemas.ts';
import { rowOf } from './titles.ts';

/** What a person keeps: ratings, hidden titles, the watchlist. A visitor's cookie counts as a person. */
export const personalOperations: Operation[] = [
  operation({
    method: 'get',
    path: '/ratings/{id}',
    operationId: 'readRating',
    summary: 'Your rating of a title',
    access: 'person',
    answers: { status: 200, schema: schemas.ratingRow, description: 'The rating' },
    async handle({ request, id }) {
      rowOf(request.library, id);
      const { ratings } = await request.person.keeper.read();
      const row = ratings.find(({ movieId }) => movieId === id);
      if (!row) throw notFound('You have not rated this title.');
      return row;
    },
  }),
  operation({
    method: 'put',
    path: '/ratings/{id}',
    operationId: 'rate',
    summary: 'Rate a title, or change the rating',
    access: 'person',
    body: schemas.ratingBody,
    answers: { status: 200, schema: schemas.ratingRow, description: 'The rating as it is kept' },
    async handle({ request, id, body }) {
      rowOf(request.library, id);
      return request.person.keeper.rate(id, body.rating);
    },
  }),
  operation({
    method: 'delete',
    path: '/ratings/{id}',
    operationId: 'unrate',
    summary: 'Remove a rating; no error when there was none',
    access: 'person',
    answers: { status: 204, description: 'It is gone' },
    async handle({ request, id }) {
      rowOf(request.library, id);
      await request.person.keeper.unrate(id);
    },
  }),
  ...markOperations('hidden', 'hide', 'unhide', 'Never recommend a title again'),
  ...markOperations('watchlist', 'save', 'unsave', 'Put a title on the watchlist'),
  operation({
    method: 'get',
    path: '/me/export',
    operationId: 'exportMe',
    summary: 'Everything kept about your account',
    access: 'account',
    answers: { status: 200, schema: schemas.exportAnswer, description: 'Your data' },
    async handle({ request, context }) {
      return exportMe(context.store, request.person.user!.userId);
    },
  }),
];

function markOperations(
  list: string,
  add: 'hide' | 'save',
  remove: 'unhide' | 'unsave',
  summary: string,
): Operation[] {
  return [
    operation({
      method: 'put',
      path: `/${list}/{id}`,
      operationId: add,
      summary,
      access: 'person',
      answers: { status: 200, schema: schemas.markRow, description: 'It is marked' },
      async handle({ request, id }) {
        rowOf(request.library, id);
        await request.person.keeper[add](id);
        return { movieId: id };
      },
    }),
    operation({
      method: 'delete',
      path: `/${list}/{id}`,
      operationId: remove,
      summary: `Undo: ${summary.toLowerCase()}; no error when it was not marked`,
      access: 'person',
      answers: { status: 204, description: 'It is not marked any more' },
      async handle({ request, id }) {
        rowOf(request.library, id);
        await request.person.keeper[remove](id);
      },
    }),
  ];
}
