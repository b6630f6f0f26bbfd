import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ProgressPipe } from '../datasets/support/progress.ts';
import { UsageError } from '../src/errors.ts';
import { openStore } from '../src/store/database.ts';
import { databaseUrlOf } from './databaseUrl.ts';
import { ratingsHashOf } from './ratingsFile.ts';
import { listModels, loadedData, rollBack } from './registry.ts';

/**
 * The child process behind `marquee train --list` and `--rollback`: `training/manageModels.ts list|rollback [MODELID]
 * --data-dir DIR`. The result goes out on file descriptor 3. Exit codes as everywhere: 0, 2 wrong usage, 1 failed.
 */
const pipe = new ProgressPipe();

async function main(): Promise<unknown> {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2),
    allowPositionals: true,
    options: { 'data-dir': { type: 'string' }, 'database-url': { type: 'string' } },
  });
  const [verb, modelId] = positionals;
  const dataDir = values['data-dir'];
  if (!dataDir) throw new UsageError('--data-dir is missing');
  const store = await openStore({ dataDir, databaseUrl: databaseUrlOf(values['database-url']) });
  try {
    const path = join(dataDir, 'ratings.bin');
    const loaded = await loadedData(store, existsSync(path) ? ratingsHashOf(path) : null);
    if (verb === 'list') return { models: await listModels(store, dataDir, loaded) };
    if (verb === 'rollback') return await rollBack(store, dataDir, loaded, modelId);
    throw new UsageError(`There is no "${verb ?? ''}": list or rollback`);
  } finally {
    await store.close();
  }
}

try {
  await pipe.finish({ result: await main() });
  process.exit(0);
} catch (error) {
  const exitCode = error instanceof UsageError ? 2 : 1;
  await pipe.finish({ error: { message: (error as Error).message, exitCode } });
  process.exit(exitCode);
}
