import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError } from '../src/errors.ts';
import { runAsChild } from './childProcess.ts';
import { withDataDirectory } from './openDataDirectory.ts';
import { ratingsHashOf } from './ratingsFile.ts';
import { listModels, loadedData, rollBack } from './registry.ts';

/**
 * The child process behind `marquee train --list` and `--rollback`: `training/manageModels.ts list|rollback [MODELID]
 * --data-dir DIR`.
 */
await runAsChild(() => {
  const text = { type: 'string' } as const;
  const options = { 'data-dir': text, 'database-url': text };
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const [verb, modelId] = positionals;
  return withDataDirectory(values, async (store, dataDir) => {
    const path = join(dataDir, 'ratings.bin');
    const loaded = await loadedData(store, existsSync(path) ? ratingsHashOf(path) : null);
    if (verb === 'list') return { models: await listModels(store, dataDir, loaded) };
    if (verb === 'rollback') return rollBack(store, dataDir, loaded, modelId);
    throw new UsageError(`There is no "${verb ?? ''}": list or rollback`);
  });
});
