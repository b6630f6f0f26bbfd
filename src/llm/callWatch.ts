import type { ChatRequest } from './chatModel.ts';
import { abortError } from './failures.ts';

/** One call from its first wait to its last byte: when it must end, and what it holds meanwhile. */
export interface CallWatch {
  signal: AbortSignal;
  startedAt: number;
  deadlineAt: number;
  release: () => void;
  end(): void;
}

/** The caller's signal and our own deadline as one. */
export function watchCall(request: ChatRequest, timeoutMs: number): CallWatch {
  const startedAt = Date.now();
  const deadlineAt = Math.min(request.deadlineAt ?? Infinity, startedAt + timeoutMs);
  const controller = new AbortController();
  const stop = () => controller.abort(request.signal.reason);
  if (request.signal.aborted) stop();
  request.signal.addEventListener('abort', stop);
  const timer = setTimeout(
    () => controller.abort(new DOMException('deadline', 'TimeoutError')),
    Math.max(0, deadlineAt - startedAt),
  );
  const watch: CallWatch = {
    signal: controller.signal,
    startedAt,
    deadlineAt,
    release: () => {},
    end: () => {
      clearTimeout(timer);
      request.signal.removeEventListener('abort', stop);
      watch.release();
    },
  };
  return watch;
}

/** The promise, or the signal's error as soon as it ends: no SDK can keep us waiting. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const stop = () => reject(abortError(signal.reason));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
