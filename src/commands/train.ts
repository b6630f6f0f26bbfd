import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import type { CommandContext, CommonOptions } from './context.ts';
import { runShown } from './runShown.ts';
import { type ListedModel, presentModels, presentRollback, presentTraining } from './trainAnswers.ts';

interface TrainOptions extends CommonOptions {
  algorithm?: string;
  lambda?: string;
  dropout?: string;
  xi?: string;
  minRatings?: string;
  search?: boolean;
  keepInverse?: boolean;
  force?: boolean;
  list?: boolean;
  /** true: the model before the active one. */
  rollback?: string | true;
}

/**
 * `marquee train`: trains on the loaded ratings and people's own in a child process, and swaps the model when it is whole
 * and not worse. `--list` and `--rollback` look after the models there are.
 */
export function registerTrain(program: Command, context: CommandContext): void {
  program
    .command('train')
    .description("Train the recommender on the loaded ratings and people's own, or look after trained models")
    .option('--algorithm <name>', 'rdlae (default), ease, edlae, rlae or dan')
    .option('--lambda <number>', 'regularisation; a preset by data size when left out')
    .option('--dropout <p>', 'dropout p of EDLAE, RDLAE and DAN')
    .option('--xi <number>', 'ξ of RLAE and RDLAE')
    .option('--min-ratings <n>', 'titles with fewer ratings are not trained on')
    .option('--search', 'choose λ on validation users')
    .option('--keep-inverse', 'also keep the inverse, so that one person can be taken out exactly')
    .option('--force', 'activate the model even when it is worse than the active one')
    .option('--list', 'show the trained models, train nothing')
    .option('--rollback [modelId]', 'activate the model that was active before, or the one named')
    .option('--data-dir <folder>', 'where the state lives')
    .option('--json', 'one JSON document on stdout')
    .action(async (options: TrainOptions) => {
      const { dataDir, ...config } = context.loadConfig(options);
      const { file, parameters, present } = workOf(options);
      const { result, exitCode } = await runShown(file, [...parameters, '--data-dir', dataDir], {
        config,
        progress: context.err,
        err: context.err,
      });
      if (result) context.out.write(`${options.json ? JSON.stringify(result) : present(result)}\n`);
      context.finish(exitCode);
    });
}

interface Work {
  file: string;
  parameters: string[];
  present: (result: unknown) => string;
}

/** @throws UsageError when two things are asked for at once */
function workOf(options: TrainOptions): Work {
  const training = trainParameters(options);
  const isManaging = options.list || options.rollback !== undefined;
  if (options.list && options.rollback !== undefined)
    throw new UsageError('--list and --rollback are two things: ask for one');
  if (isManaging && training.length > 0)
    throw new UsageError(
      `--${options.list ? 'list' : 'rollback'} trains nothing: ${training[0]} has no use with it`,
    );
  if (options.list)
    return {
      file: 'training/manageModels.ts',
      parameters: ['list'],
      present: (result) => presentModels((result as { models: ListedModel[] }).models),
    };
  if (options.rollback !== undefined)
    return {
      file: 'training/manageModels.ts',
      parameters: ['rollback', ...(options.rollback === true ? [] : [options.rollback])],
      present: (result) => presentRollback(result as Parameters<typeof presentRollback>[0]),
    };
  return {
    file: 'training/train.ts',
    parameters: training,
    present: (result) => presentTraining(result as Parameters<typeof presentTraining>[0]),
  };
}

function trainParameters(options: TrainOptions): string[] {
  const named = [
    ['--algorithm', options.algorithm],
    ['--lambda', options.lambda],
    ['--dropout', options.dropout],
    ['--xi', options.xi],
    ['--min-ratings', options.minRatings],
  ] as const;
  return [
    ...named.flatMap(([flag, value]) => (value === undefined ? [] : [flag, value])),
    ...(options.search ? ['--search'] : []),
    ...(options.keepInverse ? ['--keep-inverse'] : []),
    ...(options.force ? ['--force'] : []),
  ];
}
