import { access, constants, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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

/** Attempts to take the lock: one, and one more for each dead holder met on the way. */
const MOST_ATTEMPTS = 3;
/** A lock without content is being written this moment, or its writer died there. */
const WRITING_MS = 300;

/**
 * Keeps a second server off one SQLite directory: `server.lock` names the process that holds it. A lock whose process
 * is gone (kill -9, power cut) is taken over, by one of several that start at once.
 * @returns a function that gives the lock back
 * @throws UsageError when another server runs on this directory
 */
export async function lockDataDirectory(dataDir: string): Promise<() => Promise<void>> {
  const path = join(dataDir, 'server.lock');
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx' });
      return async () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const held = await readLock(path);
    const holder = Number(held);
    if (holder !== process.pid && isRunning(holder))
      throw new UsageError(`Another server (process ${holder}) already uses the data directory ${dataDir}`);
    await takeAway(path, held);
  }
  throw new UsageError(`Another server is starting on the data directory ${dataDir}`);
}

/** What stands in the lock; empty when it is gone, or stays empty. */
async function readLock(path: string): Promise<string> {
  const read = () => readFile(path, 'utf8').catch(() => '');
  const held = await read();
  if (held !== '') return held;
  await sleep(WRITING_MS);
  return read();
}

/** Removes a dead lock. Whoever took it over meanwhile keeps theirs: it does not say what was read. */
async function takeAway(path: string, read: string): Promise<void> {
  const aside = `${path}.${process.pid}.part`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8')) === read) await rm(aside, { force: true });
  else await rename(aside, path);
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
