import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scaledTo, writeLookAlike } from '../../datasets/lookAlike.ts';
import { readReports } from '../../datasets/support/report.ts';
import { runChild } from '../../src/jobs/runChild.ts';
import { loadLibrary } from '../../src/services/library.ts';
import { openStore } from '../../src/store/database.ts';
import { ratingsHashOf, readRatings } from '../../training/ratingsFile.ts';

let folder: string;
let archive: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marquee-crash-'));
  archive = join(folder, 'genome.zip');
  await writeLookAlike(archive, { ...scaledTo(30_000), titles: 1500 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const parameters = (dataDir: string) => [
  '--dataset',
  'tag-genome-2021',
  '--from',
  archive,
  '--active-since',
  '0',
  '--data-dir',
  dataDir,
];

/** Starts the setup by itself, so that it can be stopped without a word; its progress comes as lines on stderr. */
function start(dataDir: string) {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const child = spawn(
    process.execPath,
    ['--import', tsx, resolve('datasets/setup.ts'), ...parameters(dataDir)],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (text) => (said += String(text)));
  const ended = new Promise<{ code: number | null; said: string }>((done) =>
    child.on('close', (code) => done({ code, said })),
  );
  const reached = (step: string) =>
    new Promise<void>((done) => child.stderr.on('data', () => said.includes(`{"step":"${step}"`) && done()));
  return { child, reached, ended };
}

/** Starts the setup and stops it the moment it begins a step. */
async function stopAt(dataDir: string, step: string, signal: NodeJS.Signals) {
  const { child, reached, ended } = start(dataDir);
  await Promise.race([reached(step), ended]);
  child.kill(signal);
  return ended;
}

/** Everything a setup changes. */
async function state(dataDir: string) {
  const store = await openStore({ dataDir });
  try {
    const { tags, counts } = await store.tags.readAll();
    return {
      active: await store.settings.get<{ catalogueVersion: string; modelId: string | null }>('active'),
      dataset: await store.settings.get('dataset'),
      titles: await store.movies.readAll(),
      tags: [tags.length, counts.movieIds.length],
      ratings: ratingsHashOf(join(dataDir, 'ratings.bin')),
      reports: (await readReports(dataDir)).map(({ name, loadedAt }) => [name, loadedAt]),
    };
  } finally {
    await store.close();
  }
}

/** Whatever is active can be loaded whole, and nothing is half-written. */
async function checkWhole(dataDir: string): Promise<number> {
  const store = await openStore({ dataDir });
  try {
    if (existsSync(join(dataDir, 'ratings.bin'))) readRatings(join(dataDir, 'ratings.bin'));
    const active = await store.settings.get<{ catalogueVersion: string; modelId: string | null }>('active');
    if (!active?.catalogueVersion) return 0;
    return (await loadLibrary(dataDir, active)).catalogue.size;
  } finally {
    await store.close();
  }
}

const setUp = async (dataDir: string) => {
  const { exitCode, error } = await runChild('datasets/setup.ts', parameters(dataDir));
  expect(error).toBeUndefined();
  expect(exitCode).toBe(0);
};

const STEPS = [
  'read titles', 'read ratings', 'filter ratings', 'read tags', 'train: prepare', 'train: gram', 'train: solve',
  'train: compare', 'build the indexes', 'load titles',
]; // prettier-ignore

describe('a setup that is', () => {
  test('killed in any step leaves database, files and what is served as they were; a rerun finishes', async () => {
    const dataDir = join(folder, 'killed');
    await mkdir(dataDir);
    const starter = await runChild('datasets/setup.ts', ['--dataset', 'starter', '--data-dir', dataDir]);
    expect(starter.exitCode).toBe(0);
    const before = await state(dataDir);
    for (const step of STEPS) {
      await stopAt(dataDir, step, 'SIGKILL');
      expect(await state(dataDir), `killed in "${step}"`).toEqual(before);
      expect(await checkWhole(dataDir)).toBe(before.titles.length);
    }
    await setUp(dataDir);
    const after = await state(dataDir);
    expect(after.reports.map(([name]) => name)).toEqual(['tag-genome-2021']);
    expect(after.active!.modelId).not.toBe(before.active!.modelId);
    expect(await checkWhole(dataDir)).toBe(after.titles.length);
    expect((await readdir(dataDir)).filter((name) => /part$|^staged$/.test(name))).toEqual([]);
  });

  test('interrupted in any step ends with 130 within seconds, and nothing has changed', async () => {
    const dataDir = join(folder, 'interrupted');
    await mkdir(dataDir);
    await setUp(dataDir);
    const before = await state(dataDir);
    let stopped = 0;
    for (const step of STEPS) {
      const startedAt = performance.now();
      const { code, said } = await stopAt(dataDir, step, step === 'filter ratings' ? 'SIGTERM' : 'SIGINT');
      if (code === 0) continue; // It was over before the signal came.
      expect([step, code]).toEqual([step, 130]);
      stopped++;
      expect(said).toMatch(/Interrupted/);
      expect(performance.now() - startedAt).toBeLessThan(60_000);
      expect(await state(dataDir), `interrupted in "${step}"`).toEqual(before);
      expect((await readdir(dataDir)).filter((name) => /part$|^staged$/.test(name))).toEqual([]);
    }
    expect(stopped).toBeGreaterThanOrEqual(STEPS.length - 2);
    await setUp(dataDir);
  });

  test('started while another runs is refused in one line', async () => {
    const dataDir = join(folder, 'second');
    await mkdir(dataDir);
    const first = start(dataDir);
    await expect
      .poll(
        async () => {
          if (!existsSync(join(dataDir, 'marquee.sqlite'))) return 0;
          const store = await openStore({ dataDir });
          const running = await store.jobs.running();
          await store.close();
          return running.length;
        },
        { timeout: 20_000 },
      )
      .toBe(1);
    const second = await runChild('datasets/setup.ts', parameters(dataDir));
    expect(second.exitCode).toBe(2);
    expect(second.error).toMatch(/^A setup is already running since/);
    expect((await first.ended).code).toBe(0);
  });

  test('out of disk says so, and what was served stays', async ({ skip }) => {
    const dataDir = join(folder, 'small-disk');
    await mkdir(dataDir);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40m', 'tmpfs', dataDir], { stdio: 'ignore' });
    } catch {
      return skip('a small disk cannot be mounted here');
    }
    try {
      const starter = await runChild('datasets/setup.ts', ['--dataset', 'starter', '--data-dir', dataDir]);
      expect(starter.error).toBeUndefined();
      const before = await checkWhole(dataDir);
      // Room to begin, not to finish.
      const filler = join(dataDir, 'filler');
      execFileSync('sh', ['-c', `cat /dev/zero > '${filler}'; truncate -s -600K '${filler}'`], {
        stdio: 'ignore',
      });
      const { exitCode, error } = await runChild('datasets/setup.ts', parameters(dataDir));
      expect(exitCode).toBe(1);
      expect(error).toMatch(/disk is full/i);
      await rm(join(dataDir, 'filler'));
      expect(await checkWhole(dataDir)).toBe(before);
      expect((await readFile(join(dataDir, 'marquee.sqlite'))).length).toBeGreaterThan(0);
    } finally {
      execFileSync('umount', [dataDir], { stdio: 'ignore' });
    }
  });
});
