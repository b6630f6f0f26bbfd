import type { Response } from 'express';
import type { Run } from '../domain.ts';
import type { Logger } from '../logger.ts';
import type { RunEvent, RunListener } from '../services/runDesk.ts';
import type { ResultsRegion } from './presenters/presentResults.ts';

/** A comment line now and then keeps proxies from closing a quiet stream. */
const HEARTBEAT_MS = 15_000;
/** Fifty scores may come within a second: the list is shown at most this often, then as far as it has come. */
const LEAST_BETWEEN_LISTS_MS = 200;

interface Following {
  present(run: Run): ResultsRegion;
  /** null when the run is not being made here any more. */
  follow(listener: RunListener): (() => void) | null;
  /** As it is stored. */
  readAgain(): Promise<Run>;
  logger: Logger;
}

/**
 * Server-sent events of a list in the making: `progress` {line, done, total}, `list` {html} (the region of the page that
 * changes), `done` {html} at the end. Of events that come faster than they are shown only the last is. Whoever comes late
 * gets the end at once.
 */
export function streamRun(response: Response, run: Run, following: Following): void {
  // Read before the first byte: the token may set a cookie.
  const locals = { ...response.locals };
  response.set({
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  const send = (event: string, data: object) =>
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  const show = async (event: RunEvent): Promise<void> => {
    if (event.type === 'done') {
      send('done', { html: await renderRegion(response, locals, following.present(event.run)) });
      response.end();
      return;
    }
    send('progress', { line: event.line, done: event.done, total: event.total });
    if (event.run.candidates.length > 0)
      send('list', { html: await renderRegion(response, locals, following.present(event.run)) });
  };
  const tell = latestOnly(
    async (event: RunEvent) => {
      if (!response.writableEnded) await show(event);
    },
    (event) => event.type === 'done',
    (error) => {
      following.logger.error({ err: error, runId: run.runId }, 'a list could not be streamed');
      response.end();
    },
  );
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
  const unfollow = following.follow(tell);
  response.on('close', () => {
    clearInterval(heartbeat);
    unfollow?.();
  });
  if (!unfollow)
    following.readAgain().then(
      (stored) => tell({ type: 'done', run: stored }),
      () => response.end(),
    );
}

/** Hands on one event after the other, never more often than the pause allows; what is overtaken is left out, the last never is. */
function latestOnly<T>(
  handle: (event: T) => Promise<void>,
  isLast: (event: T) => boolean,
  onProblem: (error: unknown) => void,
): (event: T) => void {
  let waiting: T | null = null;
  let isBusy = false;
  let wake = () => {};
  const drain = async (): Promise<void> => {
    isBusy = true;
    for (let event = waiting; event !== null; event = waiting) {
      waiting = null;
      await handle(event);
      if (isLast(event)) return;
      if (waiting === null || !isLast(waiting))
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, LEAST_BETWEEN_LISTS_MS);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
    }
    isBusy = false;
  };
  return (event) => {
    waiting = event;
    if (isLast(event)) wake();
    if (!isBusy) drain().catch(onProblem);
  };
}

function renderRegion(response: Response, locals: object, page: ResultsRegion): Promise<string> {
  return new Promise((resolve, reject) => {
    response.app.render(
      'partials/results-region',
      { ...locals, page },
      (error: Error | null, html?: string) => (error ? reject(error) : resolve(html ?? '')),
    );
  });
}
