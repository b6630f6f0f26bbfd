import { parseArgs } from 'node:util';
import { GRACE_MS, runAsChild, withTimes } from './childProcess.ts';
import { forgetPeople } from './forgetPeople.ts';
import { withDataDirectory } from './openDataDirectory.ts';
import { removeUnfinished } from './modelFiles.ts';

/**
 * The child process that takes people who deleted their accounts out of the active model: `training/forget.ts --data-dir
 * DIR`. Its result is the receipt, or null when there was nothing to do.
 */
await runAsChild(
  (report, signal) => {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({ options: { 'data-dir': text, 'database-url': text } });
    return withDataDirectory(values, (store, dataDir) =>
      forgetPeople(store, dataDir, withTimes(report), signal),
    );
  },
  { cleanUp: removeUnfinished, graceMs: GRACE_MS },
);
