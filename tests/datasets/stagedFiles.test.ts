import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sealFiles, settleFiles, stageFiles } from '../../datasets/support/stagedFiles.ts';
import { temporaryStore, type TemporaryStore } from '../support/temporaryStore.ts';

let home: TemporaryStore;
beforeEach(async () => {
  home = await temporaryStore();
});
afterEach(() => home.dispose());

const read = (name: string) => readFile(join(home.dataDir, name), 'utf8');

/** A new `ratings.bin` and report wait; an old report is to go. */
async function stage() {
  await writeFile(join(home.dataDir, 'ratings.bin'), 'old');
  await mkdir(join(home.dataDir, 'reports'));
  await writeFile(join(home.dataDir, 'reports', 'old.json'), '{}');
  const staged = await stageFiles(home.dataDir);
  await writeFile(join(staged.folder, 'ratings.bin'), 'new');
  await mkdir(join(staged.folder, 'reports'));
  await writeFile(join(staged.folder, 'reports', 'new.json'), '{}');
  await sealFiles(staged, ['reports/old.json']);
  return staged;
}

test('files of a catalogue that was not loaded stay aside', async () => {
  await stage();
  await home.store.settings.set('dataset', { staged: 'another' });
  await settleFiles(home.store, home.dataDir);
  expect(await read('ratings.bin')).toBe('old');
  expect(existsSync(join(home.dataDir, 'reports', 'old.json'))).toBe(true);
});

test('files of the loaded catalogue are moved into place by whoever comes next, once or twice', async () => {
  const { id } = await stage();
  // The process died right after its transaction.
  await home.store.settings.set('dataset', { staged: id });
  for (let time = 1; time <= 2; time++) {
    await settleFiles(home.store, home.dataDir);
    expect(await read('ratings.bin')).toBe('new');
    expect(existsSync(join(home.dataDir, 'reports', 'new.json'))).toBe(true);
    expect(existsSync(join(home.dataDir, 'reports', 'old.json'))).toBe(false);
    expect(existsSync(join(home.dataDir, 'staged'))).toBe(false);
  }
});
