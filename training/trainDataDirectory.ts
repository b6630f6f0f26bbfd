import { existsSync, rmSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type EaseModel } from '../src/recommender/ease.ts';
import { encodeModel } from '../src/recommender/modelFile.ts';
import { openStore, type Store } from '../src/store/database.ts';
import { type EaseFit } from './fitEase.ts';
import { writeInverse } from './inverseFile.ts';
import { wasmSolver, whyNoWasm } from './kernel/wasmSolver.ts';
import { emptyRatings, mergeRatings } from './mergeRatings.ts';
import { type RatingsTable, readRatings } from './ratingsFile.ts';
import { plainSolver, type Solver } from './solver.ts';
import { type Progress, type TrainingMetrics, trainModel, type TrainOptions } from './trainModel.ts';
import { type TrainRequest } from './trainOptions.ts';

export interface TrainedModel {
  modelId: string;
  file: string;
  algorithm: string;
  parameters: Record<string, number | string | boolean>;
  metrics: TrainingMetrics;
}

/** Files of a run that is not over, removed when it is interrupted. */
const asides = new Set<string>();
export const removeAsides = (): void => {
  for (const path of asides) rmSync(path, { force: true });
};

/**
 * Trains on what the data directory and the database hold, writes the model file aside and renames it, registers it and
 * makes it the active one. Until the last step everything is as it was.
 */
export async function trainDataDirectory(
  request: TrainRequest,
  onProgress: (progress: Progress) => void,
): Promise<TrainedModel> {
  const { dataDir, databaseUrl, createdBy } = request;
  const store = await openStore({ dataDir, ...(databaseUrl ? { databaseUrl } : {}) });
  try {
    const ratings = mergeRatings(readDataSet(dataDir), await store.ratings.allForTraining());
    const solver = chooseSolver(request);
    try {
      const side = await readSide(store, request.sideWeight);
      let fit: EaseFit | undefined;
      const onFit = (whole: EaseFit) => (fit = whole);
      const options = { ...trainOptions(request), ...(side ? { side } : {}), solver, onFit };
      const { model, metrics } = await trainModel(ratings, options, onProgress);
      const modelId = nameOf(model);
      const file = `${modelId}.ease`;
      await mkdir(join(dataDir, 'models'), { recursive: true });
      if (request.keepInverse)
        writeInverse(join(dataDir, 'models', `${modelId}.inverse`), {
          fit: fit!,
          modelId,
          dataHash: model.header.dataHash,
        });
      await writeModel(join(dataDir, 'models'), file, model);
      const { algorithm, parameters, dataHash } = model.header;
      await store.models.create({
        modelId,
        file,
        algorithm,
        parameters,
        metrics: { ...metrics },
        dataHash,
        titles: metrics.titles,
        createdBy,
      });
      await store.models.activate(modelId);
      const active = await store.settings.get<Record<string, unknown>>('active');
      await store.settings.set('active', { ...active, modelId });
      return { modelId, file, algorithm, parameters, metrics };
    } finally {
      await solver.close();
    }
  } finally {
    await store.close();
  }
}

function readDataSet(dataDir: string): RatingsTable {
  const path = join(dataDir, 'ratings.bin');
  return existsSync(path) ? readRatings(path) : emptyRatings();
}

async function readSide(store: Store, weight: number): Promise<TrainOptions['side']> {
  if (weight === 0) return undefined;
  const { counts } = await store.tags.readAll();
  const tagCounts = Array.from(counts.movieIds, (movieId, at) => ({
    movieId,
    tagId: counts.tagIds[at]!,
    count: counts.counts[at]!,
  }));
  return { weight, tagCounts };
}

/** The fast one wherever it can run; a plain one is a notice, not a secret. */
function chooseSolver({ engine, precision, threads }: TrainRequest): Solver {
  const problem = engine === 'plain' ? null : whyNoWasm();
  if (problem && engine === 'wasm') throw new Error(problem);
  if (problem) process.stderr.write(`${problem}\n`);
  return engine === 'plain' || problem
    ? plainSolver()
    : wasmSolver({ valueType: precision, ...(threads ? { threads } : {}) });
}

const trainOptions = (request: TrainRequest): TrainOptions => ({
  parameters: request.parameters,
  minRatings: request.minRatings,
  valueType: request.valueType,
  ...(request.keep ? { keep: request.keep } : {}),
  ...(request.search ? { search: request.lambdas ? { lambdas: request.lambdas } : {} } : {}),
});

/** Such as rdlae-20250131-142530-3f2a91: what, when (UTC), on which data. */
function nameOf({ header }: EaseModel): string {
  const [day, time] = header.trainedAt.replaceAll(/[-:]/g, '').split(/[T.]/);
  return `${header.algorithm}-${day}-${time}-${header.dataHash.slice(0, 6)}`;
}

/** On disk for good (fsync) before it has its name: a reader or a crash never sees half a file. */
async function writeModel(folder: string, file: string, model: EaseModel): Promise<void> {
  const aside = join(folder, `${file}.${process.pid}.part`);
  asides.add(aside);
  try {
    const handle = await open(aside, 'w');
    try {
      for (const part of encodeModel(model)) await handle.write(part);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(aside, join(folder, file));
  } finally {
    rmSync(aside, { force: true });
    asides.delete(aside);
  }
}
