import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asJob } from '../datasets/support/asJob.ts';
import { settleFiles } from '../datasets/support/stagedFiles.ts';
import { untilAborted } from '../datasets/support/untilAborted.ts';
import { type TrainedModel as Answer } from '../src/jobs/trainingResults.ts';
import { type EaseModel } from '../src/recommender/ease.ts';
import { decodeModel } from '../src/recommender/modelFile.ts';
import { FORGET_QUEUE } from '../src/services/accounts/removePerson.ts';
import { activateModel } from '../src/services/activateModel.ts';
import { openStore, type Store } from '../src/store/database.ts';
import { chooseEngine, type Engine } from './engine.ts';
import { type EaseFit } from './fitEase.ts';
import { knownPeopleOf } from './knownPeople.ts';
import { mergeRatings } from './mergeRatings.ts';
import { freeName, keepFiles, nameOf, writeKept, writeModel } from './modelFiles.ts';
import { type Judgement, judge } from './promotion/judge.ts';
import { judgedPeople } from './promotion/judgedPeople.ts';
import { decidePromotion, type Promotion } from './promotion/promotion.ts';
import { hashRatings, type RatingsTable, userCount } from './ratingsFile.ts';
import {
  activeModelId,
  fileProblem,
  loadedData,
  recordOf,
  removeOldModels,
  type TrainedFor,
} from './registry.ts';
import { type Progress, type TrainingMetrics, trainModel, type TrainOptions } from './trainModel.ts';
import { minRatingsOfSetup, readDataSet, readSide, withoutUnknownTitles } from './trainingData.ts';
import { type TrainRequest } from './trainOptions.ts';
import { type TrainingMatrix } from './trainingMatrix.ts';

export interface TrainedModel extends Answer {
  file: string;
  algorithm: string;
  parameters: Record<string, number | string | boolean>;
  metrics: TrainingMetrics;
  promotion: Promotion;
}

/**
 * Trains on what the data directory and the database hold, writes the model file aside and renames it, registers it, and
 * makes it the active one unless it is worse (promotion/promotion.ts). Until the last step everything is as it was. With
 * `staged` it is trained for a catalogue to come, and left to the setup to activate together with that. Aborted, it is a
 * failed job at once.
 */
export async function trainDataDirectory(
  request: TrainRequest,
  onProgress: (progress: TrainProgress) => void,
  signal?: AbortSignal,
): Promise<TrainedModel> {
  const { dataDir, databaseUrl, staged, createdBy } = request;
  const store = await openStore({ dataDir, ...(databaseUrl ? { databaseUrl } : {}) });
  try {
    // The setup that trains for a catalogue to come is the job.
    if (staged) return await untilAborted(trainOn(store, staged.folder, request, onProgress, signal), signal);
    const job = { kind: 'train', detail: { createdBy }, onProgress, ...(signal ? { signal } : {}) } as const;
    return await asJob(store, job, async (report) => {
      await settleFiles(store, dataDir);
      return trainOn(store, dataDir, request, report, signal);
    });
  } finally {
    await store.close();
  }
}

/** @param folder where the data set's ratings are */
async function trainOn(
  store: Store,
  folder: string,
  request: TrainRequest,
  onProgress: (progress: TrainProgress) => void,
  signal: AbortSignal | undefined,
): Promise<TrainedModel> {
  const { dataDir, staged } = request;
  const dataSet = readDataSet(folder);
  const hash = dataSet.items.length > 0 ? hashRatings(dataSet) : null;
  const loaded = staged ? { dataSet: staged.dataSet, dataSetHash: hash } : await loadedData(store, hash);
  const engine = chooseEngine(request);
  try {
    const made = await trainAndWrite(store, engine, dataSet, request, onProgress);
    onProgress({ step: 'compare', done: 0, total: 1 });
    const judgement = judge(made, judgedPeople(folder, dataSet));
    const promotion = await decide(store, { judgement, loaded }, request);
    // The process may go on for a moment after Ctrl-C: what is served must not change in it.
    signal?.throwIfAborted();
    await register(store, request, made, { judgement, trainedFor: loaded });
    keepFiles(made.modelId);
    const isActive = promotion.isActivated && !staged;
    signal?.throwIfAborted();
    if (isActive) await activateModel(store, made.modelId);
    if (isActive) await clearForgetQueue(store, made.userIds);
    const removed = await removeOldModels(store, dataDir);
    onProgress({ step: 'compare', done: 1, total: 1, note: promotion.reason });
    const { modelId, file, metrics } = made;
    const { algorithm, parameters } = made.model.header;
    return { modelId, file, algorithm, parameters, metrics, isActive, promotion, removed };
  } finally {
    await engine.solver.close();
  }
}

export type TrainProgress = Omit<Progress, 'step'> & { step: Progress['step'] | 'compare' };

/** A model in its file, with what it was made from still in memory: P is the solver's until its next job. */
interface Made {
  modelId: string;
  file: string;
  /** As read back from the file. */
  model: EaseModel;
  metrics: TrainingMetrics;
  fit: EaseFit;
  matrix: TrainingMatrix;
  /** Of people registered here, in the order of their rows in X. */
  userIds: number[];
}

async function trainAndWrite(
  store: Store,
  engine: Engine,
  dataSet: RatingsTable,
  request: TrainRequest,
  onProgress: (progress: TrainProgress) => void,
): Promise<Made> {
  const ownRatings = await store.ratings.allForTraining();
  const userIds = [...new Set(ownRatings.map(({ userId }) => userId))];
  const ratings = await withoutUnknownTitles(store, mergeRatings(dataSet, ownRatings), request);
  const side = await readSide(store, request.sideWeight);
  let whole: { fit: EaseFit; matrix: TrainingMatrix } | undefined;
  const onFit = (fit: EaseFit, matrix: TrainingMatrix) => (whole = { fit, matrix });
  const minRatings = request.minRatings ?? (await minRatingsOfSetup(store));
  const { solver } = engine;
  const options = { ...trainOptions(request, engine), minRatings, ...(side ? { side } : {}), solver, onFit };
  const { model, metrics } = await trainModel(ratings, options, onProgress);
  const folder = join(request.dataDir, 'models');
  const modelId = freeName(folder, nameOf(model));
  const file = `${modelId}.ease`;
  await mkdir(folder, { recursive: true });
  if (request.keepInverse) {
    const { fit, matrix } = whole!;
    const people = knownPeopleOf(matrix, userCount(dataSet), userIds);
    writeKept(request.dataDir, { fit, modelId, dataHash: model.header.dataHash }, people);
  }
  await writeModel(folder, file, model);
  const written = decodeModel(await readFile(join(folder, file)));
  return { modelId, file, model: written, metrics, userIds, ...whole! };
}

/** Whoever was deleted before this training read their ratings is in no need of being taken out of it. */
const clearForgetQueue = (store: Store, trainedOn: number[]): Promise<unknown> =>
  store.settings.update<number[]>(FORGET_QUEUE, (queue) =>
    (queue ?? []).filter((userId) => trainedOn.includes(userId)),
  );

async function decide(
  store: Store,
  { judgement, loaded }: { judgement: Judgement | null; loaded: TrainedFor },
  { dataDir, force }: TrainRequest,
): Promise<Promotion> {
  const { dataSetHash } = loaded;
  const modelId = await activeModelId(store);
  const row = modelId === null ? null : await store.models.get(modelId);
  if (modelId === null) return decidePromotion({ judgement, dataSetHash }, null, force);
  const record = row && recordOf(row);
  const active = {
    modelId,
    judgement: record?.judgement ?? null,
    dataSetHash: record?.trainedFor ? record.trainedFor.dataSetHash : dataSetHash,
    problem: row ? fileProblem(dataDir, row) : 'it is not registered',
  };
  return decidePromotion({ judgement, dataSetHash }, active, force);
}

async function register(
  store: Store,
  { createdBy, keepInverse, sideWeight }: TrainRequest,
  { modelId, file, model, metrics }: Made,
  record: { judgement: Judgement | null; trainedFor: TrainedFor },
): Promise<void> {
  const { algorithm, parameters, dataHash, titles } = model.header;
  const measured = { ...metrics, ...record, keepsInverse: keepInverse, usesSide: sideWeight > 0 };
  await store.models.create({
    ...{ modelId, file, algorithm, parameters, dataHash, titles, createdBy },
    metrics: measured,
  });
}

const trainOptions = (
  { parameters, valueType, keep, search, lambdas, searchTitles }: TrainRequest,
  { openSolver, threads }: Engine,
): Omit<TrainOptions, 'minRatings'> => ({
  parameters,
  valueType,
  ...(keep ? { keep } : {}),
  ...(search && {
    search: {
      threads,
      ...(openSolver && { openSolver }),
      ...(lambdas && { lambdas }),
      ...(searchTitles && { maxTitles: searchTitles }),
    },
  }),
});
