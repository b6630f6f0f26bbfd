import { type ChatFailure, ChatModelError, isRetryableStatus } from './chatModel.ts';
import type { DegradedCode } from '../domain.ts';

/**
 * An HTTP answer that is not 2xx. What the server wrote is kept out of every property that a logger would print: it can
 * repeat parts of the request.
 */
export class HttpFailure extends ChatModelError {
  readonly #bodyText: string;

  constructor(status: number, bodyText: string, options: { detail?: string; retryAfterMs?: number } = {}) {
    const detail = options.detail ? `: ${options.detail}` : '';
    super(failureOfStatus(status), `the server answered ${status}${detail}`, {
      httpStatus: status,
      isRetryable: isRetryableStatus(status),
      ...(options.retryAfterMs === undefined ? {} : { retryAfterMs: options.retryAfterMs }),
    });
    this.#bodyText = bodyText;
  }

  /** For finding out which parameter the server does not know; never for a log. */
  bodyText(): string {
    return this.#bodyText;
  }
}

function failureOfStatus(status: number): ChatFailure {
  if (status === 401 || status === 403) return 'refused_credentials';
  if (status === 429) return 'rate_limited';
  if (status === 408 || status === 504) return 'timeout';
  if (status >= 500 || (status >= 300 && status < 400)) return 'unreachable';
  return 'bad_request';
}

/**
 * Whatever an SDK, fetch or a stream threw, as the one error type of the seam. The original is not kept as `cause`:
 * SDK errors carry the request with its prompt.
 */
export function toChatModelError(error: unknown, signal?: AbortSignal, partialText = ''): ChatModelError {
  const known = findKnown(error) ?? (signal?.aborted ? findKnown(signal.reason) : null);
  if (known) return partialText && !known.partialText ? changed(known, { partialText }) : known;
  if (signal?.aborted) return abortError(signal.reason, partialText);
  const name = error instanceof Error ? error.name : '';
  if (error instanceof SyntaxError || name === 'ProviderOutputError')
    return new ChatModelError('bad_answer', 'the server sent something that is not JSON', { partialText });
  if (name === 'InputError' || name === 'RoutingError')
    return new ChatModelError(
      'bad_request',
      'the provider refused the model or the key (Hugging Face keys begin with hf_)',
      { partialText },
    );
  if (/Timeout/.test(name))
    return new ChatModelError('timeout', 'the server took too long', { isRetryable: true, partialText });
  return new ChatModelError('unreachable', `no connection to the server${codeOf(error)}`, {
    isRetryable: true,
    partialText,
  });
}

/** The error for an ended signal: the deadline (a TimeoutError) or somebody who stopped it. */
export function abortError(reason: unknown, partialText = ''): ChatModelError {
  const known = findKnown(reason);
  if (known) return partialText ? changed(known, { partialText }) : known;
  const isDeadline = reason instanceof Error && reason.name === 'TimeoutError';
  return isDeadline
    ? new ChatModelError('timeout', 'the deadline has passed', { partialText })
    : new ChatModelError('aborted', 'stopped', { partialText });
}

/** The same failure of a call that never left. */
export const neverSent = (error: ChatModelError): ChatModelError => changed(error, { wasSent: false });

function changed(error: ChatModelError, change: { partialText?: string; wasSent?: boolean }): ChatModelError {
  const { failure, message, isRetryable, partialText, wasSent, retryAfterMs, httpStatus } = error;
  return new ChatModelError(failure, message, {
    isRetryable,
    partialText,
    wasSent,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...change,
  });
}

function findKnown(error: unknown): ChatModelError | null {
  let at = error;
  for (let depth = 0; depth < 5 && at instanceof Error; depth++) {
    if (at instanceof ChatModelError) return at;
    at = at.cause;
  }
  return null;
}

function codeOf(error: unknown): string {
  const code = systemCodeOf(error);
  return code === null ? '' : ` (${code})`;
}

/** `ECONNREFUSED` and the like, wherever fetch put it. */
function systemCodeOf(error: unknown): string | null {
  let at = error;
  for (let depth = 0; depth < 5 && at instanceof Error; depth++) {
    const code = (at as { code?: unknown }).code;
    if (typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code)) return code;
    at = at.cause;
  }
  return null;
}

const NO_CONNECTION =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|ERR_TLS_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+)$/;

/** Nothing was handed over: nobody answered at that address, or its certificate was refused. */
export const isBeforeConnection = (error: unknown): boolean => NO_CONNECTION.test(systemCodeOf(error) ?? '');

const REASONS: Record<ChatFailure, { code: DegradedCode; reason: string }> = {
  timeout: { code: 'timeout', reason: 'The language model took too long.' },
  unreachable: { code: 'unreachable', reason: 'The language model could not be reached.' },
  rate_limited: { code: 'rate_limited', reason: 'The language model is taking no more requests just now.' },
  bad_answer: { code: 'bad_answer', reason: 'The language model gave no answer that could be read.' },
  refused_credentials: { code: 'unreachable', reason: 'The language model refused the key of this site.' },
  bad_request: { code: 'bad_answer', reason: 'The language model refused the request.' },
  circuit_open: {
    code: 'circuit_open',
    reason: 'The language model failed several times in a row and is left alone for a moment.',
  },
  aborted: { code: 'partial', reason: 'Stopped before the language model was done.' },
  budget: { code: 'budget', reason: "Today's budget for the language model is used up." },
};

/** What a list says about a failure: a code of the contract and a sentence that is safe to show. */
export function degradedBy(error: unknown): { code: DegradedCode; reason: string } {
  return REASONS[error instanceof ChatModelError ? error.failure : toChatModelError(error).failure];
}
