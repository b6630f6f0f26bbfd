import type { Command } from 'commander';
import { checkAddress, createApp } from '../app.ts';
import { loadConfig, type Config, type Environment } from '../config.ts';
import { UsageError } from '../errors.ts';
import { startForgetting } from '../jobs/forgetPeople.ts';
import { canForget } from '../services/accounts/removePerson.ts';
import { warmUp } from '../services/warmUp.ts';
import { lockDataDirectory, prepareDataDirectory } from '../store/dataDirectory.ts';
import { openStore, type Store } from '../store/database.ts';
import type { CommandContext, CommonOptions } from './context.ts';
import { runShown } from './runShown.ts';

export interface Surroundings {
  environment: Environment;
  folder: string;
  out: NodeJS.WriteStream;
  err: NodeJS.WriteStream;
  /** Overrides MARQUEE_DATA_DIR. */
  dataDir?: string;
  /** Called once with the address. */
  onReady?: (url: string) => void;
}

/**
 * Migrates, sets up the starter catalogue when there is none, loads, listens, and closes on SIGINT or SIGTERM. Every step
 * is printed with its time.
 * @returns the exit code
 */
export async function serve(around: Surroundings): Promise<number> {
  try {
    const config = loadConfig(
      { ...around.environment, ...(around.dataDir ? { MARQUEE_DATA_DIR: around.dataDir } : {}) },
      around.folder,
    );
    await prepareDataDirectory(config.dataDir);
    const unlock = config.databaseUrl ? async () => {} : await lockDataDirectory(config.dataDir);
    try {
      await checkAddress(config);
      return await run(config, around);
    } finally {
      await unlock();
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    around.err.write(`marquee: ${error.message}\n`);
    return 2;
  }
}

async function run(config: Config, { out, err, onReady }: Surroundings): Promise<number> {
  const stopped = untilStopped();
  const say = (line: string) => out.write(`${line}\n`);
  const started = performance.now();
  const timed = stepTimer(say);
  const store = await timed(
    'database',
    () => openStore(config),
    (opened) => describeMigrations(opened),
  );
  if ((await store.settings.get('active')) === null) {
    say('No catalogue yet: setting up the starter.');
    const parameters = ['--dataset', 'starter', '--yes', '--data-dir', config.dataDir];
    const { exitCode } = await runShown('datasets/setup.ts', parameters, { config, progress: out, err });
    if (exitCode !== 0) {
      await store.close();
      return exitCode;
    }
  }
  const app = await timed(
    'catalogue and model',
    () => createApp(config, { store }),
    ({ context }) => {
      const library = context.library.current;
      return `${(library?.catalogue.size ?? 0).toLocaleString('en')} titles`;
    },
  );
  const { url } = await app.listen();
  app.context.library.watch();
  const endForgetting = startForgetting({
    isWaiting: () => canForget(store),
    config,
    onDone: ({ error, result }) =>
      error
        ? app.context.logger.error({ error }, 'a deleted account could not be taken out of the model yet')
        : app.context.logger.info({ receipt: result }, 'deleted accounts were taken out of the model'),
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`Ready in ${seconds} s: ${config.publicUrl ?? url}`);
  onReady?.(url);
  const { current } = app.context.library;
  if (current) setImmediate(warmUp, current);
  await stopped;
  say('Stopping.');
  endForgetting();
  await app.close();
  return 0;
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

/** Runs a step and prints what it made with the time it took. */
function stepTimer(say: (line: string) => void) {
  return async <T>(name: string, work: () => Promise<T>, describe: (made: T) => string): Promise<T> => {
    const began = performance.now();
    const made = await work();
    const seconds = ((performance.now() - began) / 1000).toFixed(2);
    say(`  ${name.padEnd(20)} ${describe(made).padEnd(34)} ${seconds} s`);
    return made;
  };
}

function describeMigrations({ migrated }: Store): string {
  if (migrated.applied.length === 0) return 'up to date';
  const copy = migrated.backupPath ? `, a copy is at ${migrated.backupPath}` : '';
  return `${migrated.applied.length} migrations applied${copy}`;
}

export function registerServe(program: Command, context: CommandContext): void {
  program
    .command('serve')
    .description('Serve the site; set up the starter catalogue when there is none')
    .option('--data-dir <folder>', 'where the state lives')
    .option('--json', 'the address as JSON once it is listening; all else goes to stderr')
    .action(async (options: CommonOptions) => {
      const { err } = context;
      context.finish(
        await serve({
          environment: process.env,
          folder: process.cwd(),
          out: options.json ? err : context.out,
          err,
          ...(options.dataDir ? { dataDir: options.dataDir } : {}),
          ...(options.json ? { onReady: (url) => context.out.write(`${JSON.stringify({ url })}\n`) } : {}),
        }),
      );
    });
}
