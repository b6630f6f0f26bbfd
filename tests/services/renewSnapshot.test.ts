import { rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { activeNow, buildSnapshot, renewSnapshot } from '../../src/services/buildSnapshot.ts';
import { loadLibrary, snapshotPath } from '../../src/services/library.ts';
import { makeTitles, temporaryStore, type TemporaryStore } from '../support/temporaryStore.ts';

let home: TemporaryStore;
beforeEach(async () => {
  home = await temporaryStore();
  await home.store.movies.upsertMany(makeTitles(3));
});
afterEach(() => home.dispose());

describe('an index from before an upgrade', () => {
  it('is built anew from the rows, once, and the model stays', async () => {
    const { store } = home;
    await buildSnapshot(home);
    const built = (await activeNow(store))!;
    await store.settings.set('active', { catalogueVersion: '0123456789abcdef', modelId: 'm1' });

    expect(await renewSnapshot(home)).toBe(true);
    const active = (await activeNow(store))!;
    expect(active).toEqual({ ...built, modelId: 'm1' });
    expect((await loadLibrary(home.dataDir, { ...active, modelId: null })).catalogue.size).toBe(3);
    expect(await renewSnapshot(home)).toBe(false);
  });

  it('is built anew when its file is gone; one that cannot be read is refused with that remedy', async () => {
    const { version } = await buildSnapshot(home);
    const path = snapshotPath(home.dataDir, version);
    await writeFile(path, 'no snapshot');
    const active = (await activeNow(home.store))!;
    await expect(loadLibrary(home.dataDir, active)).rejects.toThrow(
      /^The file of the catalogue cannot be read \(.+\): remove .+\.bin, and the next start builds it anew$/,
    );
    await rm(path);
    expect(await renewSnapshot(home)).toBe(true);
    expect((await loadLibrary(home.dataDir, active)).catalogue.size).toBe(3);
  });

  it('is nothing to do where nothing was loaded yet', async () => {
    expect(await renewSnapshot(home)).toBe(false);
    expect(await activeNow(home.store)).toBeNull();
  });
});
