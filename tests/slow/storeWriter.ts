import { writeSync } from 'node:fs';
import { openStore } from '../../src/store/database.ts';

/**
 * A second process for the crash tests. `count DIR TIMES`: five at a time raise the setting `counter`, then it prints
 * how long each took in milliseconds. `rate DIR USER`: rates titles, one by one and in pairs, without end, and prints
 * what was acknowledged.
 */
const [verb, dataDir, argument] = process.argv.slice(2);
const store = await openStore({ dataDir: dataDir! });

async function count(times: number): Promise<void> {
  const tookMs: number[] = [];
  const raise = async () => {
    for (let turn = 0; turn < times; turn++) {
      const before = performance.now();
      await store.settings.update<number>('counter', (value) => (value ?? 0) + 1);
      tookMs.push(performance.now() - before);
    }
  };
  await Promise.all([1, 2, 3, 4, 5].map(raise));
  await store.close();
  process.stdout.write(JSON.stringify(tookMs));
}

/** Odd titles alone; even titles in one transaction with the title 10,000 further on. */
async function rate(userId: number): Promise<void> {
  for (let movieId = 1; ; movieId++) {
    if (movieId % 2 === 1) await store.ratings.put(userId, movieId, 4);
    else
      await store.write(async () => {
        await store.ratings.put(userId, movieId, 4);
        await store.ratings.put(userId, movieId + 10_000, 4);
      });
    writeSync(1, `${movieId}\n`);
  }
}

if (verb === 'count') await count(Number(argument));
else await rate(Number(argument));
