import { z } from 'zod';
import { runChild } from '../../src/jobs/runChild.ts';
import type { OnProgress } from './progress.ts';

interface Surroundings {
  dataDir: string;
  databaseUrl: string | undefined;
  onProgress: OnProgress;
  signal: AbortSignal;
}

/**
 * Trains on the ratings staged for a catalogue to come and activates nothing.
 * @param work.staged the folder with `ratings.bin` and `heldOut.json`
 * @returns the model to serve with that catalogue; undefined when the one that is served now is better
 */
export type TrainStaged = (
  work: { staged: string; dataSet: string; minRatings: number },
  around: Surroundings,
) => Promise<string | undefined>;

const trained = z.object({ modelId: z.string(), promotion: z.object({ isActivated: z.boolean() }) });

/** Training is long and hungry: it has a process of its own. */
export const trainInChild: TrainStaged = async ({ staged, dataSet, minRatings }, around) => {
  const { exitCode, error, result } = await runChild(
    'training/train.ts',
    [
      '--data-dir', around.dataDir,
      '--staged', staged,
      '--data-set', dataSet,
      '--min-ratings', String(minRatings),
      '--created-by', 'setup',
      ...(around.databaseUrl ? ['--database-url', around.databaseUrl] : []),
    ], // prettier-ignore
    {
      signal: around.signal,
      onProgress: ({ step, done, total, ms, note }) =>
        around.onProgress({
          step: `train: ${step}`,
          done,
          ...(total === undefined ? {} : { total }),
          ...(ms === undefined ? {} : { ms }),
          ...(note === undefined ? {} : { note }),
        }),
    },
  );
  around.signal.throwIfAborted();
  if (exitCode !== 0) throw new Error(`Training failed: ${error ?? `exit code ${exitCode}`}`);
  const { modelId, promotion } = trained.parse(result);
  return promotion.isActivated ? modelId : undefined;
};
