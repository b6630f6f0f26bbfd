import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asFlags } from '../../src/commands/asFlags.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import { syntheticRatings } from '../../training/bench/syntheticRatings.ts';
import { writeRatings } from '../../training/ratingsFile.ts';
import { numberedTitles } from '../training/numberedTitles.ts';

const CLI = resolve(import.meta.dirname, '../../src/cli.mjs');
let dataDir: string;
let store: Store;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'marquee-train-verb-'));
  await writeRatings(join(dataDir, 'ratings.bin'), syntheticRatings(60));
  store = await openStore({ dataDir });
  await store.movies.upsertMany(numberedTitles(60));
});
afterAll(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const marquee = (...parameters: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((done) => {
    const child = execFile(
      process.execPath,
      [CLI, ...parameters, '--data-dir', dataDir],
      { cwd: tmpdir(), env: { ...process.env, MARQUEE_LOG_LEVEL: 'error' } },
      (_, out, err) => done({ code: child.exitCode ?? -1, out, err }),
    );
  });

describe('marquee train', () => {
  it('hands every parameter on, and answers with one JSON document', async () => {
    const { code, out } = await marquee(
      ...['train', '--json', '--algorithm', 'dan', '--lambda', '40', '--dropout', '.2', '--alpha', '.1'],
      ...['--beta', '.25', '--min-ratings', '5', '--precision', 'f64', '--threads', '1', '--values', 'f16'],
    );
    expect(code).toBe(0);
    const answer = JSON.parse(out) as { metrics: { solver: string }; parameters: object };
    expect(answer).toMatchObject({
      algorithm: 'dan',
      parameters: { lambda: 40, dropout: 0.2, alpha: 0.1, beta: 0.25, minRatings: 5 },
    });
    expect(answer.metrics.solver).toContain('f64, 1 thread');
  });

  it.each([
    [['--lambda', '-5'], 'lambda must be greater than 0, not -5'],
    [['--precision', 'f16'], '--precision must be one of f32, f64, not "f16"'],
    [['--list', '--lambda', '5'], '--list trains nothing: --lambda has no use with it'],
    [['--min-ratings', '100000'], 'No title has 100000 ratings or more: nothing to train on'],
    [['--keep-inverse', '--algorithm', 'dan', '--beta', '.5'], '--keep-inverse cannot go with --beta'],
  ])('%j is exit code 2 and one line', async (given, message) => {
    const { code, err } = await marquee('train', ...given);
    const lines = err.trim().split('\n').filter((line) => line.startsWith('marquee: ')); // prettier-ignore
    expect(lines).toEqual([expect.stringContaining(message)]);
    expect(code).toBe(2);
  });

  it('a second training says that one runs, and changes nothing', async () => {
    const { jobId } = await store.jobs.claim('train');
    const { code, err } = await marquee('train', '--min-ratings', '5');
    await store.jobs.finish(jobId);
    expect(code).toBe(2);
    expect(err).toMatch(/^marquee: A training is already running since \S+$/m);
  });

  it('is a row among the jobs while it works', async () => {
    const work = marquee('train', '--min-ratings', '5', '--force');
    let seen = null;
    for (const from = Date.now(); !seen && Date.now() - from < 10_000;)
      seen = (await store.jobs.running()).find(({ kind }) => kind === 'train') ?? null;
    expect(seen).toMatchObject({ state: 'running', detail: { createdBy: 'command line' } });
    expect((await work).code).toBe(0);
    expect(await store.jobs.get(seen!.jobId)).toMatchObject({ state: 'done', error: null });
  });
});

describe('marquee user delete', () => {
  it('takes the person out of the model where that can be done, and prints the receipt', async () => {
    const { userId } = await store.users.create({ name: 'mara', passwordHash: 'x' });
    for (const movieId of [1, 2, 3]) await store.ratings.put(userId, movieId, 5);
    await marquee('train', '--min-ratings', '5', '--precision', 'f64', '--keep-inverse', '--force');
    const before = (await store.models.active())!.modelId;

    const { code, out } = await marquee('user', 'delete', 'mara', '--json');
    expect(code).toBe(0);
    const { receipt } = JSON.parse(out) as {
      receipt: { modelBefore: string; modelAfter: string; differenceToRetrain: number };
    };
    expect(receipt).toMatchObject({ modelBefore: before, people: 1, ratings: 3 });
    expect(receipt.differenceToRetrain).toBeLessThan(1e-10);
    expect((await store.models.active())!.modelId).toBe(receipt.modelAfter);
    expect(JSON.parse(readFileSync(join(dataDir, 'receipts', `${receipt.modelAfter}.json`), 'utf8'))).toEqual(receipt); // prettier-ignore
    expect(readdirSync(join(dataDir, 'models')).some((file) => file.startsWith(`${before}.`))).toBe(false);
  });

  it('says so where the next training has to do it', async () => {
    await store.users.create({ name: 'noor', passwordHash: 'x' });
    await marquee('train', '--min-ratings', '5', '--force');
    const { out } = await marquee('user', 'delete', 'noor');
    expect(out).toBe('Deleted noor and everything it kept. The next training no longer knows them.\n');
  });
});

it('options become flags again, so that a negative number stays a value', () => {
  expect(
    asFlags({ lambda: '-5', keepInverse: true, force: false, searchTitles: '9', xi: undefined }),
  ).toEqual(['--lambda=-5', '--keep-inverse', '--search-titles=9']);
});
