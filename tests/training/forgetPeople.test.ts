import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startForgetting } from '../../src/jobs/forgetPeople.ts';
import type { DeletionReceipt } from '../../src/jobs/trainingResults.ts';
import { weightOf } from '../../src/recommender/ease.ts';
import { decodeModel } from '../../src/recommender/modelFile.ts';
import { deleteAccount } from '../../src/services/accounts/deleteAccount.ts';
import { canForget } from '../../src/services/accounts/removePerson.ts';
import { hashPassword } from '../../src/services/accounts/passwordHash.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import { syntheticRatings } from '../../training/bench/syntheticRatings.ts';
import { forgetPeople } from '../../training/forgetPeople.ts';
import { writeRatings } from '../../training/ratingsFile.ts';
import { trainDataDirectory } from '../../training/trainDataDirectory.ts';
import { readTrainOptions } from '../../training/trainOptions.ts';
import { numberedTitles } from './numberedTitles.ts';

let dataDir: string;
let store: Store;
let mara: number;
const password = 'paper lantern street';

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'marquee-forget-'));
  await writeRatings(join(dataDir, 'ratings.bin'), syntheticRatings(60));
  store = await openStore({ dataDir });
  const ids = [1, 2, 3, 4, 5];
  await store.movies.upsertMany(numberedTitles(60));
  const passwordHash = await hashPassword(password);
  mara = (await store.users.create({ name: 'mara', passwordHash })).userId;
  const other = (await store.users.create({ name: 'noor', passwordHash })).userId;
  for (const movieId of ids.slice(0, 4)) await store.ratings.put(mara, movieId, 5);
  for (const movieId of ids.slice(2)) await store.ratings.put(other, movieId, 4);
});
afterEach(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const train = (...given: string[]) =>
  trainDataDirectory(
    readTrainOptions(['--data-dir', dataDir, '--min-ratings', '5', '--engine', 'plain', '--algorithm', 'ease', '--lambda', '50', ...given]),
    () => {},
  ); // prettier-ignore
const modelIn = (modelId: string) => decodeModel(readFileSync(join(dataDir, 'models', `${modelId}.ease`)));

it('someone who leaves is taken out exactly, with what they had when it was trained, and a receipt says so', async () => {
  const { modelId } = await train('--keep-inverse');
  // Changed since: it is the trained 5 that has to go.
  await store.ratings.put(mara, 1, 1);
  await store.ratings.remove(mara, 2);
  await deleteAccount(store, { userId: mara, password });
  expect(await store.settings.get('forgetPeople')).toEqual([mara]);

  const receipt = (await forgetPeople(store, dataDir))!;
  expect(receipt).toMatchObject({ people: 1, ratings: 4, modelBefore: modelId, olderModels: [] });
  expect(receipt.differenceToRetrain).toBeLessThan(1e-10);
  expect(await store.settings.get('forgetPeople')).toEqual([]);
  expect(await store.settings.get('active')).toMatchObject({ modelId: receipt.modelAfter });
  const path = join(dataDir, 'receipts', `${receipt.modelAfter}.json`);
  expect(JSON.parse(readFileSync(path, 'utf8')) as DeletionReceipt).toEqual(receipt);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(dataDir, 'models')).some((name) => name.startsWith(`${modelId}.`))).toBe(false);

  const after = modelIn(receipt.modelAfter);
  const fresh = modelIn((await train()).modelId);
  const [i, j] = [after.indexOf.get(1)!, after.indexOf.get(4)!];
  const [k, l] = [fresh.indexOf.get(1)!, fresh.indexOf.get(4)!];
  expect(weightOf(after, i, j)).toBeCloseTo(weightOf(fresh, k, l), 6);
});

it('without a kept inverse the next training leaves them out, and nobody waits any more', async () => {
  const before = await train();
  await deleteAccount(store, { userId: mara, password });
  expect(await forgetPeople(store, dataDir)).toBeNull();
  expect(await store.settings.get('forgetPeople')).toEqual([mara]);
  const after = await train('--force');
  expect(after.metrics.users).toBe(before.metrics.users - 1);
  expect(await store.settings.get('forgetPeople')).toEqual([]);
});

it('someone who left while a training had read their ratings waits to be taken out of that one', async () => {
  await train();
  await store.settings.update('forgetPeople', () => [mara, 999]); // 999 left before it
  await train('--keep-inverse', '--force');
  expect(await store.settings.get('forgetPeople')).toEqual([mara]);
  expect(await forgetPeople(store, dataDir)).toMatchObject({ people: 1, ratings: 4 });
});

it('every earlier model that is on record as knowing them goes too, the others are named', async () => {
  const unrecorded = await train();
  const earlier = await train('--keep-inverse', '--force');
  const active = await train('--keep-inverse', '--force');
  await deleteAccount(store, { userId: mara, password });
  const receipt = (await forgetPeople(store, dataDir))!;
  expect(receipt.modelBefore).toBe(active.modelId);
  expect(receipt.removedModels).toEqual([earlier.modelId]);
  expect(receipt.olderModels).toEqual([unrecorded.modelId]);
  const left = readdirSync(join(dataDir, 'models')).map((file) => file.split('.')[0]);
  expect(new Set(left)).toEqual(new Set([unrecorded.modelId, receipt.modelAfter]));
});

it('waits for a training that runs', async () => {
  await train('--keep-inverse');
  await deleteAccount(store, { userId: mara, password });
  const { jobId } = await store.jobs.claim('train');
  await expect(forgetPeople(store, dataDir)).rejects.toThrow('A training is already running');
  await store.jobs.finish(jobId);
  expect(await forgetPeople(store, dataDir)).toMatchObject({ people: 1 });
});

it('a wrong password deletes nobody and queues nothing', async () => {
  await train('--keep-inverse');
  await expect(deleteAccount(store, { userId: mara, password: 'not it' })).rejects.toThrow();
  expect(await store.users.findById(mara)).not.toBeNull();
  expect(await store.settings.get('forgetPeople')).toEqual([]);
});

it('the server looks for them and has a child process do the work, which tells its receipt', async () => {
  await train('--keep-inverse');
  await deleteAccount(store, { userId: mara, password });
  const onDone = vi.fn();
  const end = startForgetting({
    isWaiting: () => canForget(store),
    config: { dataDir },
    onDone,
    everyMs: 50,
  });
  await vi.waitFor(() => expect(onDone).toHaveBeenCalled(), 40_000);
  end();
  expect(onDone).toHaveBeenCalledExactlyOnceWith({
    exitCode: 0,
    result: expect.objectContaining({ people: 1, ratings: 4 }) as unknown,
  });
}, 60_000);

it('a failure is told and tried again, not before its time', async () => {
  await train('--keep-inverse');
  await deleteAccount(store, { userId: mara, password });
  const run = vi.fn().mockResolvedValue({ exitCode: 2, error: 'A training is already running' });
  const onDone = vi.fn();
  const end = startForgetting({
    isWaiting: () => canForget(store),
    config: { dataDir },
    onDone,
    everyMs: 5,
    retryMs: 400,
    run,
  });
  await vi.waitFor(() => expect(run).toHaveBeenCalledTimes(1), 4000);
  await new Promise((done) => setTimeout(done, 100));
  expect(run).toHaveBeenCalledTimes(1);
  await vi.waitFor(() => expect(run).toHaveBeenCalledTimes(2), 4000);
  end();
  expect(onDone).toHaveBeenCalledWith({ exitCode: 2, error: 'A training is already running' });
});
