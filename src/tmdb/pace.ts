import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';

/** Lets work begin in the order it came, so often a second and so much of it at once. */
export interface Pace {
  run<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result>;
  /** Nothing begins for this long: the other side asked for a rest. */
  rest(ms: number): void;
}

export function createPace({ perSecond, atOnce }: { perSecond: number; atOnce: number }): Pace {
  const limit = pLimit(atOnce);
  const gapMs = 1000 / perSecond;
  let nextAt = 0;
  return {
    run: (work, signal) =>
      limit(async () => {
        signal?.throwIfAborted();
        for (let now = performance.now(); ; now = performance.now()) {
          if (now >= nextAt) break;
          await sleep(nextAt - now, null, signal ? { signal } : {});
        }
        nextAt = Math.max(performance.now(), nextAt) + gapMs;
        return work();
      }),
    rest(ms) {
      nextAt = Math.max(nextAt, performance.now() + ms);
    },
  };
}
