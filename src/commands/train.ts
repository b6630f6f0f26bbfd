import type { Command } from 'commander';
import type { CommandContext, CommonOptions } from './context.ts';
import { runShown } from './runShown.ts';

interface TrainOptions extends CommonOptions {
  algorithm?: string;
  lambda?: string;
  dropout?: string;
  xi?: string;
  minRatings?: string;
  search?: boolean;
  force?: boolean;
}

/** `marquee train`: trains on the loaded ratings and people's own, in a child process, and swaps the model when it is whole. */
export function registerTrain(program: Command, context: CommandContext): void {
  program
    .command('train')
    .description("Train the recommender on the loaded ratings and people's own")
    .option('--algorithm <name>', 'rdlae (default), ease, edlae, rlae or dan')
    .option('--lambda <number>', 'regularisation; a preset by data size when left out')
    .option('--dropout <p>', 'dropout p of EDLAE, RDLAE and DAN')
    .option('--xi <number>', 'ξ of RLAE and RDLAE')
    .option('--min-ratings <n>', 'titles with fewer ratings are not trained on')
    .option('--search', 'choose λ on validation users')
    .option('--force', 'activate the model even when it is worse than the active one')
    .option('--data-dir <folder>', 'where the state lives')
    .option('--json', 'one JSON document on stdout')
    .action(async (options: TrainOptions) => {
      const config = context.loadConfig(options);
      const { result, exitCode } = await runShown<Record<string, unknown>>(
        'training/train.ts',
        trainParameters(options, config.dataDir),
        { config, progress: context.err, err: context.err },
      );
      if (result) context.out.write(`${options.json ? JSON.stringify(result) : summarise(result)}\n`);
      context.finish(exitCode);
    });
}

function trainParameters(options: TrainOptions, dataDir: string): string[] {
  const named = [
    ['--algorithm', options.algorithm],
    ['--lambda', options.lambda],
    ['--dropout', options.dropout],
    ['--xi', options.xi],
    ['--min-ratings', options.minRatings],
  ] as const;
  return [
    '--data-dir',
    dataDir,
    ...named.flatMap(([flag, value]) => (value === undefined ? [] : [flag, value])),
    ...(options.search ? ['--search'] : []),
    ...(options.force ? ['--force'] : []),
  ];
}

const summarise = (result: Record<string, unknown>): string =>
  Object.entries(result)
    .map(([key, value]) => `${key}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join('\n');
