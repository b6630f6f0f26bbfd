import { fileURLToPath } from 'node:url';
import { Option, type Command } from 'commander';
import { printProgress } from '../jobs/progressPrinter.ts';
import { runChild } from '../jobs/runChild.ts';
import { askOnTerminal } from './askOnTerminal.ts';
import type { CommandContext, CommonOptions } from './context.ts';

const SETUP = fileURLToPath(new URL('../../datasets/setup.ts', import.meta.url));

interface SetupOptions extends CommonOptions {
  dataset: string;
  from?: string;
  links?: string;
  activeSince?: string;
  minRatings?: string;
  minVotes?: string;
  map?: string[];
  reviews?: boolean;
  newTitles?: boolean;
  yes?: boolean;
}

/** `marquee setup`: a catalogue and its ratings from a data set to a served site, in a child process. */
export function registerSetup(program: Command, context: CommandContext): void {
  program
    .command('setup')
    .description('Load a data set: a catalogue with ratings, or an add-on with plots and facts')
    .requiredOption(
      '--dataset <name>',
      'starter, tag-genome-2021, ml-latest-small, ml-32m, csv; add-ons: plots-wikipedia, tmdb-movies, streaming, posters',
    )
    .option('--from <path>', 'a file, folder or archive that is already here, in place of the download')
    .option('--links <file>', 'links.csv with IMDb and TMDB ids (else one beside the archive)')
    .option('--active-since <year>', 'only people who rated a title of this year or later; 0 = everyone')
    .option('--min-ratings <n>', 'titles with fewer ratings are not trained on')
    .option('--reviews', 'also read reviews.json into counts and samples')
    .addOption(
      new Option(
        '--map <column=field...>',
        'csv: which column holds which field, such as --map Name=title Released=year',
      ),
    )
    .option('--new-titles', 'tmdb-movies: also add titles that are not in the catalogue')
    .option('--min-votes <n>', 'tmdb-movies: the votes a new title needs')
    .option('--yes', 'accept the licence without being asked')
    .option('--data-dir <folder>', 'where the state lives')
    .option('--json', 'one JSON document on stdout')
    .action(async (options: SetupOptions) => {
      const config = context.loadConfig(options);
      const parameters = [...setupParameters(options), '--data-dir', config.dataDir];
      if (!options.yes && options.dataset !== 'starter') {
        const isAccepted = await showLicence(parameters, options, context);
        if (!isAccepted) return;
      }
      const printer = printProgress(options.json ? context.err : context.out);
      const { exitCode, result, error } = await runChild<SetupReport>(
        SETUP,
        options.from === undefined ? [...parameters, '--yes'] : parameters,
        {
          onProgress: (progress) => printer.show(progress),
          environment: config.databaseUrl ? { DATABASE_URL: config.databaseUrl } : {},
        },
      );
      printer.end();
      if (error) context.err.write(`marquee: ${error}\n`);
      else if (options.json) context.out.write(`${JSON.stringify(result)}\n`);
      else context.out.write(`${summarise(result!)}\n`);
      context.finish(exitCode);
    });
}

/** The part of a data set's report that is printed here. */
interface SetupReport {
  name: string;
  totals: { titles: number; trainedTitles: number; ratings: number; users: number };
}

function setupParameters(options: SetupOptions): string[] {
  const named = [
    ['--dataset', options.dataset],
    ['--from', options.from],
    ['--links', options.links],
    ['--active-since', options.activeSince],
    ['--min-ratings', options.minRatings],
    ['--min-votes', options.minVotes],
    ...(options.map ?? []).map((pair) => ['--map', pair] as const),
  ] as const;
  return [
    ...named.flatMap(([flag, value]) => (value === undefined ? [] : [`${flag}=${value}`])),
    ...(options.reviews ? ['--reviews'] : []),
    ...(options.newTitles ? ['--new-titles'] : []),
  ];
}

interface Description {
  name: string;
  licence: string;
  citation: string;
  page: string;
  download: { url: string; sizeBytes?: number } | null;
}

/** Shows licence and citation. A file that is here already is only announced; a download has to be agreed to. */
async function showLicence(
  parameters: string[],
  options: SetupOptions,
  context: CommandContext,
): Promise<boolean> {
  const { exitCode, result, error } = await runChild<Description>(SETUP, [...parameters, '--describe']);
  if (!result) {
    context.err.write(`marquee: ${error ?? 'the data set could not be described'}\n`);
    context.finish(exitCode);
    return false;
  }
  context.err.write(
    `${result.name} (${result.page})\nLicence: ${result.licence}\nCite: ${result.citation}\n`,
  );
  if (options.from !== undefined || result.download === null) return true;
  const size = result.download.sizeBytes ? `, ${(result.download.sizeBytes / 1e6).toFixed(0)} MB` : '';
  const answer = await askOnTerminal(
    `Fetch ${result.download.url}${size}, and accept the licence? [y/N] `,
    context.err,
  );
  if (answer !== null && /^y(es)?$/i.test(answer.trim())) return true;
  context.err.write(
    answer === null
      ? 'marquee: the licence has to be accepted: run again with --yes, or name a file you have with --from\n'
      : 'marquee: nothing was fetched\n',
  );
  context.finish(2);
  return false;
}

const summarise = ({ name, totals }: SetupReport): string =>
  `${name} is loaded: ${totals.titles.toLocaleString('en-US')} titles, ${totals.trainedTitles.toLocaleString('en-US')} of them trained on ` +
  `${totals.ratings.toLocaleString('en-US')} ratings of ${totals.users.toLocaleString('en-US')} people. Details: marquee data report`;
