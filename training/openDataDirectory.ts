import { UsageError } from '../src/errors.ts';
import { openStore, type Store } from '../src/store/database.ts';
import { databaseUrlOf } from './databaseUrl.ts';

/** Opens the database that `--data-dir` and `--database-url` name, for one piece of work. @throws UsageError without --data-dir */
export async function withDataDirectory<Result>(
  given: { 'data-dir'?: string | undefined; 'database-url'?: string | undefined },
  work: (store: Store, dataDir: string) => Promise<Result>,
): Promise<Result> {
  const dataDir = given['data-dir'];
  if (!dataDir) throw new UsageError('--data-dir is missing');
  const store = await openStore({ dataDir, databaseUrl: databaseUrlOf(given['database-url']) });
  try {
    return await work(store, dataDir);
  } finally {
    await store.close();
  }
}
