import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ModelHeader } from '../src/recommender/ease.ts';
import { activateModel } from '../src/services/activateModel.ts';
import { type Store } from '../src/store/database.ts';
import { type EaseFit, scalesOf } from './fitEase.ts';
import { readInverse, writeInverse } from './inverseFile.ts';
import { type KnownPeople, knownPeoplePath, readKnownPeople, writeKnownPeople } from './knownPeople.ts';
import { diagonalOf, rowsOf } from './lowerTriangle.ts';
import { activeModelId, type ModelRow, readRegistered, removeModel } from './registry.ts';
import { type RatingsTable, userCount } from './ratingsFile.ts';
import { plainSolver } from './solver.ts';
import { freeName, nameOf, readDataSet, writeModel } from './trainDataDirectory.ts';
import { modelOf } from './trainModel.ts';
import { type InputKind, inputValue, type TrainingMatrix } from './trainingMatrix.ts';
import { changePerson, type PersonEntry } from './unlearn.ts';

/** What a person who left can be shown: which model knew them, which does not, and how exactly they were taken out. */
export interface DeletionReceipt {
  at: string;
  /** People taken out at once, and how many of their ratings counted. No name and no number of theirs is kept. */
  people: number;
  ratings: number;
  modelBefore: string;
  modelAfter: string;
  method: string;
  /** Largest |ΔB| to a training without them on everything else the model knew; null with the reason where it was not made. */
  differenceToRetrain: number | null;
  note: string;
  /** Trained earlier and still kept for going back to; they may know these people until they are replaced. */
  olderModels: string[];
}

/** Ids of people whose accounts were deleted since the model was trained. */
export const FORGET_QUEUE = 'forgetPeople';
/** A retrain for the receipt takes n³ steps on one thread: above this many titles it is left out. */
const MEASURED_TITLES = 1500;

/**
 * Takes everyone in the queue out of the active model, exactly, from its kept inverse. The model that knew them is removed.
 * @returns null when there is nobody to take out, or no inverse was kept: the next training then leaves them out
 */
export async function forgetPeople(store: Store, dataDir: string): Promise<DeletionReceipt | null> {
  const queue = (await store.settings.get<number[]>(FORGET_QUEUE)) ?? [];
  const before = await activeModelId(store);
  const row = before === null ? null : await store.models.get(before);
  if (queue.length === 0 || !row) return null;
  const folder = join(dataDir, 'models');
  const [inversePath, peoplePath] = [join(folder, `${row.modelId}.inverse`), knownPeoplePath(dataDir, row.modelId)]; // prettier-ignore
  if (!existsSync(inversePath) || !existsSync(peoplePath)) return null;
  const people = readKnownPeople(peoplePath);
  const leaving = queue.map((userId) => people.get(userId) ?? []).filter((entries) => entries.length > 0);
  for (const userId of queue) people.delete(userId);
  if (leaving.length === 0) {
    await takeFromQueue(store, queue);
    return null;
  }
  // With β people are weighted by activity: what was trained is not their row of X.
  if (row.parameters['beta']) return null;
  const made = await writeWithout(dataDir, row, leaving, people);
  const { modelId, fit, header } = made;
  const input = header.parameters['input'] as InputKind;
  const measured = await differenceToRetrain(fit, row.metrics, readDataSet(dataDir), people, input);
  const { algorithm, parameters, dataHash, titles } = header;
  await store.models.create({
    ...{ modelId, file: `${modelId}.ease`, algorithm, parameters, dataHash, titles },
    createdBy: 'a deleted account',
    metrics: row.metrics,
  });
  await activateModel(store, modelId);
  await removeModel(store, dataDir, row);
  const receipt: DeletionReceipt = {
    at: new Date().toISOString(),
    people: leaving.length,
    ratings: leaving.reduce((sum, entries) => sum + entries.length, 0),
    modelBefore: row.modelId,
    modelAfter: modelId,
    method: 'P + (Px)(Px)ᵀ / (1 − xᵀPx) for each person, with γ as it was at the training',
    ...measured,
    olderModels: (await store.models.list()).map((other) => other.modelId).filter((id) => id !== modelId),
  };
  await writeReceipt(dataDir, receipt);
  await takeFromQueue(store, queue);
  return receipt;
}

/** The files of the model without those who leave: weights, inverse, and the rows of everyone else. */
async function writeWithout(
  dataDir: string,
  row: ModelRow,
  leaving: PersonEntry[][],
  people: KnownPeople,
): Promise<{ modelId: string; fit: EaseFit; header: ModelHeader }> {
  const folder = join(dataDir, 'models');
  const { header } = readRegistered(dataDir, row);
  let { fit } = readInverse(join(folder, `${row.modelId}.inverse`));
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
  writeInverse(join(folder, `${modelId}.inverse`), { fit, modelId, dataHash: model.header.dataHash });
  writeKnownPeople(knownPeoplePath(dataDir, modelId), people);
  await writeModel(folder, `${modelId}.ease`, model);
  return { modelId, fit, header: model.header };
}

const takeFromQueue = async (store: Store, done: number[]): Promise<void> => {
  await store.settings.update<number[]>(FORGET_QUEUE, (queue) =>
    (queue ?? []).filter((userId) => !done.includes(userId)),
  );
};

async function differenceToRetrain(
  fit: EaseFit,
  metrics: Record<string, unknown>,
  dataSet: RatingsTable,
  people: KnownPeople,
  input: InputKind,
): Promise<Pick<DeletionReceipt, 'differenceToRetrain' | 'note'>> {
  const left = (note: string) => ({ differenceToRetrain: null, note });
  if (fit.movieIds.length > MEASURED_TITLES)
    return left(`Not measured: a retrain for comparison is made up to ${MEASURED_TITLES} titles`);
  if (metrics['usesSide']) return left('Not measured: the model also learned from tags');
  const solver = plainSolver();
  const matrix = rebuild(fit.movieIds, dataSet, people, input);
  const gram = await solver.gram(matrix);
  await solver.invert(gram, fit.added);
  const scales = scalesOf(diagonalOf(gram), fit.added, fit.counts, fit.parameters);
  const [mine, other] = [rowsOf(fit.inverse), rowsOf(gram)];
  let largest = 0;
  mine.forEach((entries, i) => {
    for (let j = 0; j < i; j++)
      for (const [from, to] of [[i, j], [j, i]] as const) {
        const unlearned = entries[j]! * fit.rowScale[from]! * fit.columnScale[to]!;
        const retrained = other[i]![j]! * scales.rowScale[from]! * scales.columnScale[to]!;
        largest = Math.max(largest, Math.abs(unlearned - retrained));
      }
  }); // prettier-ignore
  return { differenceToRetrain: largest, note: 'Compared with a training on everything else the model knew' };
}

/** X as it was trained, without those who left. */
function rebuild(
  movieIds: Int32Array,
  dataSet: RatingsTable,
  people: KnownPeople,
  input: InputKind,
): TrainingMatrix {
  const indexOf = new Map(Array.from(movieIds, (movieId, index) => [movieId, index]));
  const ofDataSet = Array.from({ length: userCount(dataSet) }, (_, user) => {
    const entries: PersonEntry[] = [];
    for (let at = dataSet.userStart[user]!; at < dataSet.userStart[user + 1]!; at++) {
      const index = indexOf.get(dataSet.itemIds[dataSet.items[at]!]!);
      const value = inputValue(input, dataSet.halfStars[at]!);
      if (index !== undefined && value !== 0) entries.push({ index, value });
    }
    return entries.sort((a, b) => a.index - b.index);
  });
  const rows = [...ofDataSet, ...people.values()];
  const userStart = new Uint32Array(rows.length + 1);
  rows.forEach((entries, row) => (userStart[row + 1] = userStart[row]! + entries.length));
  return {
    movieIds,
    userStart,
    items: Uint32Array.from(rows.flat(), ({ index }) => index),
    values: Float32Array.from(rows.flat(), ({ value }) => value),
  };
}

async function writeReceipt(dataDir: string, receipt: DeletionReceipt): Promise<void> {
  const folder = join(dataDir, 'receipts');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${receipt.modelAfter}.json`);
  await writeFile(`${path}.${process.pid}.part`, `${JSON.stringify(receipt, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.${process.pid}.part`, path);
}
