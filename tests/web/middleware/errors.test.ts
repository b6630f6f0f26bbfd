import type { Request, Response } from 'express';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import type { WebContext } from '../../../src/web/context.ts';
import { handleErrors } from '../../../src/web/middleware/errors.ts';

interface ErrorPage {
  status: number;
  heading: string;
  next: string | null;
  again: string | null;
}

/** What the error page is given for a failure. */
function pageOf(error: Error, request: { method?: string; originalUrl?: string } = {}): ErrorPage {
  let shown: ErrorPage | undefined;
  const nothing = () => undefined;
  const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
  const response = {
    headersSent: false,
    status: () => response,
    set: () => response,
    render: (_view: string, { page }: { page: ErrorPage }) => (shown = page),
  };
  void handleErrors({ logger: silent } as unknown as WebContext)(
    error,
    { path: '/about', method: 'GET', originalUrl: '/about?x=1', ...request } as Request,
    response as unknown as Response,
    () => undefined,
  );
  return shown!;
}

describe('a page that failed says one thing to do next', () => {
  it('too many requests: when to go on, and a link to the same page', () => {
    const page = pageOf(new AppError('too_many', 429, 'Too many.', { retryAfterSeconds: 42 }));
    expect(page).toMatchObject({ next: 'You can go on in 42 seconds.', again: '/about?x=1' });
    expect(pageOf(new AppError('too_many', 429, 'Too many.', { retryAfterSeconds: 3000 })).next).toBe(
      'You can go on in 50 minutes.',
    );
  });

  it('our own fault: that nothing is lost, and the same page again', () => {
    const page = pageOf(new Error('secret detail'));
    expect(page).toMatchObject({ status: 500, again: '/about?x=1' });
    expect(page.next).toContain('Nothing you kept is lost');
    expect(JSON.stringify(page)).not.toContain('secret detail');
  });

  it('too long: that the browser still has what was typed; a form is not sent again by a link', () => {
    const page = pageOf(new AppError('too_large', 413, 'Too long.'), { method: 'POST' });
    expect(page.next).toContain('back button');
    expect(page.again).toBeNull();
  });

  it('not found: nothing but the two buttons', () => {
    expect(pageOf(new AppError('not_found', 404, 'Gone.'))).toMatchObject({ next: null, again: null });
  });
});
