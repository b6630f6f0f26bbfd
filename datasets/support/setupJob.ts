import { hostname } from 'node:os';
import { AppError, UsageError } from '../../src/errors.ts';
import type { Store } from '../../src/store/database.ts';
import type { OnProgress } from './progress.ts';

const HEARTBEAT_MS = 5000;

/** The row that says a setup is running; a second one is refused while it lives. */
export interface SetupJob {
  jobId: number;
  onProgress: OnProgress;
  finish(): Promise<void>;
  fail(reason: string): Promise<void>;
}

/** @throws UsageError with one line when another setup or training runs */
export async function startSetupJob(store: Store, dataset: string, relay: OnProgress): Promise<SetupJob> {
  await endJobsOfDeadProcesses(store);
  const { jobId } = await store.jobs
    .claim('setup', { detail: { dataset, processId: process.pid, host: hostname() } })
    .catch((error: unknown) => {
      throw error instanceof AppError ? new UsageError(error.message) : error;
    });
  let latest: { step?: string; done?: number; total?: number } = {};
  const timer = setInterval(() => void store.jobs.heartbeat(jobId, latest).catch(() => {}), HEARTBEAT_MS);
  timer.unref();
  return {
    jobId,
    onProgress: (progress) => {
      latest = { step: progress.step.slice(0, 60), done: progress.done, total: progress.total ?? 0 };
      relay(progress);
    },
    finish: async () => {
      clearInterval(timer);
      await store.jobs.finish(jobId);
    },
    fail: async (reason) => {
      clearInterval(timer);
      await store.jobs.fail(jobId, reason);
    },
  };
}

/** A setup that was killed leaves its row running: on this machine one can look, and need not wait a minute. */
async function endJobsOfDeadProcesses(store: Store): Promise<void> {
  for (const job of await store.jobs.running()) {
    const { processId, host } = job.detail;
    if (host !== hostname() || typeof processId !== 'number' || isAlive(processId)) continue;
    await store.jobs.fail(job.jobId, 'Its process is gone.');
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
