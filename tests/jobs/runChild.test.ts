import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { finishedLine, printProgress } from '../../src/jobs/progressPrinter.ts';
import { type ChildProgress, runChild } from '../../src/jobs/runChild.ts';

const CHILD = 'tests/jobs/support/child.ts';

describe('a child process', () => {
  test('relays its progress and hands over its result, however large', async () => {
    const seen: ChildProgress[] = [];
    const outcome = await runChild<{ titles: number; big: string }>(CHILD, ['work'], {
      onProgress: (progress) => seen.push(progress),
    });
    expect(seen).toEqual([
      { step: 'load', done: 0 },
      { step: 'load', done: 18_515, ms: 2100, note: 'x' },
    ]);
    expect(outcome.exitCode).toBe(0);
    expect(outcome.result!.titles).toBe(18_515);
    expect(outcome.result!.big).toBe('é'.repeat(200_000));
  });

  test('that refuses gives its own sentence and exit code', async () => {
    expect(await runChild(CHILD, ['refuse'])).toEqual({
      exitCode: 2,
      error: 'genome.zip: not a whole zip archive',
    });
  });

  test('that ends without a word has failed', async () => {
    expect(await runChild(CHILD, ['crash'])).toEqual({
      exitCode: 1,
      error: 'child.ts ended with code 7 before it was done',
    });
  });

  test('is asked to stop by an abort signal, and may say goodbye', async () => {
    for (const [what, error] of [
      ['wait', 'Interrupted'],
      ['polite', 'Interrupted; nothing changed'],
    ] as const) {
      const stopping = new AbortController();
      const outcome = await runChild(CHILD, [what], {
        signal: stopping.signal,
        onProgress: () => stopping.abort(),
      });
      expect(outcome).toEqual({ exitCode: 130, error });
    }
  });

  test('that does not hear is ended, and that too is an interruption', async () => {
    const stopping = new AbortController();
    const outcome = await runChild(CHILD, ['deaf'], {
      signal: stopping.signal,
      onProgress: () => stopping.abort(),
      graceMs: 200,
    });
    expect(outcome).toEqual({ exitCode: 130, error: 'Interrupted' });
  });

  test('is ended when whoever hears of its progress throws', async () => {
    let childId = 0;
    const running = runChild(CHILD, ['deaf'], {
      onProgress: ({ done }) => {
        childId = done;
        throw new Error('nobody listens');
      },
    });
    await expect(running).rejects.toThrow('nobody listens');
    await expect.poll(() => isAlive(childId), { timeout: 5000 }).toBe(false);
  });

  test('dies with its parent, also when the parent is killed', async () => {
    const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const parent = spawn(process.execPath, ['--import', tsx, resolve('tests/jobs/support/parent.ts')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = (await once(parent.stdout, 'data')) as [Buffer];
    const childId = Number(said.toString());
    expect(isAlive(childId)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => isAlive(childId), { timeout: 5000 }).toBe(false);
  });
});

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

describe('progress in print', () => {
  test('is one line a finished step where there is no terminal', () => {
    const stream = new PassThrough();
    const printer = printProgress(stream);
    printer.show({ step: 'load titles', done: 10, total: 18_515 });
    printer.show({ step: 'load titles', done: 18_515, ms: 2149, note: '47430 tag counts' });
    printer.show({ step: 'train: prepare', done: 1, total: 1, ms: 40 });
    printer.end();
    expect(String(stream.read())).toBe(
      'load titles 18,515 (47430 tag counts) … 2.1 s\ntrain: prepare … 0.0 s\n',
    );
  });

  test('counts minutes where seconds are many', () => {
    expect(finishedLine({ step: 'train', done: 0, ms: 82_400 })).toBe('train … 1 min 22 s');
  });
});
