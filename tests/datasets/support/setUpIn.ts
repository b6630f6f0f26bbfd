import { dataSetNamed } from '../../../datasets/catalogue.ts';
import { runSetup } from '../../../datasets/runSetup.ts';
import { readSetupOptions } from '../../../datasets/support/options.ts';
import type { TemporaryStore } from '../../support/temporaryStore.ts';

type Train = Parameters<typeof runSetup>[2]['train'];

/** Sets a data set up as the command does, but without a child process; nothing is trained unless `train` does. */
export async function setUpIn(
  { store, dataDir }: TemporaryStore,
  dataset: string,
  more: readonly string[],
  train: Train = () => Promise.resolve(undefined),
) {
  return runSetup(await dataSetNamed(dataset), readSetupOptions(['--dataset', dataset, ...more]), {
    store,
    dataDir,
    databaseUrl: undefined,
    onProgress: () => {},
    signal: new AbortController().signal,
    train,
  });
}
