import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../../src/errors.ts';
import type { DataSet } from '../dataSet.ts';
import { download } from './download.ts';
import type { SetupRequest } from './options.ts';
import type { OnProgress } from './progress.ts';

/**
 * The file or folder a data set is read from: the one named by `--from`, else its download once the licence is accepted.
 * null for a set that is part of the project or asks a service itself.
 */
export async function obtain(
  dataSet: DataSet,
  request: Pick<SetupRequest, 'from' | 'yes'>,
  options: { dataDir: string; onProgress: OnProgress; signal: AbortSignal },
): Promise<string | null> {
  if (request.from !== null) {
    const path = resolve(request.from);
    if (!existsSync(path)) throw new UsageError(`--from: there is no file or folder ${request.from}`);
    return path;
  }
  if (dataSet.name === 'starter' || dataSet.needsNoFile) return null;
  if (!dataSet.download)
    throw new UsageError(
      `${dataSet.name} cannot be fetched from here: get it from ${dataSet.page} and name it with --from`,
    );
  if (!request.yes)
    throw new UsageError(
      `${dataSet.name} is licensed: ${dataSet.licence}. Accept it with --yes, or give a file you have with --from`,
    );
  return download(dataSet.download, resolve(options.dataDir, 'downloads'), options);
}
