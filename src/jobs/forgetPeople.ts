import type { Store } from '../store/database.ts';
import { type ChildOutcome, runChild } from './runChild.ts';

const EVERY_MS = 5000;

/**
 * Looks for people who deleted their accounts and has them taken out of the active model by a child process, one at a time.
 * A failure is told and tried again later; the next training leaves them out in any case.
 * @param options.run for tests
 * @returns a function that ends it, also a child that is at work
 */
export function startForgetting(options: {
  store: Store;
  config: { dataDir: string; databaseUrl?: string | undefined };
  onDone: (outcome: ChildOutcome) => void;
  everyMs?: number;
  run?: typeof runChild;
}): () => void {
  const { store, config, onDone, everyMs = EVERY_MS, run = runChild } = options;
  const stopping = new AbortController();
  let isBusy = false;
  let attemptedFor = '';
  const look = async () => {
    if (isBusy) return;
    isBusy = true;
    try {
      const queue = JSON.stringify((await store.settings.get<number[]>('forgetPeople')) ?? []);
      const modelId = (await store.models.active())?.modelId ?? '';
      // Once for the same people and the same model: what failed or had nothing to do is not tried every few seconds.
      if (queue === '[]' || attemptedFor === queue + modelId) return;
      attemptedFor = queue + modelId;
      onDone(
        await run('training/forget.ts', ['--data-dir', config.dataDir], {
          signal: stopping.signal,
          environment: config.databaseUrl ? { DATABASE_URL: config.databaseUrl } : {},
        }),
      );
    } catch (error) {
      onDone({ exitCode: 1, error: (error as Error).message });
    } finally {
      isBusy = false;
    }
  };
  const timer = setInterval(() => void look(), everyMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    stopping.abort();
  };
}
