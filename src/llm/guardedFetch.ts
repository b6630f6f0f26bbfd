import { ChatModelError } from './chatModel.ts';
import { HttpFailure, isBeforeConnection } from './failures.ts';

/**
 * The one door to a provider. Goal: every failure on the wire is found here, alike for both SDKs: no redirects, no
 * stalled bodies (an SDK's `timeout` ends with the headers), no endless answers, Retry-After kept, keys and prompt out
 * of error messages.
 */
export interface Exchange {
  /** Longest silence between two pieces of a body. */
  idleMs: number;
  /** Longest wait for the first byte of the answer; Infinity leaves it to the deadline. */
  firstByteMs: number;
  /** Ends this attempt with an error. */
  fail: (error: ChatModelError) => void;
  /** What must not stand in an error message: keys, and the messages sent. */
  secrets: string[];
  messages: string;
  /** Set when a stream said that it was complete. */
  sawDone: boolean;
  /** Set when the request left: while it waits for its turn, or finds nobody at the address, nothing has. */
  wasSent: boolean;
}

const MAX_ANSWER_BYTES = 4_000_000;
const ERROR_BODY_BYTES = 8_000;

export function guardFetch(fetchThrough: typeof fetch, exchange: Exchange): typeof fetch {
  return async (input, init) => {
    const timer = startTimer(exchange.firstByteMs, () => exchange.fail(idleError(exchange.firstByteMs)));
    exchange.wasSent = true;
    const response = await fetchThrough(input, { ...init, redirect: 'manual' })
      .catch((error: unknown) => {
        if (isBeforeConnection(error)) exchange.wasSent = false;
        throw error;
      })
      .finally(() => clearTimeout(timer));
    if (response.status >= 300 && response.status < 400) throw redirectError(response.status);
    if (!response.ok) throw await httpFailure(response, exchange);
    if (/^text\/html/i.test(response.headers.get('content-type') ?? ''))
      throw new ChatModelError('bad_answer', 'the server answered with a web page');
    if (!response.body) return response;
    return new Response(watch(response.body, exchange), {
      status: response.status,
      headers: response.headers,
    });
  };
}

function watch(body: ReadableStream<Uint8Array>, exchange: Exchange): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let bytes = 0;
  let tail = '';
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const waitMs = bytes === 0 ? Math.max(exchange.idleMs, exchange.firstByteMs) : exchange.idleMs;
      const timer = startTimer(waitMs, () => exchange.fail(idleError(waitMs)));
      try {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        bytes += value.byteLength;
        if (bytes > MAX_ANSWER_BYTES) throw new ChatModelError('bad_answer', 'the answer does not end');
        tail = (tail + Buffer.from(value).toString('latin1')).slice(-64);
        if (tail.includes('[DONE]')) exchange.sawDone = true;
        controller.enqueue(value);
      } catch (error) {
        void reader.cancel().catch(() => {});
        controller.error(error);
      } finally {
        clearTimeout(timer);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

const startTimer = (ms: number, then: () => void): NodeJS.Timeout | undefined =>
  Number.isFinite(ms) ? setTimeout(then, ms) : undefined;

const idleError = (ms: number): ChatModelError =>
  new ChatModelError('timeout', `nothing came for ${ms / 1000} s`, { isRetryable: true });

const redirectError = (status: number): ChatModelError =>
  new ChatModelError('unreachable', 'the server redirects, which is not followed: check baseUrl', {
    httpStatus: status,
  });

async function httpFailure(response: Response, exchange: Exchange): Promise<HttpFailure> {
  const bodyText = await readStart(response).catch(() => '');
  const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), Date.now());
  const detail = safeDetail(response, bodyText, exchange);
  return new HttpFailure(response.status, bodyText, {
    ...(detail ? { detail } : {}),
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  });
}

async function readStart(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const pieces: Uint8Array[] = [];
  let size = 0;
  // An error body that stalls is not worth waiting for.
  const timer = setTimeout(() => void reader.cancel().catch(() => {}), 1_000);
  try {
    while (size < ERROR_BODY_BYTES) {
      const { done, value } = await reader.read();
      if (done) break;
      pieces.push(value);
      size += value.byteLength;
    }
  } finally {
    clearTimeout(timer);
    void reader.cancel().catch(() => {});
  }
  return Buffer.concat(pieces).toString('utf8').slice(0, ERROR_BODY_BYTES);
}

/** One short line of what the server said; nothing for refused keys, and nothing that repeats the request. */
function safeDetail(response: Response, bodyText: string, exchange: Exchange): string {
  if (response.status === 401 || response.status === 403) return '';
  const text = messageIn(bodyText);
  if (!text || /^\s*</.test(text)) return '';
  for (let at = 0; at + 24 <= text.length; at += 6)
    if (exchange.messages.includes(text.slice(at, at + 24))) return '';
  return redact(text, exchange.secrets).slice(0, 160);
}

function messageIn(bodyText: string): string {
  try {
    const body = JSON.parse(bodyText) as Record<string, unknown>;
    const error = body['error'] ?? body['message'] ?? body['detail'];
    const text =
      typeof error === 'object' && error !== null ? (error as { message?: unknown }).message : error;
    return typeof text === 'string' ? text.replace(/\s+/g, ' ').trim() : '';
  } catch {
    return '';
  }
}

/** Keys, and whatever looks like one, as dots. */
function redact(text: string, secrets: string[]): string {
  let clean = text;
  for (const secret of secrets) if (secret.length >= 4) clean = clean.replaceAll(secret, '•••');
  return clean
    .replace(/\b(?:sk|hf|gsk|dapi|xai|ghp|pk)[-_][\w*.-]{6,}/g, '•••')
    .replace(/Bearer\s+\S+/gi, 'Bearer •••');
}

/** Retry-After as milliseconds: seconds or an HTTP date; null when there is none that can be read. */
export function parseRetryAfter(header: string | null, nowMs: number): number | null {
  if (!header) return null;
  if (/^\s*\d+\.?\d*\s*$/.test(header)) return Math.round(Number(header) * 1000);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
