import type { Store } from '../store/database.ts';
import { type ChildOutcome, runChild } from './runChild.ts';
import type { DeletionReceipt } from './trainingResults.ts';

/** The settings row with the ids of people who were deleted, and whom a model may still know. */
export const FORGET_QUEUE = 'forgetPeople';

const EVERY_MS = 5000;
/** A failure, or a training that is in the way, is not tried again before this. */
const RETRY_MS = 60_000;

export interface ForgettingConfig {
  dataDir: string;
  databaseUrl?: string | undefined;
}

/**
 * Removes a person with everything that is theirs, and leaves their number in the queue: where the active model can be
 * unlearned exactly they are taken out of it at once, and the next training clears the queue in any case.
 */
export async function removePerson(store: Store, userId: number): Promise<void> {
  await store.write(async () => {
    await store.users.remove(userId);
    if (await store.models.active())
      await store.settings.update<number[]>(FORGET_QUEUE, (queue) => [...(queue ?? []), userId]);
  });
}

/** Takes everyone in the queue out of the active model, in a child process. Its result is null when there is nobody to take out. */
export const forgetNow = (
  { dataDir, databaseUrl }: ForgettingConfig,
  { signal, run = runChild }: { signal?: AbortSignal; run?: typeof runChild } = {},
): Promise<ChildOutcome<DeletionReceipt | null>> =>
  run('training/forget.ts', ['--data-dir', dataDir], {
    ...(signal ? { signal } : {}),
    environment: databaseUrl ? { DATABASE_URL: databaseUrl } : {},
  });

/** Whether somebody waits who can be taken out of the active model now. */
export async function canForget(store: Store): Promise<boolean> {
  const queue = (await store.settings.get<number[]>(FORGET_QUEUE)) ?? [];
  return queue.length > 0 && (await store.models.active())?.metrics['keepsInverse'] === true;
}

/**
 * Looks for people who were deleted and has them taken out of the active model, one child process at a time. A failure is
 * told and tried again a minute later.
 * @param options.run for tests
 * @returns a function that ends it, also a child that is at work
 */
export function startForgetting(options: {
  store: Store;
  config: ForgettingConfig;
  onDone: (outcome: ChildOutcome) => void;
  everyMs?: number;
  retryMs?: number;
  run?: typeof runChild;
}): () => void {
  const { store, config, onDone, everyMs = EVERY_MS, retryMs = RETRY_MS, run = runChild } = options;
  const stopping = new AbortController();
  let isBusy = false;
  let notBefore = 0;
  const look = async () => {
    if (isBusy || Date.now() < notBefore) return;
    isBusy = true;
    try {
      if (!(await canForget(store))) return;
      const outcome = await forgetNow(config, { signal: stopping.signal, run });
      // A model that cannot be unlearned although its inverse is there answers null: no use in asking every few seconds.
      if (!outcome.result) notBefore = Date.now() + retryMs;
      onDone(outcome);
    } catch (error) {
      notBefore = Date.now() + retryMs;
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
