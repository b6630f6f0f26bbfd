import { type ChildOutcome, runChild } from './runChild.ts';
import type { DeletionReceipt } from './trainingResults.ts';

const EVERY_MS = 5000;
/** A failure, or a training that is in the way, is not tried again before this. */
const RETRY_MS = 60_000;

export interface ForgettingConfig {
  dataDir: string;
  databaseUrl?: string | undefined;
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

/**
 * Looks for people who were deleted and has them taken out of the active model, one child process at a time. A failure is
 * told and tried again a minute later.
 * @param options.run for tests
 * @returns a function that ends it, also a child that is at work
 */
export function startForgetting(options: {
  /** Whether there is somebody to take out. */
  isWaiting: () => Promise<boolean>;
  config: ForgettingConfig;
  onDone: (outcome: ChildOutcome) => void;
  everyMs?: number;
  retryMs?: number;
  run?: typeof runChild;
}): () => void {
  const { isWaiting, config, onDone, everyMs = EVERY_MS, retryMs = RETRY_MS, run = runChild } = options;
  const stopping = new AbortController();
  let isBusy = false;
  let notBefore = 0;
  const look = async () => {
    if (isBusy || Date.now() < notBefore) return;
    isBusy = true;
    const outcome = await forget().catch((error: Error): ChildOutcome => ({
      exitCode: 1,
      error: error.message,
    }));
    isBusy = false;
    if (!outcome) return;
    // A model that cannot be unlearned although its inverse is there answers null: no use in asking every few seconds.
    if (!outcome.result) notBefore = Date.now() + retryMs;
    onDone(outcome);
  };
  const forget = async (): Promise<ChildOutcome | null> =>
    (await isWaiting()) ? forgetNow(config, { signal: stopping.signal, run }) : null;
  const timer = setInterval(() => void look(), everyMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    stopping.abort();
  };
}
