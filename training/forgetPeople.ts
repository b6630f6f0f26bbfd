import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { asJob } from '../datasets/support/asJob.ts';
import { type OnProgress } from '../datasets/support/progress.ts';
import { type DeletionReceipt } from '../src/jobs/trainingResults.ts';
import { type ModelHeader } from '../src/recommender/ease.ts';
import { FORGET_QUEUE } from '../src/services/accounts/removePerson.ts';
import { activateModel } from '../src/services/activateModel.ts';
import { type Store } from '../src/store/database.ts';
import { writeAside } from '../src/writeAside.ts';
import { type EaseFit } from './fitEase.ts';
import { readInverse } from './inverseFile.ts';
import { type KnownPeople, knownPeoplePath, readKnownPeople } from './knownPeople.ts';
import { freeName, keepFiles, nameOf, writeKept, writeModel } from './modelFiles.ts';
import { activeModelId, type ModelRow, readRegistered, removeModel } from './registry.ts';
import { differenceToRetrain } from './retrainWithout.ts';
import { readDataSet } from './trainingData.ts';
import { modelOf } from './trainModel.ts';
import { type InputKind } from './trainingMatrix.ts';
import { changePerson, type PersonEntry } from './unlearn.ts';

/** A retrain for the receipt takes n³ steps on one thread: above this many titles it is left out. */
const MEASURED_TITLES = 1500;

/**
 * Takes everyone in the queue out of the active model, exactly, from its kept inverse. The models that knew them are
 * removed. It is a job like a training: the two never meet.
 * @returns null when there is nobody to take out, or no inverse was kept: the next training then leaves them out
 * @throws UsageError when a setup or a training runs
 */
export const forgetPeople = (
  store: Store,
  dataDir: string,
  onProgress: OnProgress = () => {},
  signal?: AbortSignal,
): Promise<DeletionReceipt | null> =>
  asJob(
    store,
    { kind: 'train', detail: { createdBy: CREATED_BY }, onProgress, ...(signal ? { signal } : {}) },
    (report) => forget(store, dataDir, report),
  );

const CREATED_BY = 'a deleted account';

async function forget(
  store: Store,
  dataDir: string,
  onProgress: OnProgress,
): Promise<DeletionReceipt | null> {
  const queue = (await store.settings.get<number[]>(FORGET_QUEUE)) ?? [];
  const before = await activeModelId(store);
  const row = before === null ? null : await store.models.get(before);
  if (queue.length === 0 || row?.metrics['keepsInverse'] !== true) return null;
  const people = readPeople(dataDir, row);
  if (!people) throw new Error(`What was kept to unlearn people from ${row.modelId} is not there any more`);
  const leaving = queue.map((userId) => people.get(userId) ?? []).filter((entries) => entries.length > 0);
  for (const userId of queue) people.delete(userId);
  onProgress({ step: 'forget', done: 0, total: leaving.length });
  let receipt: DeletionReceipt | null = null;
  if (leaving.length > 0) {
    const made = await writeWithout(dataDir, row, leaving, people);
    const { modelId, header } = made;
    const measured = await measure(made, row, { dataDir, people });
    const { algorithm, parameters, dataHash, titles } = header;
    await store.models.create({
      ...{ modelId, file: `${modelId}.ease`, algorithm, parameters, dataHash, titles },
      createdBy: CREATED_BY,
      metrics: row.metrics,
    });
    keepFiles(modelId);
    await activateModel(store, modelId);
    await removeModel(store, dataDir, row);
    receipt = {
      at: new Date().toISOString(),
      people: leaving.length,
      ratings: leaving.reduce((sum, entries) => sum + entries.length, 0),
      modelBefore: row.modelId,
      modelAfter: modelId,
      method: 'P + (Px)(Px)ᵀ / (1 − xᵀPx) for each person, with γ as it was at the training',
      ...measured,
      ...(await removeThoseWhoKnew(store, dataDir, queue, modelId)),
    };
    await writeReceipt(dataDir, receipt);
  } else await removeThoseWhoKnew(store, dataDir, queue, row.modelId);
  await store.settings.update<number[]>(FORGET_QUEUE, (waiting) =>
    (waiting ?? []).filter((userId) => !queue.includes(userId)),
  );
  onProgress({ step: 'forget', done: leaving.length, total: leaving.length });
  return receipt;
}

/** Whom a model with a kept inverse was trained on; null for one without. */
function readPeople(dataDir: string, { modelId }: ModelRow): KnownPeople | null {
  const path = knownPeoplePath(dataDir, modelId);
  return existsSync(path) && existsSync(inversePath(dataDir, modelId)) ? readKnownPeople(path) : null;
}

const inversePath = (dataDir: string, modelId: string): string =>
  join(dataDir, 'models', `${modelId}.inverse`);

/** Earlier models that are on record as knowing somebody who left go; of the others nobody can say. */
async function removeThoseWhoKnew(
  store: Store,
  dataDir: string,
  left: number[],
  active: string,
): Promise<Pick<DeletionReceipt, 'removedModels' | 'olderModels'>> {
  const removedModels: string[] = [];
  const olderModels: string[] = [];
  for (const row of await store.models.list()) {
    if (row.modelId === active) continue;
    const people = readPeople(dataDir, row);
    if (people && left.some((userId) => people.has(userId))) {
      await removeModel(store, dataDir, row);
      removedModels.push(row.modelId);
    } else if (!people) olderModels.push(row.modelId);
  }
  return { removedModels, olderModels };
}

interface Unlearned {
  modelId: string;
  fit: EaseFit;
  header: ModelHeader;
}

/** The files of the model without those who leave: weights, inverse, and the rows of everyone else. */
async function writeWithout(
  dataDir: string,
  row: ModelRow,
  leaving: PersonEntry[][],
  people: KnownPeople,
): Promise<Unlearned> {
  const folder = join(dataDir, 'models');
  const { header } = readRegistered(dataDir, row);
  let { fit } = readInverse(inversePath(dataDir, row.modelId));
  for (const entries of leaving) fit = changePerson(fit, entries, []);
  const model = modelOf(fit, {
    keep: header.entries >= header.titles * (header.titles - 1) ? 'all' : { entries: header.entries },
    valueType: header.valueType,
    input: header.parameters['input'] as InputKind,
    minRatings: Number(header.parameters['minRatings'] ?? 0),
    dataHash: createHash('sha256')
      .update(`${header.dataHash} without ${leaving.length} people`)
      .digest('hex'),
  });
  const modelId = freeName(folder, nameOf(model));
  writeKept(dataDir, { fit, modelId, dataHash: model.header.dataHash }, people);
  await writeModel(folder, `${modelId}.ease`, model);
  return { modelId, fit, header: model.header };
}

async function measure(
  { fit, header }: Unlearned,
  row: ModelRow,
  { dataDir, people }: { dataDir: string; people: KnownPeople },
): Promise<Pick<DeletionReceipt, 'differenceToRetrain' | 'note'>> {
  const not = (note: string) => ({ differenceToRetrain: null, note });
  if (fit.movieIds.length > MEASURED_TITLES)
    return not(`Not measured: a retrain for comparison is made up to ${MEASURED_TITLES} titles`);
  if (row.metrics['usesSide']) return not('Not measured: the model also learned from tags');
  const input = header.parameters['input'] as InputKind;
  return {
    differenceToRetrain: await differenceToRetrain(fit, readDataSet(dataDir), people, input),
    note: 'Compared with a training on everything else the model knew',
  };
}

async function writeReceipt(dataDir: string, receipt: DeletionReceipt): Promise<void> {
  const folder = join(dataDir, 'receipts');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${receipt.modelAfter}.json`);
  await writeAside(path, `${JSON.stringify(receipt, null, 2)}\n`, { mode: 0o600 });
}
