import { setTimeout as sleep } from 'node:timers/promises';
import type { Pace } from './pace.ts';
import { TmdbError } from './tmdbError.ts';

export interface ExchangeOptions {
  pace: Pace;
  headers: Record<string, string>;
  /** For one try, from the first byte sent to the last one read. */
  timeoutMs: number;
  maxBytes: number;
  maxTries: number;
  /** First pause between tries when the server names none; it doubles each time. */
  firstWaitMs: number;
  /** A Retry-After longer than this is not waited for. */
  longestWaitMs: number;
  /** Ends waiting and asking at once. */
  signal?: AbortSignal;
}

export interface Answer {
  type: string;
  bytes: Buffer;
}

/**
 * Fetches one address: no redirects, a limit on time and size, more tries where they may help.
 * @throws TmdbError
 */
export async function exchange(url: URL, options: ExchangeOptions): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await options.pace.run(() => tryOnce(url, options), options.signal);
    } catch (thrown) {
      const error = toTmdbError(thrown);
      const waitMs = error.retryAfterMs ?? options.firstWaitMs * 2 ** (attempt - 1);
      if (error.failure === 'rate_limited') options.pace.rest(Math.min(waitMs, options.longestWaitMs));
      if (
        options.signal?.aborted ||
        !error.isPassing ||
        attempt >= options.maxTries ||
        waitMs > options.longestWaitMs
      )
        throw error;
      // Whoever stops us while we wait finds out at the next try.
      await sleep(waitMs, null, options.signal ? { signal: options.signal } : {}).catch(() => {});
    }
  }
}

async function tryOnce(url: URL, options: ExchangeOptions): Promise<Answer> {
  const inTime = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal ? AbortSignal.any([inTime, options.signal]) : inTime;
  const response = await fetch(url, { headers: options.headers, redirect: 'manual', signal });
  if (!response.ok) {
    await response.body?.cancel();
    throw failureOf(response);
  }
  const type = (response.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  return { type, bytes: await readWithin(response, options.maxBytes) };
}

async function readWithin(response: Response, maxBytes: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const piece = await reader?.read();
    if (!piece || piece.done) break;
    size += piece.value.byteLength;
    if (size > maxBytes) {
      await reader!.cancel();
      throw new TmdbError('bad_answer', `more than ${maxBytes} bytes`);
    }
    pieces.push(piece.value);
  }
  return Buffer.concat(pieces);
}

function failureOf({ status, headers }: Response): TmdbError {
  if (status === 401 || status === 403) return new TmdbError('refused_key');
  if (status === 404 || status === 410) return new TmdbError('not_found');
  const retryAfterMs = parseRetryAfter(headers.get('retry-after'));
  if (status === 429) return new TmdbError('rate_limited', '', retryAfterMs);
  if (status === 408 || status >= 500)
    return new TmdbError('unreachable', `it answered ${status}`, retryAfterMs);
  const isRedirect = status >= 300 && status < 400;
  return new TmdbError('bad_answer', isRedirect ? 'it redirects, which is not followed' : `status ${status}`);
}

/** Seconds or an HTTP date as milliseconds from now. */
function parseRetryAfter(header: string | null): number | undefined {
  if (!header) return undefined;
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** What fetch throws names the address, which may hold the key: only its kind is kept. */
function toTmdbError(thrown: unknown): TmdbError {
  if (thrown instanceof TmdbError) return thrown;
  const isTimeout = thrown instanceof Error && thrown.name === 'TimeoutError';
  return new TmdbError(isTimeout ? 'timeout' : 'unreachable');
}
