import { resolve } from 'node:path';
import { loadConfig } from '../src/config.ts';
import { UsageError } from '../src/errors.ts';
import { prepareDataDirectory } from '../src/store/dataDirectory.ts';
import { openStore } from '../src/store/database.ts';
import { dataSetNamed } from './catalogue.ts';
import type { DataSet } from './dataSet.ts';
import { runSetup } from './runSetup.ts';
import { asJob } from './support/asJob.ts';
import { readSetupOptions, type SetupRequest } from './support/options.ts';
import { ProgressPipe } from './support/progress.ts';
import { trainInChild } from './support/trainInChild.ts';

/**
 * The child process behind `marquee setup`: `node --import tsx datasets/setup.ts --dataset NAME …`. Progress goes out as
 * JSON lines on file descriptor 3. Exit codes: 0 done, 2 wrong usage or bad input, 1 failed, 130 interrupted.
 */
const stopping = new AbortController();
const leaving = new AbortController();
const pipe = new ProgressPipe(stop);

/** Work that does not stop by itself within this time is left where it is: nothing is half-written at any moment. */
const GRACE_MS = 3000;
/** What putting that on record may take. */
const RECORD_MS = 1000;

/** Ctrl-C, or nobody there any more who waits for it. */
function stop(): void {
  stopping.abort(new Error('Interrupted'));
  setTimeout(() => leaving.abort(new Error('Interrupted')), GRACE_MS);
  setTimeout(() => void end({ error: describe(null) }), GRACE_MS + RECORD_MS);
}

function readOptions(): SetupRequest | UsageError {
  try {
    return readSetupOptions(process.argv.slice(2));
  } catch (error) {
    return error as UsageError;
  }
}

async function main(request: SetupRequest | UsageError): Promise<unknown> {
  if (request instanceof UsageError) throw request;
  const dataSet = await dataSetNamed(request.dataset);
  if (request.describe) return describeDataSet(dataSet);
  const config = loadConfig();
  const dataDir = request.dataDir === null ? config.dataDir : resolve(request.dataDir);
  await prepareDataDirectory(dataDir);
  const store = await openStore({ dataDir, databaseUrl: config.databaseUrl });
  try {
    const detail = { dataset: dataSet.name };
    return await asJob(
      store,
      { kind: 'setup', detail, onProgress: pipe.report, signal: leaving.signal },
      (onProgress) =>
        runSetup(dataSet, request, {
          store,
          dataDir,
          databaseUrl: config.databaseUrl,
          onProgress,
          signal: stopping.signal,
          train: trainInChild,
        }),
    );
  } finally {
    await store.close();
  }
}

/** What a person should see before a download. */
function describeDataSet({ name, licence, citation, page, download }: DataSet) {
  return { name, licence, citation, page, download: download ?? null };
}

function describe(error: unknown): { message: string; exitCode: number } {
  if (stopping.signal.aborted) return { message: 'Interrupted; what is served is unchanged', exitCode: 130 };
  const { message } = error as Error;
  if (isDiskFull(error)) return { message: 'The disk is full; what is served is unchanged', exitCode: 1 };
  if (error instanceof UsageError) return { message, exitCode: 2 };
  return { message: message || String(error), exitCode: 1 };
}

/** Whoever found out may have wrapped it: the database says "Nothing can be saved" and keeps the reason as the cause. */
function isDiskFull(error: unknown): boolean {
  for (
    let at = error as NodeJS.ErrnoException | undefined;
    at instanceof Error;
    at = at.cause as Error | undefined
  )
    if (at.code === 'ENOSPC' || /SQLITE_FULL|disk is full|no space left/i.test(at.message)) return true;
  return false;
}

async function end(
  last: { result: unknown } | { error: { message: string; exitCode: number } },
): Promise<never> {
  await pipe.finish(last);
  process.exit('error' in last ? last.error.exitCode : 0);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);

try {
  await end({ result: await main(readOptions()) });
} catch (error) {
  await end({ error: describe(error) });
}
