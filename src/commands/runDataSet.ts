import type { Config } from '../config.ts';
import type { CommandContext, CommonOptions } from './context.ts';
import { presentReport, type DataReport } from './presentReport.ts';
import { runShown } from './runShown.ts';

/** Loads a data set in a child process and prints its report. */
export async function runDataSet(
  parameters: string[],
  config: Config,
  { json }: CommonOptions,
  { out, err, finish }: CommandContext,
): Promise<void> {
  const { result, exitCode } = await runShown<DataReport>(
    'datasets/setup.ts',
    [...parameters, '--yes', '--data-dir', config.dataDir],
    { config, progress: json ? err : out, err },
  );
  if (result) out.write(json ? `${JSON.stringify(result)}\n` : `${presentReport(result)}\n`);
  finish(exitCode);
}
