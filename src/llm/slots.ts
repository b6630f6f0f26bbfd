import pLimit, { type LimitFunction } from 'p-limit';
import { abortError } from './failures.ts';

/**
 * Waits for one of a model's places; the caller gives it back by calling the result. A signal that ends while waiting
 * throws, and the place is passed on.
 * @throws ChatModelError
 */
export function takeSlot(limit: LimitFunction, signal: AbortSignal): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(abortError(signal.reason));
    if (signal.aborted) return giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    void limit(
      () =>
        new Promise<void>((release) => {
          signal.removeEventListener('abort', giveUp);
          if (signal.aborted) release();
          else resolve(release);
        }),
    );
  });
}

export { pLimit as createSlots };
