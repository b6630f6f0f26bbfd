import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../src/errors.ts';
import { type ListedModel, type RolledBack } from '../src/jobs/trainingResults.ts';
import { type EaseModel } from '../src/recommender/ease.ts';
import { decodeModel } from '../src/recommender/modelFile.ts';
import { activateModel } from '../src/services/activateModel.ts';
import { type Store } from '../src/store/database.ts';
import { type Judgement, judgementSchema } from './promotion/judge.ts';

export type ModelRow = NonNullable<Awaited<ReturnType<Store['models']['get']>>>;

/** What the registry keeps of a model beside its numbers; in the `metrics` of its row. */
export interface TrainedFor {
  /** Name of the base data set; null when none is on record. */
  dataSet: string | null;
  /** SHA-256 of the data set's ratings; null without any. People's own ratings are not in it: they change every day. */
  dataSetHash: string | null;
}

const recordSchema = z.object({
  trainedFor: z.object({ dataSet: z.string().nullable(), dataSetHash: z.string().nullable() }).optional(),
  judgement: judgementSchema.nullish(),
});

/** How many of the newest models are kept; the active one stays however old it is. */
export const KEPT_MODELS = 5;

export function recordOf({ metrics }: ModelRow): {
  trainedFor: TrainedFor | null;
  judgement: Judgement | null;
} {
  const { data } = recordSchema.safeParse(metrics);
  return { trainedFor: data?.trainedFor ?? null, judgement: data?.judgement ?? null };
}

/** What is loaded now, in the words of the registry. */
export async function loadedData(store: Store, dataSetHash: string | null): Promise<TrainedFor> {
  const dataSet = await store.settings.get<{ base: string }>('dataset');
  return { dataSet: dataSet?.base ?? null, dataSetHash };
}

/**
 * Reads a model's file as the server will.
 * @throws Error with the reason when it is missing, cut short, damaged, of another version or trained on other ratings
 */
export function readRegistered(dataDir: string, { modelId, file, dataHash }: ModelRow): EaseModel {
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(dataDir, 'models', file));
  } catch (error) {
    throw new Error(`The file of ${modelId} is missing (${file})`, { cause: error });
  }
  return decodeModel(bytes, { dataHash });
}

/** One sentence when this model cannot be served here, else null. */
export function whyUnusable(dataDir: string, row: ModelRow, loaded: TrainedFor): string | null {
  const { trainedFor } = recordOf(row);
  if (trainedFor && trainedFor.dataSetHash !== loaded.dataSetHash)
    return trainedFor.dataSet === loaded.dataSet
      ? `${row.modelId} was trained on other ratings of ${loaded.dataSet ?? 'people here'} than those loaded now`
      : `${row.modelId} was trained for the catalogue of ${trainedFor.dataSet ?? 'no data set'}, and ${loaded.dataSet ?? 'none'} is loaded`;
  return fileProblem(dataDir, row);
}

/** One sentence when the model's file cannot be read, else null. */
export function fileProblem(dataDir: string, row: ModelRow): string | null {
  try {
    readRegistered(dataDir, row);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** The one that is served, as the server reads it; null when there is none. */
export async function activeModelId(store: Store): Promise<string | null> {
  return (await store.settings.get<{ modelId: string | null }>('active'))?.modelId ?? null;
}

/**
 * Goes back to the model that was active before, or to the one named.
 * @throws UsageError with the reason when there is none, or when it cannot be served here; nothing has then changed
 */
export async function rollBack(
  store: Store,
  dataDir: string,
  loaded: TrainedFor,
  wanted?: string,
): Promise<RolledBack> {
  const before = await activeModelId(store);
  const modelId = wanted ?? (await previousOf(store, before));
  if (modelId === before) throw new UsageError(`${modelId} is the active model already`);
  const row = await store.models.get(modelId);
  if (!row) throw new UsageError(`There is no model ${modelId}; train --list shows those there are`);
  const problem = whyUnusable(dataDir, row, loaded);
  if (problem) throw new UsageError(`${problem}; the active model is unchanged`);
  await activateModel(store, modelId);
  // Going back twice goes back two steps: what was left is not "before" any more.
  await store.settings.update<string[]>('activatedModels', (earlier) =>
    (earlier ?? []).filter((id) => id !== before),
  );
  return { modelId, before };
}

async function previousOf(store: Store, active: string | null): Promise<string> {
  const registered = new Set((await store.models.list()).map(({ modelId }) => modelId));
  const earlier = ((await store.settings.get<string[]>('activatedModels')) ?? []).filter(
    (id) => id !== active && registered.has(id),
  );
  const previous = earlier.at(-1);
  if (!previous) throw new UsageError('No model was active before this one: name one of train --list');
  return previous;
}

/** Newest first. */
export async function listModels(store: Store, dataDir: string, loaded: TrainedFor): Promise<ListedModel[]> {
  const active = await activeModelId(store);
  return (await store.models.list()).map((row) => {
    const { trainedFor, judgement } = recordOf(row);
    const { modelId, createdAt, createdBy, algorithm, parameters, titles } = row;
    return {
      ...{ modelId, isActive: modelId === active, createdAt, createdBy, algorithm, parameters, titles },
      dataSet: trainedFor?.dataSet ?? null,
      ndcgAt10: judgement?.ndcgAt10 ?? null,
      interval: judgement?.interval ?? null,
      people: judgement?.people ?? null,
      problem: whyUnusable(dataDir, row, loaded),
    };
  });
}

/** Takes out all but the newest models and the active one: rows, files and kept inverses. @returns what went */
export async function removeOldModels(store: Store, dataDir: string): Promise<string[]> {
  const active = await activeModelId(store);
  const old = (await store.models.list()).slice(KEPT_MODELS).filter(({ modelId }) => modelId !== active);
  for (const row of old) await removeModel(store, dataDir, row);
  return old.map(({ modelId }) => modelId);
}

/** Row, file, kept inverse and what was kept of the people in it. */
export async function removeModel(store: Store, dataDir: string, { modelId, file }: ModelRow): Promise<void> {
  await store.models.remove(modelId);
  for (const name of [file, `${modelId}.inverse`, `${modelId}.people.json`])
    rmSync(join(dataDir, 'models', name), { force: true });
}
