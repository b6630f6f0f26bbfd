import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UsageError } from '../src/errors.ts';
import { runChild } from '../src/jobs/runChild.ts';
import { activate, buildSnapshot } from '../src/services/buildSnapshot.ts';
import type { Store } from '../src/store/database.ts';
import { userCount } from '../training/ratingsFile.ts';
import type { AddOn, BaseDataSet, DataSet, SetupOptions } from './dataSet.ts';
import { loadAddOn } from './support/loadAddOn.ts';
import { type LoadedDataSets, loadBase, placeRatings } from './support/loadBase.ts';
import { obtain } from './support/obtain.ts';
import type { SetupRequest } from './support/options.ts';
import { type OnProgress, timed } from './support/progress.ts';
import { type DatasetReport, readReports, removeReport, writeReport } from './support/report.ts';

export interface SetupContext {
  store: Store;
  dataDir: string;
  databaseUrl: string | undefined;
  onProgress: OnProgress;
  signal: AbortSignal;
  /** Trains on what is loaded and activates the model: `trainInChild`, unless a test has no use for a model. */
  train: (minRatings: number, context: SetupContext) => Promise<void>;
}

/**
 * The whole of `setup`: obtain → transform → load → ratings → train → snapshot. What is served changes only with the
 * last step; every step before is a transaction or a file renamed into place, so a setup that stops anywhere leaves
 * the site as it was, and running it again finishes the work.
 */
export async function runSetup(
  dataSet: DataSet,
  request: SetupRequest,
  context: SetupContext,
): Promise<DatasetReport> {
  await removeLeftovers(context.dataDir);
  const path = await obtain(dataSet, request, context);
  context.signal.throwIfAborted();
  const options: SetupOptions = {
    path,
    links: request.links,
    activeSince: request.activeSince,
    minRatings: request.minRatings,
    reviews: request.reviews,
    newTitles: request.newTitles,
    minVotes: request.minVotes,
    mapping: request.mapping,
    since: request.since,
    region: request.region,
    dataDir: context.dataDir,
    onProgress: context.onProgress,
    assignOwnIds: (keys) => context.store.movies.assignOwnIds(keys),
  };
  const report = await (dataSet.kind === 'base'
    ? setUpBase(dataSet, options, context)
    : addTo(dataSet, options, context));
  await writeReport(context.dataDir, report);
  return report;
}

async function setUpBase(
  dataSet: BaseDataSet,
  options: SetupOptions,
  context: SetupContext,
): Promise<DatasetReport> {
  const { store, dataDir, onProgress, signal } = context;
  const data = await dataSet.transform(options);
  signal.throwIfAborted();
  const loaded = await timed(onProgress, 'load titles', async () => {
    const result = await loadBase(store, dataSet.name, data, options.minRatings);
    return { result, done: data.titles.length, note: `${data.tagCounts.length} tag counts` };
  });
  signal.throwIfAborted();
  await placeRatings(dataDir, data.ratings);
  if (data.ratings) await context.train(options.minRatings, context);
  await snapshot(context);
  if (!data.ratings) await activate(store, { modelId: null });
  await forgetReportsBut(dataDir, [dataSet.name, ...loaded.addOns]);
  const table = data.ratings?.table;
  return {
    ...aboutReport(dataSet, options),
    steps: data.steps,
    numbers: data.numbers,
    totals: {
      titles: data.titles.length + new Set(Object.values(loaded.addedTitles).flat()).size,
      trainedTitles: table?.itemIds.length ?? 0,
      ratings: table?.items.length ?? 0,
      users: table ? userCount(table) : 0,
    },
  };
}

async function addTo(dataSet: AddOn, options: SetupOptions, context: SetupContext): Promise<DatasetReport> {
  const { store, dataDir, onProgress, signal } = context;
  const loaded = await store.settings.get<LoadedDataSets>('dataset');
  if (!loaded && !options.newTitles)
    throw new UsageError(
      `${dataSet.name} adds to a catalogue, and none is loaded yet: run setup --dataset starter first`,
    );
  const titles = (await store.movies.readAll()).filter(({ isRetired }) => !isRetired);
  // What it added before is made anew, under the same ids: it must not be taken for a title of somebody else's.
  const ownBefore = new Set(dataSet.keepsEarlier ? [] : loaded?.addedTitles[dataSet.name]);
  const enrichment = await dataSet.enrich(
    titles.filter(({ movieId }) => !ownBefore.has(movieId)),
    options,
  );
  signal.throwIfAborted();
  const size = await timed(onProgress, 'load facts', async () => {
    const result = await loadAddOn(store, dataSet, titles, enrichment);
    const note = enrichment.newTitles.length > 0 ? `${enrichment.newTitles.length} new titles` : '';
    return { result, done: enrichment.updates.length, ...(note ? { note } : {}) };
  });
  await snapshot(context);
  const base = (await readReports(dataDir)).find(({ name }) => name === loaded?.base);
  return {
    ...aboutReport(dataSet, options),
    steps: enrichment.steps,
    numbers: enrichment.numbers,
    totals: { trainedTitles: 0, ratings: 0, users: 0, ...base?.totals, titles: size },
  };
}

const aboutReport = (dataSet: DataSet, options: SetupOptions) => ({
  name: dataSet.name,
  kind: dataSet.kind,
  loadedAt: new Date().toISOString(),
  from: options.path === null ? dataSet.page : basename(options.path),
  licence: dataSet.licence,
  citation: dataSet.citation,
});

/** Training is long and hungry: it has a process of its own. */
export async function trainInChild(minRatings: number, context: SetupContext): Promise<void> {
  const { exitCode, error } = await runChild(
    'training/train.ts',
    [
      '--data-dir', context.dataDir,
      '--min-ratings', String(minRatings),
      '--created-by', 'setup',
      ...(context.databaseUrl ? ['--database-url', context.databaseUrl] : []),
    ], // prettier-ignore
    {
      signal: context.signal,
      onProgress: ({ step, done, total, ms, note }) =>
        context.onProgress({
          step: `train: ${step}`,
          done,
          ...(total === undefined ? {} : { total }),
          ...(ms === undefined ? {} : { ms }),
          ...(note === undefined ? {} : { note }),
        }),
    },
  );
  context.signal.throwIfAborted();
  if (exitCode !== 0) throw new Error(`Training failed: ${error ?? `exit code ${exitCode}`}`);
}

async function snapshot({ store, dataDir, onProgress }: SetupContext): Promise<void> {
  await timed(onProgress, 'build the indexes', async () => {
    const { version, titles } = await buildSnapshot({ store, dataDir });
    return { result: version, done: titles };
  });
}

/** Files a killed run left aside. Downloads are not among them: those are gone on with. */
export async function removeLeftovers(dataDir: string): Promise<void> {
  for (const folder of ['', 'models', 'reports', 'posters']) {
    const names = await readdir(join(dataDir, folder)).catch(() => []);
    for (const name of names)
      if (/\.\d+\.part$/.test(name)) await rm(join(dataDir, folder, name), { force: true });
  }
}

async function forgetReportsBut(dataDir: string, keep: string[]): Promise<void> {
  for (const { name } of await readReports(dataDir))
    if (!keep.includes(name)) await removeReport(dataDir, name);
}
