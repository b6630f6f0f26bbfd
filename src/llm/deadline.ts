import { setMaxListeners } from 'node:events';

/** A moment by which work must be done, as a signal (its reason is a TimeoutError) and as a time. */
export interface Deadline {
  signal: AbortSignal;
  /** `Date.now()` at which it falls. */
  at: number;
  remainingMs(): number;
  /** Forgets the timer once the work is done. */
  end(): void;
}

/** The deadline of one prompt; another signal (stop button, closed connection) ends it earlier. */
export function startDeadline(timeoutMs: number, stop?: AbortSignal): Deadline {
  const at = Date.now() + timeoutMs;
  const controller = new AbortController();
  // Every call of a prompt listens to it: fifty in the classic style.
  setMaxListeners(0, controller.signal);
  const timer = setTimeout(
    () => controller.abort(new DOMException('The deadline has passed', 'TimeoutError')),
    timeoutMs,
  );
  const onStop = () => controller.abort(stop?.reason);
  if (stop?.aborted) onStop();
  stop?.addEventListener('abort', onStop);
  return {
    signal: controller.signal,
    at,
    remainingMs: () => Math.max(0, at - Date.now()),
    end() {
      clearTimeout(timer);
      stop?.removeEventListener('abort', onStop);
    },
  };
}
