import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { DATA_DIR, JSON_OUTPUT, type CommandContext, type CommonOptions } from './context.ts';
import { runDataSet } from './runDataSet.ts';

/** `marquee posters`: photographs for all titles, from TMDB or from a folder, in a child process. */
export function registerPosters(program: Command, context: CommandContext): void {
  program
    .command('posters')
    .description('Fetch a poster for every title from TMDB (needs a key), or take them from a folder')
    .option('--from <folder>', 'a folder of pictures named by IMDb id, such as tt0113277.jpg')
    .option(...DATA_DIR)
    .option(...JSON_OUTPUT)
    .action(async (options: CommonOptions & { from?: string }) => {
      const config = context.loadConfig(options);
      if (options.from === undefined && !config.tmdb.apiKey)
        throw new UsageError(
          'TMDB needs a key: set TMDB_API_KEY or tmdb.apiKey, or take pictures you have with --from',
        );
      const parameters = ['--dataset=posters', ...(options.from === undefined ? [] : [`--from=${options.from}`])]; // prettier-ignore
      await runDataSet(parameters, config, options, context);
    });
}
