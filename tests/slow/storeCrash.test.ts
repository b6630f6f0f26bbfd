import { execFile, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/database.ts';
import { makeTitles, temporaryFolder } from '../support/temporaryStore.ts';

const writer = join(import.meta.dirname, 'storeWriter.ts');
const run = promisify(execFile);

let dataDir: string;
beforeEach(async () => {
  dataDir = await temporaryFolder();
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

describe('SQLite with two processes', () => {
  it('loses none of 2 × 5 concurrent read-modify-writes, and nobody waits long', async () => {
    const store = await openStore({ dataDir });
    await store.settings.set('counter', 0);
    const turns = 40;
    const outputs = await Promise.all(
      [1, 2].map(() => run(process.execPath, ['--import', 'tsx', writer, 'count', dataDir, String(turns)])),
    );
    const tookMs = outputs.flatMap(({ stdout }) => JSON.parse(stdout) as number[]);
    expect(tookMs).toHaveLength(2 * 5 * turns);
    expect(await store.settings.get('counter')).toBe(2 * 5 * turns);
    tookMs.sort((one, other) => one - other);
    expect(tookMs[Math.floor(tookMs.length * 0.99)]).toBeLessThan(2000);
    await store.close();
  });
});

describe('a server killed with -9 while it writes', () => {
  it.each([1, 2, 3])('keeps every acknowledged rating and no half transaction (round %d)', async (round) => {
    const store = await openStore({ dataDir });
    await store.movies.upsertMany(makeTitles(20_000));
    const { userId } = await store.users.create({ name: 'anna', passwordHash: 'x' });
    await store.close();

    const acknowledged = await rateUntilKilled(userId, 40 + 7 * round);

    const after = await openStore({ dataDir });
    const kept = new Set((await after.ratings.list(userId)).map((row) => row.movieId));
    expect(acknowledged.length).toBeGreaterThanOrEqual(40);
    expect(acknowledged.filter((movieId) => !kept.has(movieId))).toEqual([]);
    const halves = [...kept].filter(
      (movieId) => movieId % 2 === 0 && !kept.has(movieId > 10_000 ? movieId - 10_000 : movieId + 10_000),
    );
    expect(halves).toEqual([]);
    expect(await after.database.select('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    await after.ratings.put(userId, 9_999, 5);
    await after.close();
  });
});

/** Kills the writer once it has acknowledged so many, which is in the middle of the next write. */
function rateUntilKilled(userId: number, enough: number): Promise<number[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', writer, 'rate', dataDir, String(userId)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (piece: string) => {
    text += piece;
    if (text.split('\n').length > enough) child.kill('SIGKILL');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (_code, signal) => {
      if (signal !== 'SIGKILL') return reject(new Error(`The writer ended by itself: ${signal}`));
      // The last piece may be cut: only whole lines were acknowledged.
      resolve(text.split('\n').slice(0, -1).map(Number));
    });
  });
}
