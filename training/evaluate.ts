import { rename, rm, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ProgressPipe } from '../datasets/support/progress.ts';
import { UsageError } from '../src/errors.ts';
import { evaluateRatings, isLetter } from './evaluateRatings.ts';
import { reportAsHtml } from './report/htmlReport.ts';
import { reportAsText } from './report/tables.ts';

/**
 * The child process that measures: `node --import tsx training/evaluate.ts ratings --protocol A --data PATH [--report FILE]`.
 * Progress goes out as JSON lines on file descriptor 3. Exit codes: 0 done, 2 wrong usage or bad input, 1 failed, 130
 * interrupted; a report file is written whole at the end or not at all.
 */
type OnStep = Parameters<typeof evaluateRatings>[1];
const verbs: Record<string, (given: string[], onStep: OnStep) => Promise<object>> = {
  ratings,
  'search-task': async (given) => (await import('./searchTask/run.ts')).searchTask(given, pipe.report),
  understanding: async (given) =>
    (await import('./searchTask/understanding.ts')).understanding(given, pipe.report),
};

const [verb = '', ...given] = process.argv.slice(2);
const pipe = new ProgressPipe();

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    void pipe.finish({ error: { message: 'Interrupted', exitCode: 130 } }).then(() => process.exit(130));
  });

try {
  const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (!run)
    throw new UsageError(`evaluate: there is no "${verb}"; there is ${Object.keys(verbs).join(', ')}`);
  await pipe.finish({ result: await run(given, relay()) });
  process.exit(0);
} catch (error) {
  const exitCode = error instanceof UsageError ? 2 : 1;
  const message = error instanceof Error ? error.message : String(error);
  await pipe.finish({ error: { message, exitCode } });
  process.exit(exitCode);
}

async function ratings(given: string[], onStep: OnStep): Promise<object> {
  const { protocol, data, report: file } = readOptions(given);
  if (!protocol || !isLetter(protocol))
    throw new UsageError(`evaluate ratings: --protocol must be A, B, C or D, not ${protocol ?? 'left out'}`);
  if (!data) throw new UsageError('evaluate ratings: --data must name a file or folder with ratings');
  const aside = file && `${file}.${process.pid}.part`;
  // Known before minutes of work rather than after.
  if (aside) await writeFile(aside, '').then(() => rm(aside), refuseReport(file));
  const report = await evaluateRatings({ protocol, data }, onStep);
  if (aside) await writeFile(aside, reportAsHtml(report)).then(() => rename(aside, file), refuseReport(file));
  return { text: reportAsText(report), ...report };
}

function refuseReport(file: string): (error: Error) => never {
  return (error) => {
    throw new UsageError(`--report ${file}: cannot be written (${error.message})`);
  };
}

function readOptions(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    const options = { protocol: text, data: text, report: text, 'data-dir': text };
    return parseArgs({ args, options, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(`evaluate: ${(error as Error).message}`);
  }
}

/** A step that is done is reported with its time. */
function relay(): OnStep {
  let current = '';
  let startedAt = 0;
  return (step, done, total, note) => {
    if (step !== current) {
      current = step;
      startedAt = performance.now();
    }
    const ms = done >= total ? { ms: Math.round(performance.now() - startedAt) } : {};
    pipe.report({ step, done, total, ...ms, ...(note ? { note } : {}) });
  };
}
