import { UsageError } from '../src/errors.ts';
import type { DataSet } from './dataSet.ts';

/** Every data set by name; each is loaded only when it is asked for. */
const DATA_SETS: Record<string, () => Promise<DataSet>> = {
  starter: async () => (await import('./starter.ts')).starter,
  'tag-genome-2021': async () => (await import('./tagGenome2021.ts')).tagGenome2021,
  'ml-latest-small': async () => (await import('./movieLens.ts')).movieLensSmall,
  'ml-32m': async () => (await import('./movieLens.ts')).movieLens32m,
  csv: async () => (await import('./csvTable.ts')).csvTable,
  'plots-wikipedia': async () => (await import('./plotsWikipedia.ts')).plotsWikipedia,
  'tmdb-movies': async () => (await import('./tmdbMovies.ts')).tmdbMovies,
  streaming: async () => (await import('./streaming.ts')).streaming,
  posters: async () => (await import('./posters.ts')).posters,
  tmdb: async () => (await import('./refreshTmdb.ts')).refreshTmdb,
};

export const dataSetNames = (): string[] => Object.keys(DATA_SETS);

/** @throws UsageError naming the known ones */
export async function dataSetNamed(name: string): Promise<DataSet> {
  const load = Object.hasOwn(DATA_SETS, name) ? DATA_SETS[name] : undefined;
  if (!load) throw new UsageError(`There is no data set "${name}"; known: ${dataSetNames().join(', ')}`);
  return load();
}
