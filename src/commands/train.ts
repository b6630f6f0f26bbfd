import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import type { ListedModels, RolledBack, TrainedModel } from '../jobs/trainingResults.ts';
import { asFlags } from './asFlags.ts';
import { DATA_DIR, JSON_OUTPUT, type CommandContext, type CommonOptions } from './context.ts';
import { runShown } from './runShown.ts';
import { presentModels, presentRollback, presentTraining } from './trainAnswers.ts';

/** What `training/train.ts` is handed as it is: it checks the values. */
const TRAINING_OPTIONS: [flags: string, description: string][] = [
  ['--algorithm <name>', 'rdlae (default), ease, edlae, rlae or dan'],
  ['--lambda <number>', 'regularisation; a preset by data size when left out'],
  ['--dropout <p>', 'dropout p of EDLAE, RDLAE and DAN'],
  ['--xi <number>', 'ξ of RLAE and RDLAE'],
  ['--alpha <number>', 'α of DAN: larger, fewer blockbusters'],
  ['--beta <number>', 'β of DAN: larger, people with many ratings count less'],
  ['--search', 'choose λ on people kept out of training'],
  ['--lambdas <list>', 'λ to search among, as in 50,100,200'],
  ['--search-titles <n>', 'search on the n most rated titles (4000)'],
  ['--min-ratings <n>', 'titles with fewer ratings are not trained on'],
  ['--side-weight <a>', 'tags as side information: titles without ratings get weights too'],
  ['--precision <type>', 'f32 (default) or f64: twice the memory and time, exact to 15 digits'],
  ['--engine <name>', 'auto (default), wasm (all cores, shared memory) or plain (one thread, f64)'],
  ['--threads <n>', 'threads of the solver; one for each core when left out'],
  ['--keep <entries>', 'how many weights are stored, or "all" (6300000)'],
  ['--keep-share <s>', 'store this share of the weights instead'],
  ['--keep-per-column <n>', 'store this many weights of every title instead'],
  ['--values <type>', 'f32 (default) or f16 in the model file'],
  ['--keep-inverse', 'also keep the inverse, so that one person can be taken out exactly'],
  ['--force', 'activate the model even when it is worse than the active one'],
];

interface TrainCommandOptions extends CommonOptions {
  list?: boolean;
  /** true: the model before the active one. */
  rollback?: string | true;
}

/**
 * `marquee train`: trains on the loaded ratings and people's own in a child process, and swaps the model when it is whole
 * and not worse. `--list` and `--rollback` look after the models there are.
 */
export function registerTrain(program: Command, context: CommandContext): void {
  const train = program
    .command('train')
    .description(
      "Train the recommender on the loaded ratings and people's own, or look after trained models",
    );
  for (const [flags, description] of TRAINING_OPTIONS) train.option(flags, description);
  train
    .option('--list', 'show the trained models, train nothing')
    .option('--rollback [modelId]', 'activate the model that was active before, or the one named')
    .option(...DATA_DIR)
    .option(...JSON_OUTPUT)
    .action(async (options: TrainCommandOptions) => {
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
function workOf({ list, rollback, dataDir: _, json: __, ...training }: TrainCommandOptions): Work {
  const parameters = asFlags(training);
  const isManaging = list || rollback !== undefined;
  if (list && rollback !== undefined)
    throw new UsageError('--list and --rollback are two things: ask for one');
  if (isManaging && parameters.length > 0)
    throw new UsageError(
      `--${list ? 'list' : 'rollback'} trains nothing: ${parameters[0]!.split('=')[0]} has no use with it`,
    );
  if (list)
    return {
      file: 'training/manageModels.ts',
      parameters: ['list'],
      present: (result) => presentModels((result as ListedModels).models),
    };
  if (rollback !== undefined)
    return {
      file: 'training/manageModels.ts',
      parameters: ['rollback', ...(rollback === true ? [] : [rollback])],
      present: (result) => presentRollback(result as RolledBack),
    };
  return {
    file: 'training/train.ts',
    parameters,
    present: (result) => presentTraining(result as TrainedModel),
  };
}
