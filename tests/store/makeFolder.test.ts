import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareDataDirectory } from '../../src/store/dataDirectory.ts';
import { openStore } from '../../src/store/database.ts';
import { makeFolder } from '../../src/store/makeFolder.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marquee-folder-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('making a folder', () => {
  it('makes every parent that is missing, also when many ask at once, and leaves what is there', async () => {
    const path = join(folder, 'a/b/c');
    await Promise.all([makeFolder(path), makeFolder(path), makeFolder(join(path, 'd'))]);
    await writeFile(join(path, 'kept'), '');
    await makeFolder(path);
    expect((await stat(join(path, 'd'))).isDirectory()).toBe(true);
    expect(existsSync(join(path, 'kept'))).toBe(true);
    await makeFolder('/');
  });

  it('says so when a file stands in the way', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    await expect(makeFolder(file)).rejects.toThrow('EEXIST');
    await expect(makeFolder(join(file, 'x/y'))).rejects.toThrow('ENOTDIR');
  });
});

describe.skipIf(!existsSync('/proc/self'))('a data directory below /proc, where nothing can be made', () => {
  it('is refused at once in one line', { timeout: 3000 }, async () => {
    await expect(prepareDataDirectory('/proc/x')).rejects.toThrow('Data directory /proc/x cannot be written');
    await expect(openStore({ dataDir: '/proc/x' })).rejects.toThrow('/proc/x cannot be written');
  });
});
