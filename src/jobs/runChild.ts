import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { basename, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { parseJson } from '../parseJson.ts';

/** What a child says while it works; with `ms` the step is over. */
export interface ChildProgress {
  step: string;
  done: number;
  total?: number | undefined;
  ms?: number | undefined;
  note?: string | undefined;
}

export interface ChildOptions {
  onProgress?: (progress: ChildProgress) => void;
  /** Aborting asks the child to stop, as Ctrl-C does. */
  signal?: AbortSignal;
  environment?: Record<string, string | undefined>;
  /** A child that was asked to stop and did not is ended after this long (5 s). */
  graceMs?: number;
}

/** How a child ended: exactly one of `result` and `error` says something. */
export interface ChildOutcome<Result = unknown> {
  /** 0 done, 2 wrong usage or bad input, 130 interrupted, 1 anything else. */
  exitCode: number;
  result?: Result;
  /** One line for a person. */
  error?: string;
}

const projectRoot = resolve(import.meta.dirname, '../..');
const tsxLoader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const GRACE_MS = 5000;

const lineSchema = z.union([
  z.object({ result: z.unknown() }).refine((line) => 'result' in line),
  z.object({ error: z.object({ message: z.string(), exitCode: z.int() }) }),
  z.object({
    step: z.string(),
    done: z.number(),
    total: z.number().optional(),
    ms: z.number().optional(),
    note: z.string().optional(),
  }),
]);

/**
 * Runs one of our TypeScript files in a process of its own and gives back what it reports as its result. The child
 * talks in JSON lines on file descriptor 3; its stderr is ours. It gets our SIGINT and SIGTERM, and stops when we die.
 * @param file absolute, or from the project's root such as `datasets/setup.ts`
 */
export async function runChild<Result = unknown>(
  file: string,
  parameters: readonly string[],
  options: ChildOptions = {},
): Promise<ChildOutcome<Result>> {
  const child = spawn(process.execPath, ['--import', tsxLoader, resolve(projectRoot, file), ...parameters], {
    // stdout stays free for the one JSON document a command may print.
    stdio: ['ignore', 2, 2, 'pipe'],
    env: { ...process.env, ...options.environment, MARQUEE_PROGRESS_PIPE: '3' },
  });
  const passing = passSignalsTo(child, options);
  try {
    const [ending, last] = await Promise.all([waitFor(child), readLines(child, options.onProgress)]);
    if (last && 'result' in last && ending.code === 0) return { exitCode: 0, result: last.result as Result };
    return failureOf(basename(file), { ...ending, wasAsked: passing.wasAsked() }, last);
  } finally {
    passing.end();
    // Still there only when whoever hears of its progress threw.
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  }
}

type LastLine = { result: unknown } | { error: { message: string; exitCode: number } };
interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

const waitFor = (child: ChildProcess): Promise<Ending> =>
  new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code, signal) => done({ code, signal }));
  });

async function readLines(
  child: ChildProcess,
  onProgress: ChildOptions['onProgress'],
): Promise<LastLine | null> {
  let last: LastLine | null = null;
  for await (const text of createInterface({ input: child.stdio[3] as Readable })) {
    const line = lineSchema.safeParse(parseJson(text)).data;
    if (!line) continue;
    if ('step' in line) onProgress?.(line);
    else last = line;
  }
  return last;
}

function failureOf(
  file: string,
  ending: Ending & { wasAsked: boolean },
  last: LastLine | null,
): { exitCode: number; error: string } {
  if (last && 'error' in last) return { exitCode: last.error.exitCode, error: last.error.message };
  // One that was asked and was too busy to hear it is ended without a word.
  const wasStopped = ending.wasAsked && ending.signal === 'SIGKILL';
  if (wasStopped || ending.signal === 'SIGINT' || ending.signal === 'SIGTERM' || ending.code === 130)
    return { exitCode: 130, error: 'Interrupted' };
  const how = ending.signal ? `was ended by ${ending.signal}` : `ended with code ${ending.code}`;
  return { exitCode: 1, error: `${file} ${how} before it was done` };
}

/** Hands our signals on while the child lives, and takes it with us when we go. */
function passSignalsTo(
  child: ChildProcess,
  { signal, graceMs = GRACE_MS }: Pick<ChildOptions, 'signal' | 'graceMs'>,
): { wasAsked: () => boolean; end: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let wasAsked = false;
  const stop = (name: NodeJS.Signals) => {
    wasAsked = true;
    child.kill(name);
    timer ??= setTimeout(() => child.kill('SIGKILL'), graceMs);
  };
  const abort = () => stop('SIGTERM');
  const killAtExit = () => void child.kill('SIGKILL');
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  for (const name of SIGNALS) process.on(name, stop);
  process.on('exit', killAtExit);
  return {
    wasAsked: () => wasAsked,
    end: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      for (const name of SIGNALS) process.off(name, stop);
      process.off('exit', killAtExit);
    },
  };
}
