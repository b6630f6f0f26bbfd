import type { Config } from '../config.ts';
import { printProgress } from '../jobs/progressPrinter.ts';
import { runChild } from '../jobs/runChild.ts';

/** Where a child process of a command shows its progress and its failure. */
export interface ChildOutput {
  config: Pick<Config, 'databaseUrl'>;
  /** Progress: a bar on a terminal, a line a step elsewhere. */
  progress: NodeJS.WriteStream;
  err: NodeJS.WritableStream;
}

/**
 * Runs one of our child processes with its progress shown.
 * @returns its result, or null with the exit code when it failed; the reason has then been written to `err`
 */
export async function runShown<Result>(
  file: string,
  parameters: string[],
  { config, progress, err }: ChildOutput,
): Promise<{ result: Result | null; exitCode: number }> {
  const printer = printProgress(progress);
  const { result, exitCode, error } = await runChild<Result>(file, parameters, {
    onProgress: (step) => printer.show(step),
    environment: config.databaseUrl ? { DATABASE_URL: config.databaseUrl } : {},
  });
  printer.end();
  if (error) err.write(`marquee: ${error}\n`);
  return { result: result ?? null, exitCode };
}
