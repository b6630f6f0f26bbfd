import { parseArgs } from 'node:util';
import { loadConfig, type Config } from '../../src/config.ts';
import { createCore, type Core } from '../../src/app.ts';
import { createLogger } from '../../src/logger.ts';
import type { Library } from '../../src/services/library.ts';
import { UsageError } from '../../src/errors.ts';

export interface EvaluateOptions {
  dataDir?: string;
  tasks: string;
  chatModel?: string;
  generate?: number;
  out?: string;
  /** More settings of the slider, by hand only: `--importances 10,30`. */
  importances: number[];
}

/** @throws UsageError with one line */
export function readOptions(given: string[]): EvaluateOptions {
  const values = parse(given);
  if (!values.tasks) throw new UsageError('--tasks is missing: a file of JSON lines');
  const generate = values.generate === undefined ? undefined : Number(values.generate);
  if (generate !== undefined && !(Number.isInteger(generate) && generate >= 1 && generate <= 10_000))
    throw new UsageError(`--generate must be a whole number from 1 to 10000, not "${values.generate}"`);
  if (generate !== undefined && !values['chat-model'])
    throw new UsageError('--generate needs --chat-model: the model that writes the tasks');
  const importances = values.importances === undefined ? [] : values.importances.split(',').map(Number);
  if (importances.some((one) => !(one >= 0 && one < 100)))
    throw new UsageError(`--importances must be numbers from 0 to below 100, not "${values.importances}"`);
  return {
    tasks: values.tasks,
    importances,
    ...(values['data-dir'] === undefined ? {} : { dataDir: values['data-dir'] }),
    ...(values['chat-model'] === undefined ? {} : { chatModel: values['chat-model'] }),
    ...(generate === undefined ? {} : { generate }),
    ...(values.out === undefined ? {} : { out: values.out }),
  };
}

function parse(given: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: given,
      options: {
        'data-dir': text,
        tasks: text,
        'chat-model': text,
        generate: text,
        out: text,
        importances: text,
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** Everything below the web over a data directory, also while a server uses it. @throws UsageError without a catalogue or chat model */
export async function withCore<T>(
  { dataDir, chatModel }: Pick<EvaluateOptions, 'dataDir' | 'chatModel'>,
  work: (core: Core, library: Library, config: Config) => Promise<T>,
): Promise<T> {
  const loaded = loadConfig();
  const config = dataDir === undefined ? loaded : { ...loaded, dataDir };
  const core = await createCore(config, { logger: createLogger('error') });
  try {
    const library = core.context.library.current;
    if (!library)
      throw new UsageError(
        `There is no catalogue in ${config.dataDir} yet: run \`marquee setup --dataset starter\``,
      );
    if (chatModel !== undefined && !core.context.chatModels.get(chatModel))
      throw new UsageError(
        `--chat-model: there is no usable chat model "${chatModel}"; see \`marquee models\``,
      );
    return await work(core, library, config);
  } finally {
    await core.close();
  }
}
