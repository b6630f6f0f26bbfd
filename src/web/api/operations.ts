import type { Request } from 'express';
import type { z } from 'zod';
import type { WebContext } from '../context.ts';

/**
 * One operation of the API: what the router needs to serve it and what the OpenAPI document says of it, in one place.
 */
export interface Operation<Body = unknown, Query = unknown> {
  method: 'get' | 'post' | 'put' | 'delete';
  /** With OpenAPI's braces: `/titles/{id}`. */
  path: string;
  operationId: string;
  summary: string;
  /**
   * `open`: anyone, changes nothing but the run. `person`: a session or visitor cookie with the form token, or a personal
   * token. `account`: the same, but a visitor's cookie is not enough.
   */
  access: 'open' | 'person' | 'account';
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  /** Status and schema of the good answer; no schema for 204. */
  answers: { status: 200 | 204; schema?: z.ZodType; description: string };
  handle(input: {
    request: Request;
    context: WebContext;
    /** The number in the path, when there is one. */
    id: number;
    body: Body;
    query: Query;
  }): Promise<unknown>;
}

/** Keeps the types of one operation together and forgets them for the list. */
export const operation = <Body, Query>(one: Operation<Body, Query>): Operation => one as unknown as Operation;
