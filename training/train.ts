import { GRACE_MS, runAsChild, withTimes } from './childProcess.ts';
import { databaseUrlOf } from './databaseUrl.ts';
import { removeUnfinished } from './modelFiles.ts';
import { trainDataDirectory } from './trainDataDirectory.ts';
import { readTrainOptions, USAGE } from './trainOptions.ts';

/** The child process that trains: `node --import tsx training/train.ts --data-dir DIR …`. Only when it is done has anything changed. */
const given = process.argv.slice(2);
if (given.includes('--help')) {
  process.stdout.write(`${USAGE}\n`);
  process.exit(0);
}

await runAsChild(
  async (report, signal) => {
    const request = readTrainOptions(given);
    const databaseUrl = databaseUrlOf(request.databaseUrl);
    const data = { ...request, ...(databaseUrl ? { databaseUrl } : {}) };
    return trainDataDirectory(data, withTimes(report, 'search'), signal);
  },
  {
    interrupted: 'Training was interrupted; the model in use is unchanged',
    cleanUp: removeUnfinished,
    graceMs: GRACE_MS,
  },
);
