import type { Config } from '../config.ts';
import type { Store } from '../store/database.ts';

/** What every verb of the command line is handed. */
export interface CommandContext {
  out: NodeJS.WriteStream;
  err: NodeJS.WriteStream;
  /** Settings with `--data-dir` applied. @throws UsageError */
  loadConfig(options: { dataDir?: string }): Config;
  /** Sets the exit code: 0 done, 1 failed, 2 wrong usage or bad input, 130 interrupted. */
  finish(code: number): void;
}

/** Options every verb has. */
export interface CommonOptions {
  json?: boolean;
  dataDir?: string;
}

/** How every verb offers them. */
export const DATA_DIR = ['--data-dir <folder>', 'where the state lives'] as const;
export const JSON_OUTPUT = ['--json', 'one JSON document on stdout'] as const;

/** Opens the database for one verb and closes it whatever happens. Works while a server uses the same directory. */
export async function withStore<T>(config: Config, work: (store: Store) => Promise<T>): Promise<T> {
  const { prepareDataDirectory } = await import('../store/dataDirectory.ts');
  const { openStore } = await import('../store/database.ts');
  await prepareDataDirectory(config.dataDir);
  const store = await openStore(config);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
