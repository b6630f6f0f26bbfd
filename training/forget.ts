import { parseArgs } from 'node:util';
import { ProgressPipe } from '../datasets/support/progress.ts';
import { UsageError } from '../src/errors.ts';
import { openStore } from '../src/store/database.ts';
import { databaseUrlOf } from './databaseUrl.ts';
import { forgetPeople } from './forgetPeople.ts';
import { removeAsides } from './trainDataDirectory.ts';

/**
 * The child process that takes people who deleted their accounts out of the active model: `training/forget.ts --data-dir
 * DIR`. Its result, on file descriptor 3, is the receipt, or null when there was nothing to do.
 */
const pipe = new ProgressPipe();

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    removeAsides();
    process.exit(130);
  });

async function main(): Promise<unknown> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { 'data-dir': text, 'database-url': text } });
  const dataDir = values['data-dir'];
  if (!dataDir) throw new UsageError('--data-dir is missing');
  const store = await openStore({ dataDir, databaseUrl: databaseUrlOf(values['database-url']) });
  try {
    return await forgetPeople(store, dataDir);
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
