import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeModel } from '../../src/recommender/modelFile.ts';
import { activateModel } from '../../src/services/activateModel.ts';
import { activate, activeNow, buildSnapshot } from '../../src/services/buildSnapshot.ts';
import { type Active, LibraryHolder, modelPath } from '../../src/services/library.ts';
import { modelOfWeights } from '../recommender/smallModel.ts';
import { makeTitles, temporaryStore, type TemporaryStore } from '../support/temporaryStore.ts';

let home: TemporaryStore;
let holder: LibraryHolder;
let problems: string[];
beforeEach(async () => {
  home = await temporaryStore();
  await home.store.movies.upsertMany(makeTitles(3));
  await mkdir(join(home.dataDir, 'models'));
  await buildSnapshot(home);
  problems = [];
  holder = new LibraryHolder({
    dataDir: home.dataDir,
    readActive: async () => (await home.store.settings.get('active')) as Active | null,
    onProblem: (error) => problems.push((error as Error).message),
  });
});
afterEach(async () => {
  vi.useRealTimers();
  holder.stop();
  await home.dispose();
});

const WEIGHTS = [
  [0, 0.5, 0],
  [0.5, 0, 0.25],
  [0, 0.25, 0],
];

async function writeModel(modelId: string): Promise<void> {
  await writeFile(modelPath(home.dataDir, modelId), Buffer.concat(encodeModel(modelOfWeights(WEIGHTS))));
}

async function serve(modelId: string): Promise<void> {
  await activate(home.store, { modelId });
}

describe('the library a server holds', () => {
  it('is swapped whole for a new model, and a request that began with the old one keeps it', async () => {
    await writeModel('m1');
    await serve('m1');
    await holder.refresh();
    const before = holder.current!;
    await writeModel('m2');
    await serve('m2');
    await holder.refresh();
    expect([before.active.modelId, holder.current!.active.modelId]).toEqual(['m1', 'm2']);
    expect(before.model).not.toBeNull();
    expect(holder.current!.catalogue).toBe(before.catalogue);
  });

  it('stays when the new model is refused; the reason is told once in half a minute, not at every look', async () => {
    await writeModel('m1');
    await serve('m1');
    await holder.refresh();
    await writeModel('m2');
    const whole = await readFile(modelPath(home.dataDir, 'm2'));
    await writeFile(modelPath(home.dataDir, 'm2'), whole.subarray(0, whole.length - 8));
    await serve('m2');
    holder.watch(5);
    await expect.poll(() => problems.length).toBe(1);
    expect(problems[0]).toMatch(
      /^The active model m2 cannot be served \(The model file was refused: .*cut short\)/,
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(problems.length).toBe(1);
    expect(holder.current!.active.modelId).toBe('m1');

    // Another one is looked at without waiting.
    await writeModel('m3');
    await serve('m3');
    await expect.poll(() => holder.current!.active.modelId).toBe('m3');
  });
});

it('a server whose active model is gone says which, and what brings it back', async () => {
  await serve('m1');
  await expect(holder.refresh()).rejects.toThrow(
    /^The active model m1 cannot be served \(its file is missing\): .*`marquee train --rollback MODELID`/,
  );
});

describe('what is active', () => {
  it('loses neither half when a catalogue and a model come at the same moment', async () => {
    await home.store.models.create({
      ...{ modelId: 'm9', file: 'm9.ease', algorithm: 'ease', parameters: {}, metrics: {}, dataHash: '', titles: 3 },
      createdBy: 'test',
    }); // prettier-ignore
    await Promise.all([activate(home.store, { catalogueVersion: 'c9' }), activateModel(home.store, 'm9')]);
    expect(await activeNow(home.store)).toMatchObject({ catalogueVersion: 'c9', modelId: 'm9' });
  });
});
