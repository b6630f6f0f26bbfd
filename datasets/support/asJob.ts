import { hostname } from 'node:os';
import { AppError, UsageError } from '../../src/errors.ts';
import type { Store } from '../../src/store/database.ts';
import type { Progress } from './progress.ts';
import { untilAborted } from './untilAborted.ts';

const HEARTBEAT_MS = 5000;
const GIVEN_UP = 'Nobody heard of this work for a minute, and it was given up; what is served is unchanged';

/**
 * Does long work as a row in `jobs` with progress and a heartbeat. Only one setup or training runs at a time. Work whose row was
 * failed meanwhile (a machine that slept) is left where it is, because another may have begun: the caller ends the process.
 * @throws UsageError with one line when another one runs; else whatever the work throws, after it is on record
 */
export async function asJob<Report extends Progress, Result>(
  store: Store,
  {
    kind,
    detail,
    onProgress,
    signal,
    heartbeatMs = HEARTBEAT_MS,
  }: {
    kind: 'setup' | 'train';
    detail: object;
    onProgress: (progress: Report) => void;
    /** Aborted: the row is failed at once with its reason, and the work is left where it is. */
    signal?: AbortSignal;
    heartbeatMs?: number;
  },
  work: (onProgress: (progress: Report) => void) => Promise<Result>,
): Promise<Result> {
  await endJobsOfDeadProcesses(store);
  const { jobId } = await store.jobs
    .claim(kind, { detail: { ...detail, processId: process.pid, host: hostname() } })
    .catch((error: unknown) => {
      throw error instanceof AppError && error.code === 'job_running' ? new UsageError(error.message) : error;
    });
  let latest: Progress | undefined;
  const beat = () =>
    latest ? { step: latest.step.slice(0, 60), done: latest.done, total: latest.total ?? 0 } : {};
  const givingUp = new AbortController();
  const timer = setInterval(() => {
    // One that fails (a busy database) is made up for by the next.
    const alive = store.jobs.heartbeat(jobId, beat()).catch(() => true);
    void alive.then((isOurs) => isOurs || givingUp.abort(new Error(GIVEN_UP)));
  }, heartbeatMs);
  timer.unref();
  try {
    const result = await untilAborted(
      work((progress) => onProgress((latest = progress))),
      AbortSignal.any(signal ? [signal, givingUp.signal] : [givingUp.signal]),
    );
    await store.jobs.finish(jobId);
    return result;
  } catch (error) {
    // A full disk has no room for this either; the next one then finds the process dead.
    await store.jobs.fail(jobId, (error as Error).message).catch(() => {});
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** A process that was killed leaves its row running: on this machine one can look, and need not wait a minute. */
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
