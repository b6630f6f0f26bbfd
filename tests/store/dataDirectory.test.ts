import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDataDirectory } from '../../src/store/dataDirectory.ts';
import { readSecret } from '../../src/store/secret.ts';
import { temporaryFolder } from '../support/temporaryStore.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await temporaryFolder();
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const DEAD = String(2 ** 22 + 1);
const lockFile = () => join(dataDir, 'server.lock');

describe('the lock of a data directory', () => {
  it('names the process that holds it and goes when it is given back', async () => {
    const unlock = await lockDataDirectory(dataDir);
    expect(await readFile(lockFile(), 'utf8')).toBe(String(process.pid));
    await unlock();
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('keeps a second server off while the first runs', async () => {
    await writeFile(lockFile(), String(process.ppid));
    await expect(lockDataDirectory(dataDir)).rejects.toThrow(
      `Another server (process ${process.ppid}) already uses the data directory`,
    );
    expect(await readFile(lockFile(), 'utf8')).toBe(String(process.ppid));
  });

  it('is taken over from a process that is gone, and from one that died before it wrote its number', async () => {
    for (const left of [DEAD, '']) {
      await writeFile(lockFile(), left);
      const unlock = await lockDataDirectory(dataDir);
      expect(await readFile(lockFile(), 'utf8')).toBe(String(process.pid));
      await unlock();
    }
  });

  it('waits for one that is writing its number just now', async () => {
    await writeFile(lockFile(), '');
    const locking = lockDataDirectory(dataDir);
    await writeFile(lockFile(), String(process.ppid));
    await expect(locking).rejects.toThrow('Another server');
  });
});

describe('the secret', () => {
  it('is made once, for its owner only, and is the same for starts at one moment', async () => {
    const secrets = await Promise.all(Array.from({ length: 8 }, () => readSecret(dataDir)));
    expect(new Set(secrets).size).toBe(1);
    expect(secrets[0]!.length).toBe(64);
    expect((await stat(join(dataDir, 'secret'))).mode & 0o777).toBe(0o600);
    expect(await readSecret(dataDir)).toBe(secrets[0]);
  });

  it('is never empty: one that a start did not finish is made anew', async () => {
    await writeFile(join(dataDir, 'secret'), '');
    const secret = await readSecret(dataDir);
    expect(secret.length).toBe(64);
    expect(await readSecret(dataDir)).toBe(secret);
  });
});
