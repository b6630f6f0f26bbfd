import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { DATA_DIR, JSON_OUTPUT, type CommandContext, type CommonOptions } from './context.ts';
import { runDataSet } from './runDataSet.ts';

interface RefreshOptions extends CommonOptions {
  since: string;
  region?: string;
  minVotes?: string;
}

/** `marquee data refresh tmdb --since DATE`: new movies and shows, missing ids and where to watch, in a child process. */
export function registerRefresh(data: Command, context: CommandContext): void {
  data
    .command('refresh')
    .description('Bring in what is new, missing TMDB ids and where titles stream (needs a TMDB key)')
    .argument('<source>', 'tmdb')
    .requiredOption(
      '--since <date>',
      'movies and shows that came out on this day or later, such as 2026-01-31',
    )
    .option('--region <code>', 'where to watch: a country by two letters (default US)')
    .option('--min-votes <n>', 'the votes at TMDB that a new title needs (default 20)')
    .option(...DATA_DIR)
    .option(...JSON_OUTPUT)
    .action(async (source: string, options: RefreshOptions) => {
      if (source !== 'tmdb') throw new UsageError(`data refresh knows tmdb, not "${source}"`);
      const config = context.loadConfig(options);
      if (!config.tmdb.apiKey) throw new UsageError('TMDB needs a key: set TMDB_API_KEY, or tmdb.apiKey in the settings'); // prettier-ignore
      const named = [['--since', options.since], ['--region', options.region], ['--min-votes', options.minVotes]] as const; // prettier-ignore
      const given = named.flatMap(([flag, value]) => (value === undefined ? [] : [`${flag}=${value}`]));
      await runDataSet(['--dataset=tmdb', ...given], config, options, context);
    });
}
