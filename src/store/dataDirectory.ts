import { access, constants, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { makeFolder } from './makeFolder.ts';

/** Makes the data directory when it is missing. @throws UsageError in one line when it cannot be written */
export async function prepareDataDirectory(dataDir: string): Promise<void> {
  try {
    await makeFolder(join(dataDir, 'models'));
    await access(dataDir, constants.W_OK);
  } catch (error) {
    throw new UsageError(`Data directory ${dataDir} cannot be written: ${(error as Error).message}`);
  }
}

/**
 * Keeps a second server off one SQLite directory: `server.lock` names the process that holds it. A lock whose process
 * is gone (kill -9, power cut) is taken over.
 * @returns a function that gives the lock back
 * @throws UsageError when another server runs on this directory
 */
export async function lockDataDirectory(dataDir: string): Promise<() => Promise<void>> {
  const path = join(dataDir, 'server.lock');
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      return async () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = Number(await readFile(path, 'utf8').catch(() => ''));
      if (holder !== process.pid && isRunning(holder))
        throw new UsageError(`Another server (process ${holder}) already uses the data directory ${dataDir}`);
      await rm(path, { force: true });
    }
  }
  throw new UsageError(`Another server is starting on the data directory ${dataDir}`);
}

function isRunning(processId: number): boolean {
  if (!Number.isInteger(processId) || processId <= 0) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
