import { fileURLToPath } from 'node:url';
import type { Writable } from 'node:stream';
import type { Config } from '../config.ts';
import { runChild } from '../jobs/runChild.ts';
import { printProgress } from '../jobs/progressPrinter.ts';

const SETUP = fileURLToPath(new URL('../../datasets/setup.ts', import.meta.url));

/**
 * Runs `datasets/setup.ts` as a child process with its progress on `out`.
 * @returns its exit code; the message of a failure has been written to `err`
 */
export async function runSetup(
  parameters: string[],
  { config, out, err }: { config: Config; out: Writable; err: Writable },
): Promise<number> {
  const printer = printProgress(out);
  const { exitCode, error } = await runChild(SETUP, [...parameters, '--data-dir', config.dataDir], {
    onProgress: (progress) => printer.show(progress),
    environment: config.databaseUrl ? { DATABASE_URL: config.databaseUrl } : {},
  });
  printer.end();
  if (error) err.write(`marquee: ${error}\n`);
  return exitCode;
}
