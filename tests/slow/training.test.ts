import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeModel } from '../../src/recommender/modelFile.ts';
import { openStore } from '../../src/store/database.ts';
import { syntheticRatings } from '../../training/bench/syntheticRatings.ts';
import { readInverse } from '../../training/inverseFile.ts';
import { writeRatings } from '../../training/ratingsFile.ts';

const ROOT = resolve(import.meta.dirname, '../..');
let dataDir: string;
beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'marquee-train-'))));
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

interface Outcome {
  exitCode: number | null;
  lines: {
    step?: string;
    result?: { modelId: string; file: string };
    error?: { message: string; exitCode: number };
  }[];
}

/** The child process as the jobs start it. @param interruptAt a step at whose first sign it is sent SIGINT */
function train(given: string[], interruptAt?: string): Promise<Outcome> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'training/train.ts', '--data-dir', dataDir, ...given],
    {
      cwd: ROOT,
      env: { ...process.env, MARQUEE_PROGRESS_PIPE: '1' },
      stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    },
  );
  let text = '';
  child.stdio[3]!.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    if (interruptAt && text.includes(`"step":"${interruptAt}"`)) child.kill('SIGINT');
  });
  return new Promise((settle) =>
    child.on('close', (exitCode) =>
      settle({
        exitCode,
        lines: text
          .trim()
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line) as Outcome['lines'][0]),
      }),
    ),
  );
}

const active = async () => {
  const store = await openStore({ dataDir });
  try {
    return { active: await store.settings.get('active'), models: await store.models.list() };
  } finally {
    await store.close();
  }
};

const jobs = async () => {
  const store = await openStore({ dataDir });
  try {
    return await store.jobs.list();
  } finally {
    await store.close();
  }
};

describe('the training process', () => {
  it('trains, registers and activates, and leaves the catalogue version as it was', async () => {
    await writeRatings(join(dataDir, 'ratings.bin'), syntheticRatings(120));
    const store = await openStore({ dataDir });
    await store.settings.set('active', { catalogueVersion: 'c7', modelId: null });
    await store.close();

    const { exitCode, lines } = await train(['--min-ratings', '5', '--lambda', '60', '--keep-inverse']);
    expect(exitCode).toBe(0);
    const { modelId, file } = lines.at(-1)!.result!;
    const state = await active();
    expect(state.active).toEqual({ catalogueVersion: 'c7', modelId });
    expect(state.models).toHaveLength(1);
    expect(state.models[0]).toMatchObject({ modelId, file, algorithm: 'rdlae', isActive: true, titles: 120 });
    expect(readdirSync(join(dataDir, 'models')).sort()).toEqual([
      file,
      `${modelId}.inverse`,
      `${modelId}.people.json`,
    ]);
    expect(readInverse(join(dataDir, 'models', `${modelId}.inverse`)).modelId).toBe(modelId);
    const model = decodeModel(readFileSync(join(dataDir, 'models', file)));
    expect(model.header.parameters).toMatchObject({ lambda: 60, minRatings: 5 });
    expect(new Set(lines.map(({ step }) => step))).toEqual(
      new Set(['prepare', 'gram', 'solve', 'prune', 'compare', undefined]),
    );
  }, 60_000);

  it('without any ratings says so with exit code 2 and changes nothing', async () => {
    const { exitCode, lines } = await train([]);
    expect(exitCode).toBe(2);
    expect(lines.at(-1)!.error).toEqual({ message: 'There are no ratings to train on', exitCode: 2 });
    expect(await active()).toEqual({ active: null, models: [] });
  }, 60_000);

  it('wrong usage is exit code 2', async () => {
    const { exitCode, lines } = await train(['--lambda', 'high']);
    expect(exitCode).toBe(2);
    expect(lines.at(-1)!.error!.message).toBe('--lambda must be a number, not "high"');
  }, 60_000);

  it('a damaged ratings file is exit code 1 with the reason', async () => {
    const path = join(dataDir, 'ratings.bin');
    await writeRatings(path, syntheticRatings(50));
    const damaged = readFileSync(path);
    damaged[damaged.length - 20]! ^= 1;
    writeFileSync(path, damaged);
    const { exitCode, lines } = await train([]);
    expect(exitCode).toBe(1);
    expect(lines.at(-1)!.error!.message).toContain('does not match its checksum');
  }, 60_000);

  it.each(['gram', 'solve', 'compare'])(
    'Ctrl-C during %s is exit code 130 and leaves the old model as it was',
    async (step) => {
      await writeRatings(join(dataDir, 'ratings.bin'), syntheticRatings(120));
      const first = (await train(['--min-ratings', '5'])).lines.at(-1)!.result!;
      await writeRatings(join(dataDir, 'ratings.bin'), syntheticRatings(1500));
      const before = await active();
      const { exitCode, lines } = await train(
        ['--min-ratings', '5', '--engine', 'plain', '--keep-inverse'],
        step,
      );
      expect(exitCode).toBe(130);
      expect(lines.at(-1)!.error).toEqual({
        message: 'Training was interrupted; the model in use is unchanged',
        exitCode: 130,
      });
      expect(await active()).toEqual(before);
      expect(readdirSync(join(dataDir, 'models'))).toEqual([first.file]);
      expect((await jobs())[0]).toMatchObject({
        state: 'failed',
        error: 'Training was interrupted; the model in use is unchanged',
      });
    },
    60_000,
  );

  it('whose command is killed with -9 is a failed job within seconds, and nothing has changed', async () => {
    await writeRatings(join(dataDir, 'ratings.bin'), syntheticRatings(1500));
    const command = spawn(
      process.execPath,
      ['src/cli.mjs', 'train', '--data-dir', dataDir, '--min-ratings', '5', '--engine', 'plain'],
      { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    await new Promise<void>((seen) =>
      command.stderr.on('data', (piece: Buffer) => /gram|solve/.test(String(piece)) && seen()),
    );
    command.kill('SIGKILL');
    await expect.poll(async () => (await jobs())[0]?.state, { timeout: 10_000 }).toBe('failed');
    expect(await active()).toEqual({ active: null, models: [] });
  }, 60_000);
});
