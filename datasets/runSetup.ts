import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UsageError } from '../src/errors.ts';
import { activateModel } from '../src/services/activateModel.ts';
import {
  activate,
  activeNow,
  buildSnapshot,
  removeOldSnapshots,
  writeSnapshot,
} from '../src/services/buildSnapshot.ts';
import type { Store } from '../src/store/database.ts';
import { tagColumns } from '../src/store/repositories/tags.ts';
import { userCount } from '../training/ratingsFile.ts';
import type { AddOn, BaseDataSet, DataSet, SetupOptions } from './dataSet.ts';
import { obtain } from './support/obtain.ts';
import type { SetupRequest } from './support/options.ts';
import { carryOut, type LoadedDataSets, type LoadPlan, planAddOn, planBase } from './support/planLoad.ts';
import { type OnProgress, timed } from './support/progress.ts';
import {
  bringsFacts,
  type DatasetReport,
  knownFacts,
  readReports,
  reportFile,
  writeReport,
} from './support/report.ts';
import { removeStaged, sealFiles, settleFiles, stageFiles, type StagedFiles } from './support/stagedFiles.ts';
import {
  HELD_OUT_FILE,
  RATINGS_FILE,
  REVIEWS_FILE,
  stageRatings,
  stageReviews,
} from './support/stageData.ts';
import type { TrainStaged } from './support/trainInChild.ts';

export interface SetupContext {
  store: Store;
  dataDir: string;
  databaseUrl: string | undefined;
  onProgress: OnProgress;
  signal: AbortSignal;
  /** Trains on what is staged: `trainInChild`, unless a test has no use for a model. */
  train: TrainStaged;
}

/**
 * The whole of `setup`: obtain → transform → train → index → load. Until the last step nothing but files aside is
 * written; that step is one transaction, which changes the catalogue and what is served together. A setup that stops
 * anywhere leaves the site and its database as they were, and running it again finishes the work.
 */
export async function runSetup(
  dataSet: DataSet,
  request: SetupRequest,
  context: SetupContext,
): Promise<DatasetReport> {
  const { store, dataDir } = context;
  await removeLeftovers(store, dataDir);
  try {
    return await setUp(dataSet, request, context);
  } catch (error) {
    // What cannot be tidied up now (a full disk, a database that is away) is left to the next setup.
    await removeLeftovers(store, dataDir).catch(() => {});
    throw error;
  }
}

async function setUp(dataSet: DataSet, request: SetupRequest, context: SetupContext): Promise<DatasetReport> {
  const path = await obtain(dataSet, request, context);
  context.signal.throwIfAborted();
  const options: SetupOptions = {
    ...request.choices,
    path,
    dataDir: context.dataDir,
    onProgress: context.onProgress,
    assignOwnIds: (keys) => context.store.movies.assignOwnIds(keys),
  };
  return dataSet.kind === 'base' ? setUpBase(dataSet, options, context) : addTo(dataSet, options, context);
}

async function setUpBase(
  dataSet: BaseDataSet,
  options: SetupOptions,
  context: SetupContext,
): Promise<DatasetReport> {
  const { store, dataDir, signal } = context;
  const data = await dataSet.transform(options);
  signal.throwIfAborted();
  const staged = await stageFiles(dataDir);
  const plan = await planBase(store, dataSet.name, data, options.minRatings);
  if (data.ratings) await stageRatings(staged, data.ratings);
  if (data.reviews) await stageReviews(staged, data.reviews);
  const { table } = data.ratings ?? {};
  const report: DatasetReport = {
    ...aboutReport(dataSet, options),
    steps: data.steps,
    numbers: { ...data.numbers, ...plan.names, ...knownFacts(plan.catalogue) },
    totals: {
      titles: plan.keep.size,
      trainedTitles: table?.itemIds.length ?? 0,
      ratings: table?.items.length ?? 0,
      users: table ? userCount(table) : 0,
    },
  };
  await writeReport(staged.folder, report);
  const { minRatings } = options;
  const modelId = data.ratings
    ? await context.train({ staged: staged.folder, dataSet: dataSet.name, minRatings }, context)
    : null;
  const going = [
    ...(data.ratings ? [] : [RATINGS_FILE, HELD_OUT_FILE]),
    ...(data.reviews ? [] : [REVIEWS_FILE]),
    ...(await reportsBut(dataDir, [dataSet.name, ...plan.loaded.addOns])),
  ];
  await load(plan, { modelId, staged, going }, context);
  return report;
}

async function addTo(dataSet: AddOn, options: SetupOptions, context: SetupContext): Promise<DatasetReport> {
  const { store, dataDir, signal } = context;
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
  const plan = await planAddOn(store, dataSet, enrichment);
  const base = (await readReports(dataDir)).find(({ name }) => name === loaded?.base);
  const report: DatasetReport = {
    ...aboutReport(dataSet, options),
    steps: enrichment.steps,
    numbers: {
      ...enrichment.numbers,
      ...plan.names,
      ...(bringsFacts([...enrichment.updates, ...enrichment.newTitles]) ? knownFacts(plan.catalogue) : {}),
    },
    totals: { trainedTitles: 0, ratings: 0, users: 0, ...base?.totals, titles: plan.keep.size },
  };
  const staged = await stageFiles(dataDir);
  await writeReport(staged.folder, report);
  await load(plan, { modelId: undefined, staged, going: [] }, context);
  return report;
}

const aboutReport = (dataSet: DataSet, options: SetupOptions) => ({
  name: dataSet.name,
  kind: dataSet.kind,
  loadedAt: new Date().toISOString(),
  from: options.path === null ? dataSet.page : basename(options.path),
  licence: dataSet.licence,
  citation: dataSet.citation,
});

interface Arriving {
  /** The model to serve; null = none, undefined = the one that is served now. */
  modelId: string | null | undefined;
  staged: StagedFiles;
  /** Files of the data directory that leave. */
  going: readonly string[];
}

/** Builds the indexes of the catalogue to come, and then changes database, files and what is served, all or nothing. */
async function load(plan: LoadPlan, { modelId, staged, going }: Arriving, context: SetupContext) {
  const { store, dataDir, onProgress, signal } = context;
  const { catalogue, rows, tagging } = plan;
  const version = await timed(onProgress, 'build the indexes', async () => {
    const { tags, counts } = tagging
      ? { tags: tagging.tags, counts: tagColumns(tagging.tagCounts) }
      : await store.tags.readAll();
    const result = await writeSnapshot(dataDir, { titles: catalogue, tags, counts });
    return { result, done: catalogue.length };
  });
  await sealFiles(staged, going);
  signal.throwIfAborted();
  const before = await activeNow(store);
  const { isAsPlanned } = await timed(onProgress, 'load titles', async () => {
    const result = await carryOut(
      store,
      { ...plan, loaded: { ...plan.loaded, staged: staged.id } },
      async () => {
        await activate(store, { catalogueVersion: version, ...(modelId === null ? { modelId } : {}) });
        if (modelId) await activateModel(store, modelId);
      },
    );
    return {
      result,
      done: rows.length,
      ...(tagging ? { note: `${tagging.tagCounts.length} tag counts` } : {}),
    };
  });
  await settleFiles(store, dataDir);
  if (isAsPlanned) await removeOldSnapshots(dataDir, [version, before?.catalogueVersion]);
  else await buildSnapshot({ store, dataDir });
}

/**
 * Files a run that did not finish left aside; what its transaction had made true already is moved into place instead.
 * Downloads are not among them: those are gone on with.
 */
async function removeLeftovers(store: Store, dataDir: string): Promise<void> {
  await settleFiles(store, dataDir);
  await removeStaged(dataDir);
  for (const folder of ['', 'models', 'posters']) {
    const names = await readdir(join(dataDir, folder)).catch(() => []);
    for (const name of names)
      if (/\.\d+\.part$/.test(name)) await rm(join(dataDir, folder, name), { force: true });
  }
}

const reportsBut = async (dataDir: string, keep: readonly string[]): Promise<string[]> =>
  (await readReports(dataDir)).filter(({ name }) => !keep.includes(name)).map(({ name }) => reportFile(name));
