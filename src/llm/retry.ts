import { type ChatModelError } from './chatModel.ts';
import { toChatModelError } from './failures.ts';

export interface RetryOptions {
  signal: AbortSignal;
  /** `Date.now()` at which the deadline falls. */
  deadlineAt: number;
  /** All tries together; 2 unless told otherwise: a retry may add one round trip, not more. */
  maxTries?: number;
  onRetry?: (error: ChatModelError, waitMs: number) => void;
  random?: () => number;
  now?: () => number;
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const FIRST_WAIT_MS = 300;
/** With less time than this left another call could not answer: the failure is told at once instead. */
export const LEAST_USEFUL_MS = 400;

/**
 * Runs `attempt` again after failures worth it. Waits as long as Retry-After says, else exponentially with jitter
 * (half to one and a half times 300 ms · 2ⁿ); a wait that would pass the deadline is not begun.
 * @throws ChatModelError the last one
 */
export async function withRetries<T>(
  attempt: (tryNumber: number) => Promise<T>,
  options: RetryOptions,
): Promise<T> {
  const {
    signal,
    deadlineAt,
    maxTries = 2,
    random = Math.random,
    now = Date.now,
    sleep = sleepFor,
  } = options;
  for (let tryNumber = 1; ; tryNumber++) {
    try {
      return await attempt(tryNumber);
    } catch (thrown) {
      const error = toChatModelError(thrown, signal);
      const waitMs = error.retryAfterMs ?? FIRST_WAIT_MS * 2 ** (tryNumber - 1) * (0.5 + random());
      const isInTime = now() + waitMs + LEAST_USEFUL_MS < deadlineAt;
      if (!error.isRetryable || tryNumber >= maxTries || signal.aborted || !isInTime) throw error;
      options.onRetry?.(error, waitMs);
      await sleep(waitMs, signal);
      // Told as what went wrong, not as the deadline that fell while waiting.
      if (signal.aborted) throw error;
    }
  }
}

/** Resolves after the time or when the signal ends, whichever is first. */
function sleepFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
