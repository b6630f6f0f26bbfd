import { ProgressPipe } from '../datasets/support/progress.ts';
import { UsageError } from '../src/errors.ts';
import { databaseUrlOf } from './databaseUrl.ts';
import { removeAsides, trainDataDirectory, type TrainProgress } from './trainDataDirectory.ts';
import { readTrainOptions, USAGE } from './trainOptions.ts';

/**
 * The child process that trains: `node --import tsx training/train.ts --data-dir DIR …`. Progress goes out as JSON lines on
 * file descriptor 3. Exit codes: 0 done, 2 wrong usage, 1 failed, 130 interrupted; only with 0 has anything changed.
 */
const given = process.argv.slice(2);
if (given.includes('--help')) {
  process.stdout.write(`${USAGE}\n`);
  process.exit(0);
}
const pipe = new ProgressPipe();

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    removeAsides();
    const message = 'Training was interrupted; the model in use is unchanged';
    void pipe.finish({ error: { message, exitCode: 130 } }).then(() => process.exit(130));
  });

try {
  const request = readTrainOptions(given);
  const databaseUrl = databaseUrlOf(request.databaseUrl);
  const result = await trainDataDirectory({ ...request, ...(databaseUrl ? { databaseUrl } : {}) }, relay());
  await pipe.finish({ result });
  process.exit(0);
} catch (error) {
  removeAsides();
  const exitCode = error instanceof UsageError ? 2 : 1;
  const message = error instanceof Error ? error.message : String(error);
  await pipe.finish({ error: { message, exitCode } });
  process.exit(exitCode);
}

/** The trainer's progress as the pipe's: a step that is done, and each λ that was tried, is reported with its time. */
function relay(): (progress: TrainProgress) => void {
  let step = '';
  let startedAt = 0;
  return (progress) => {
    if (progress.step !== step) {
      step = progress.step;
      startedAt = performance.now();
    }
    const isOver = progress.done >= progress.total || progress.step === 'search';
    pipe.report(isOver ? { ...progress, ms: Math.round(performance.now() - startedAt) } : progress);
  };
}
