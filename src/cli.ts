import { Command, CommanderError } from 'commander';
import type { CommandContext } from './commands/context.ts';
import { registerData } from './commands/data.ts';
import { registerEvaluate } from './commands/evaluate.ts';
import { registerModels } from './commands/models.ts';
import { registerPosters } from './commands/posters.ts';
import { registerRecommend } from './commands/recommend.ts';
import { registerServe } from './commands/serve.ts';
import { registerSetup } from './commands/setup.ts';
import { registerTrain } from './commands/train.ts';
import { registerUser } from './commands/user.ts';
import { loadConfig } from './config.ts';
import { AppError, UsageError } from './errors.ts';

/** The `marquee` command: one verb a file in `src/commands/`. */
const context: CommandContext = {
  out: process.stdout,
  err: process.stderr,
  loadConfig: ({ dataDir }) =>
    loadConfig({ ...process.env, ...(dataDir ? { MARQUEE_DATA_DIR: dataDir } : {}) }),
  finish(code) {
    process.exitCode = code;
  },
};

async function main(): Promise<void> {
  const program = new Command('marquee')
    .description('A movie and TV recommender you can talk to, steer and check.')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: (text, write) => write(sayUsage(text)) });
  for (const register of [
    registerServe,
    registerSetup,
    registerData,
    registerPosters,
    registerTrain,
    registerRecommend,
    registerModels,
    registerEvaluate,
    registerUser,
  ])
    register(program, context);
  await program.parseAsync();
}

/** Commander's "error: …" and its "(Did you mean …?)" as one line, like every other refusal. */
function sayUsage(text: string): string {
  const [what = '', ...more] = text
    .trim()
    .replace(/^error: /, '')
    .split('\n');
  return `marquee: ${[what, ...more].join(' ')} (see --help)\n`;
}

try {
  await main();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof UsageError || (error instanceof AppError && error.status < 500)) {
    process.stderr.write(`marquee: ${error.message}\n`);
    process.exitCode = 2;
  } else {
    process.stderr.write(`marquee: ${error instanceof Error ? error.message : String(error)}\n`);
    if (process.env['MARQUEE_LOG_LEVEL'] === 'debug' && error instanceof Error)
      process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  }
}
