import { Option, type Command } from 'commander';
import { runChild } from '../jobs/runChild.ts';
import { askOnTerminal } from './askOnTerminal.ts';
import { DATA_DIR, JSON_OUTPUT, type CommandContext, type CommonOptions } from './context.ts';
import { runShown } from './runShown.ts';

const SETUP = 'datasets/setup.ts';

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
    .option(...DATA_DIR)
    .option(...JSON_OUTPUT)
    .action(async (options: SetupOptions) => {
      const config = context.loadConfig(options);
      const parameters = [...setupParameters(options), '--data-dir', config.dataDir];
      const progress = options.json ? context.err : context.out;
      // The starter is part of the project: there is nothing to fetch and nobody to thank but its authors.
      if (options.dataset !== 'starter' && !(await acceptLicence(parameters, options, progress, context)))
        return;
      const { result, exitCode } = await runShown<SetupReport>(SETUP, [...parameters, '--yes'], {
        config,
        progress,
        err: context.err,
      });
      if (result) context.out.write(`${options.json ? JSON.stringify(result) : summarise(result)}\n`);
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

/** Shows licence and citation. A download has to be agreed to, here or by --yes; a file that is here is only announced. */
async function acceptLicence(
  parameters: string[],
  { yes, from }: SetupOptions,
  progress: NodeJS.WritableStream,
  context: CommandContext,
): Promise<boolean> {
  const { exitCode, result, error } = await runChild<Description>(SETUP, [...parameters, '--describe']);
  if (!result) {
    context.err.write(`marquee: ${error ?? 'the data set could not be described'}\n`);
    context.finish(exitCode);
    return false;
  }
  progress.write(`${result.name} (${result.page})\nLicence: ${result.licence}\nCite: ${result.citation}\n`);
  if (yes || from !== undefined || result.download === null) return true;
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
