import { rm, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type OnProgress } from '../datasets/support/progress.ts';
import { UsageError } from '../src/errors.ts';
import { writeAside } from '../src/writeAside.ts';
import { runAsChild, withTimes } from './childProcess.ts';
import { evaluateRatings, isLetter } from './evaluateRatings.ts';
import { reportAsHtml } from './report/htmlReport.ts';
import { reportAsText } from './report/tables.ts';

/**
 * The child process that measures: `node --import tsx training/evaluate.ts ratings --protocol A --data PATH [--report FILE]`.
 * A report file is written whole at the end or not at all.
 */
const verbs: Record<string, (given: string[], report: OnProgress) => Promise<object>> = {
  ratings,
  'search-task': async (given, report) => (await import('./searchTask/run.ts')).searchTask(given, report),
  understanding: async (given, report) =>
    (await import('./searchTask/understanding.ts')).understanding(given, report),
};

const [verb = '', ...given] = process.argv.slice(2);
await runAsChild(async (report) => {
  const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (!run)
    throw new UsageError(`evaluate: there is no "${verb}"; there is ${Object.keys(verbs).join(', ')}`);
  return run(given, report);
});

async function ratings(given: string[], onProgress: OnProgress): Promise<object> {
  const { protocol, data, report: file } = readOptions(given);
  if (!protocol || !isLetter(protocol))
    throw new UsageError(`evaluate ratings: --protocol must be A, B, C or D, not ${protocol ?? 'left out'}`);
  if (!data) throw new UsageError('evaluate ratings: --data must name a file or folder with ratings');
  // Known before minutes of work rather than after.
  if (file) await checkWritable(file);
  const timed = withTimes(onProgress);
  const report = await evaluateRatings({ protocol, data }, (step, done, total, note) =>
    timed({ step, done, total, ...(note ? { note } : {}) }),
  );
  if (file) await writeAside(file, reportAsHtml(report)).catch(refuseReport(file));
  return { text: reportAsText(report), ...report };
}

async function checkWritable(file: string): Promise<void> {
  const trial = `${file}.${process.pid}.part`;
  await writeFile(trial, '').then(() => rm(trial), refuseReport(file));
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
