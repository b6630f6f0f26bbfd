import { type OnProgress, ProgressPipe } from '../datasets/support/progress.ts';
import { UsageError } from '../src/errors.ts';

/** What putting an interruption on record may take. */
export const GRACE_MS = 2000;

/**
 * The frame of a child process (src/jobs/runChild.ts): does the work, sends its result or its error in one line on file
 * descriptor 3, and ends with 0 done, 2 wrong usage or bad input, 1 failed, 130 interrupted.
 * @param work heeds the signal where an interruption has to be put on record; `graceMs` is the time it gets for that
 * @param options.interrupted what is said after Ctrl-C
 * @param options.cleanUp takes away what an interrupted or failed run has begun to write
 */
export async function runAsChild(
  work: (report: OnProgress, signal: AbortSignal) => Promise<unknown>,
  {
    interrupted = 'Interrupted',
    cleanUp = () => {},
    graceMs = 0,
  }: { interrupted?: string; cleanUp?: () => void; graceMs?: number } = {},
): Promise<never> {
  const stopping = new AbortController();
  const stop = () => {
    stopping.abort(new Error(interrupted));
    setTimeout(() => void end(interrupted, 130), graceMs);
  };
  const pipe = new ProgressPipe(stop);
  const end = async (message: string, exitCode: number): Promise<never> => {
    cleanUp();
    await pipe.finish({ error: { message, exitCode } });
    process.exit(exitCode);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  try {
    await pipe.finish({ result: await work(pipe.report, stopping.signal) });
    process.exit(0);
  } catch (error) {
    if (stopping.signal.aborted) return end(interrupted, 130);
    const message = error instanceof Error ? error.message : String(error);
    return end(message, error instanceof UsageError ? 2 : 1);
  }
}

/**
 * Adds its time to the report of a step that is over, which is then shown as a line.
 * @param tellAll a step of which every report is shown as a line, with the time since it began
 */
export function withTimes(report: OnProgress, tellAll?: string): OnProgress {
  let step = '';
  let startedAt = 0;
  return (progress) => {
    if (progress.step !== step) {
      step = progress.step;
      startedAt = performance.now();
    }
    const isOver = progress.total !== undefined && progress.done >= progress.total;
    const isTold = isOver || step === tellAll;
    report(isTold ? { ...progress, ms: Math.round(performance.now() - startedAt) } : progress);
  };
}
