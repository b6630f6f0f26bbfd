import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../src/store/database.ts';
import { numberedTitles } from './numberedTitles.ts';
import { syntheticRatings } from '../../training/bench/syntheticRatings.ts';
import { ratingsHashOf, writeRatings } from '../../training/ratingsFile.ts';
import { listModels, loadedData, rollBack } from '../../training/registry.ts';
import { trainDataDirectory } from '../../training/trainDataDirectory.ts';
import { readTrainOptions } from '../../training/trainOptions.ts';

let dataDir: string;
let store: Store;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'marquee-registry-'));
  await writeRatings(join(dataDir, 'ratings.bin'), syntheticRatings(60));
  store = await openStore({ dataDir });
  await store.settings.set('dataset', { base: 'starter' });
  await store.settings.set('active', { catalogueVersion: 'c7', modelId: null });
});
afterEach(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const train = (...given: string[]) =>
  trainDataDirectory(
    readTrainOptions(['--data-dir', dataDir, '--min-ratings', '5', '--engine', 'plain', ...given]),
    () => {},
  );
const loaded = () => loadedData(store, ratingsHashOf(join(dataDir, 'ratings.bin')));
const back = async (modelId?: string) => rollBack(store, dataDir, await loaded(), modelId);
const activeOf = () => store.settings.get('active');
const pathOf = (modelId: string) => join(dataDir, 'models', `${modelId}.ease`);
/** Hardly regularised: it knows the people it was trained on by heart and nobody else. */
const BAD = ['--algorithm', 'ease', '--lambda', '0.001'];

describe('promotion after a training', () => {
  it('keeps a worse model registered but not active, with both numbers, and takes it by force', async () => {
    const good = await train('--lambda', '100');
    expect(good).toMatchObject({ isActive: true, promotion: { reason: 'it is the first model here' } });
    const bad = await train(...BAD);
    expect(bad.isActive).toBe(false);
    expect(bad.promotion.activeNdcgAt10).toBe(good.promotion.ndcgAt10);
    expect(bad.promotion.ndcgAt10).toBeLessThan(good.promotion.ndcgAt10!);
    expect(bad.promotion.reason).toContain(bad.promotion.ndcgAt10!.toFixed(4));
    expect(await activeOf()).toEqual({ catalogueVersion: 'c7', modelId: good.modelId });
    expect((await store.models.list()).map(({ modelId }) => modelId).sort()).toEqual(
      [good.modelId, bad.modelId].sort(),
    );
    const forced = await train(...BAD, '--force');
    expect(forced.isActive).toBe(true);
    expect(await activeOf()).toEqual({ catalogueVersion: 'c7', modelId: forced.modelId });
  });

  it('takes a model of the same ratings and parameters: it is not worse', async () => {
    await train();
    const again = await train();
    expect(again).toMatchObject({ isActive: true, promotion: { difference: 0, interval: [0, 0] } });
  });

  it('takes any model for another data set', async () => {
    const first = await train('--lambda', '100');
    await writeRatings(join(dataDir, 'ratings.bin'), syntheticRatings(50));
    const other = await train(...BAD);
    expect(other.isActive).toBe(true);
    expect(other.promotion).toMatchObject({ activeModelId: first.modelId, difference: null });
  });

  it("is asked the same question when people's own ratings have come to it", async () => {
    const before = await train('--lambda', '100');
    await store.movies.upsertMany(numberedTitles(60));
    const { userId } = await store.users.create({ name: 'mara', passwordHash: 'x' });
    await store.ratings.put(userId, 1, 5);
    const after = await train(...BAD);
    const rows = await store.models.list();
    expect(new Set(rows.map(({ dataHash }) => dataHash)).size).toBe(2);
    expect(after).toMatchObject({ isActive: false, promotion: { activeModelId: before.modelId } });
  });
});

describe('rollback', () => {
  it('goes back one step each time, to what was active, passing over what never was', async () => {
    const [first, second] = [await train('--lambda', '100'), await train('--lambda', '110')];
    const third = await train('--lambda', '120', '--force');
    const never = await train(...BAD);
    expect(never.isActive).toBe(false);
    expect(await back()).toEqual({ modelId: second.modelId, before: third.modelId });
    expect(await activeOf()).toEqual({ catalogueVersion: 'c7', modelId: second.modelId });
    expect((await store.models.active())?.modelId).toBe(second.modelId);
    expect(await back()).toEqual({ modelId: first.modelId, before: second.modelId });
    await expect(back()).rejects.toThrow('No model was active before this one');
    expect(await back(never.modelId)).toEqual({ modelId: never.modelId, before: first.modelId });
  });

  it('refuses what cannot be served, names the reason and changes nothing', async () => {
    const old = await train('--lambda', '100');
    const current = await train('--lambda', '101');
    await expect(back('nobody')).rejects.toThrow('There is no model nobody');
    await expect(back(current.modelId)).rejects.toThrow('is the active model already');
    const whole = readFileSync(pathOf(old.modelId));
    truncateSync(pathOf(old.modelId), whole.length - 100);
    await expect(back()).rejects.toThrow('it is cut short');
    const damaged = Buffer.from(whole);
    damaged[whole.length - 50]! ^= 1;
    writeFileSync(pathOf(old.modelId), damaged);
    await expect(back()).rejects.toThrow('its checksum does not match');
    rmSync(pathOf(old.modelId));
    await expect(back()).rejects.toThrow(`The file of ${old.modelId} is missing`);
    writeFileSync(pathOf(old.modelId), readFileSync(pathOf(current.modelId)));
    await expect(back()).resolves.toMatchObject({ modelId: old.modelId });
  });

  it('refuses a model for another catalogue', async () => {
    const old = await train();
    await writeRatings(join(dataDir, 'ratings.bin'), syntheticRatings(50));
    await train();
    await expect(back(old.modelId)).rejects.toThrow(
      `${old.modelId} was trained on other ratings of starter than those loaded now`,
    );
    await store.settings.set('dataset', { base: 'ml-100k' });
    await expect(back()).rejects.toThrow('was trained for the catalogue of starter, and ml-100k is loaded');
  });
});

describe('the list of models', () => {
  it('says how good each is, who trained it and when, and which is served', async () => {
    const first = await train('--created-by', 'mara');
    const second = await train();
    rmSync(pathOf(first.modelId));
    const [newest, oldest] = await listModels(store, dataDir, await loaded());
    expect(newest).toMatchObject({
      modelId: second.modelId,
      isActive: true,
      createdBy: 'command line',
      algorithm: 'rdlae',
      titles: 60,
      dataSet: 'starter',
      ndcgAt10: second.promotion.ndcgAt10,
      problem: null,
    });
    expect(Date.now() - Date.parse(newest!.createdAt)).toBeLessThan(60_000);
    expect(oldest).toMatchObject({ createdBy: 'mara', isActive: false });
    expect(oldest!.problem).toContain('is missing');
  });

  it('keeps five models and the active one, and takes the rest away with their files', async () => {
    const active = await train('--lambda', '100', '--keep-inverse');
    const rejected: string[] = [];
    for (let number = 0; number < 6; number++) rejected.push((await train(...BAD)).modelId);
    const kept = [active.modelId, ...rejected.slice(-5)].sort();
    expect((await store.models.list()).map(({ modelId }) => modelId).sort()).toEqual(kept);
    expect(readdirSync(join(dataDir, 'models')).sort()).toEqual(
      [
        `${active.modelId}.inverse`,
        `${active.modelId}.people.json`,
        ...kept.map((modelId) => `${modelId}.ease`),
      ].sort(),
    );
  });
});

describe('marquee train --list and --rollback', () => {
  const marquee = (...given: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((settle) =>
      execFile(
        process.execPath,
        [resolve(import.meta.dirname, '../../src/cli.mjs'), ...given, '--data-dir', dataDir],
        (error, stdout, stderr) =>
          settle({ code: error ? Number((error as { code?: number }).code) : 0, stdout, stderr }),
      ),
    );

  it('list, go back in one command, and refuse with exit code 2 and one line', async () => {
    const first = await train('--lambda', '100');
    const second = await train('--lambda', '101');
    const listed = await marquee('train', '--list', '--json');
    const { models } = JSON.parse(listed.stdout) as { models: { modelId: string; isActive: boolean }[] };
    expect(models.map(({ modelId, isActive }) => [modelId, isActive])).toEqual([
      [second.modelId, true],
      [first.modelId, false],
    ]);
    expect((await marquee('train', '--rollback')).stdout).toContain(`${first.modelId} is active now`);
    expect(await activeOf()).toEqual({ catalogueVersion: 'c7', modelId: first.modelId });
    const refused = await marquee('train', '--rollback', 'nobody');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('There is no model nobody');
    expect((await marquee('train', '--list', '--lambda', '5')).stderr).toContain(
      '--list trains nothing: --lambda has no use with it',
    );
  }, 60_000);

  it('train: a worse model is no failure', async () => {
    await train('--lambda', '100');
    const { code, stdout } = await marquee('train', '--min-ratings', '5', ...BAD);
    expect(code).toBe(0);
    expect(stdout).toContain('Registered but not activated: it is worse: nDCG@10');
  }, 60_000);
});
