import { parseArgs } from 'node:util';
import { UsageError } from '../src/errors.ts';
import { ALGORITHMS, type Algorithm, checkParameters, type EaseParameters } from './fitEase.ts';
import { type Keep } from './sparsify.ts';

export interface TrainRequest {
  dataDir: string;
  databaseUrl?: string;
  parameters: Partial<EaseParameters>;
  search: boolean;
  lambdas?: number[];
  /** λ is searched on this many titles, the most rated. */
  searchTitles?: number;
  /** Titles with fewer ratings are not trained; undefined = as the data set was set up. */
  minRatings?: number;
  keep?: Keep;
  valueType: 'f32' | 'f16';
  /** Number type of the solver. */
  precision: 'f32' | 'f64';
  engine: 'auto' | 'plain' | 'wasm';
  threads?: number;
  keepInverse: boolean;
  /** Activate the model even when it is worse than the active one. */
  force: boolean;
  /** a of the side information by tags; 0 leaves it out. */
  sideWeight: number;
  createdBy: string;
  /** A data set that is being set up: its name, and the folder its ratings wait in. Nothing is activated then. */
  staged?: { folder: string; dataSet: string };
}

export const USAGE = `train --data-dir DIR
  --algorithm ${ALGORITHMS.join('|')}   (rdlae)
  --lambda N --dropout P --xi X --alpha A --beta B   parameters; what is missing comes from the preset
  --search [--lambdas 50,100,200] [--search-titles N]   choose lambda on people kept out of training, on the N most
      rated titles (4000)
  --min-ratings N   titles with fewer ratings are not trained (as the data set was set up, else 20)
  --side-weight A   tags as side information, so that titles without ratings get weights (0)
  --keep all|ENTRIES | --keep-share S | --keep-per-column N   what is stored of the weights (6300000)
  --values f32|f16   in the model file
  --precision f32|f64, --engine auto|plain|wasm, --threads N
  --keep-inverse   also keep the inverse, to learn and unlearn people exactly
  --force   activate the model even when it is worse than the active one
  --staged FOLDER --data-set NAME   train for a catalogue to come on the ratings in FOLDER, activate nothing`;

/** @throws UsageError with one line saying what is wrong */
export function readTrainOptions(given: string[]): TrainRequest {
  const values = parse(given);
  const number = (name: keyof typeof values): number | undefined => {
    const text = values[name];
    if (text === undefined) return undefined;
    const value = Number(text);
    if (text === '' || !Number.isFinite(value))
      throw new UsageError(`--${name} must be a number, not "${String(text)}"`);
    return value;
  };
  const parameters: Partial<EaseParameters> = {
    algorithm: oneOf('algorithm', values.algorithm, ALGORITHMS, 'rdlae') as Algorithm,
  };
  for (const name of ['lambda', 'dropout', 'xi', 'alpha', 'beta'] as const) {
    const value = number(name);
    if (value !== undefined) parameters[name] = value;
  }
  refuseOutOfRange(parameters);
  const lambdas = values.lambdas
    ?.split(',')
    .map(Number)
    .sort((a, b) => a - b);
  if (lambdas?.some((lambda) => !(lambda > 0)))
    throw new UsageError('--lambdas must be numbers greater than 0, as in 50,100,200');
  const threads = number('threads');
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= 64))
    throw new UsageError(`--threads must be 1 to 64, not ${threads}`);
  const minRatings = number('min-ratings');
  if (minRatings !== undefined && !(Number.isInteger(minRatings) && minRatings >= 1))
    throw new UsageError(`--min-ratings must be a whole number of at least 1, not ${minRatings}`);
  const searchTitles = number('search-titles');
  if (searchTitles !== undefined && !(Number.isInteger(searchTitles) && searchTitles >= 2))
    throw new UsageError(`--search-titles must be a whole number of at least 2, not ${searchTitles}`);
  const unused = values.search ? [] : (['lambdas', 'search-titles'] as const).filter((name) => values[name]);
  if (unused.length > 0) throw new UsageError(`--${unused[0]} is for --search, which is not there`);
  const sideWeight = number('side-weight') ?? 0;
  if (sideWeight < 0) throw new UsageError('--side-weight must not be negative');
  if (!values['data-dir']) throw new UsageError('--data-dir is missing');
  if (values['keep-inverse'] && parameters.beta)
    throw new UsageError(
      '--keep-inverse cannot go with --beta: nobody can be taken out of such a model exactly',
    );
  const keep = keepOf(values.keep, number('keep-share'), number('keep-per-column'));
  return {
    dataDir: values['data-dir'],
    ...(values['database-url'] ? { databaseUrl: values['database-url'] } : {}),
    parameters,
    search: values.search ?? false,
    ...(lambdas ? { lambdas } : {}),
    ...(searchTitles ? { searchTitles } : {}),
    ...(minRatings === undefined ? {} : { minRatings }),
    ...(keep ? { keep } : {}),
    valueType: oneOf('values', values.values, ['f32', 'f16'], 'f32') as 'f32',
    precision: oneOf('precision', values.precision, ['f32', 'f64'], 'f32') as 'f32',
    engine: oneOf('engine', values.engine, ['auto', 'plain', 'wasm'], 'auto') as 'auto',
    ...(threads ? { threads } : {}),
    keepInverse: values['keep-inverse'] ?? false,
    force: values.force ?? false,
    sideWeight,
    createdBy: values['created-by'] ?? 'command line',
    ...stagedOf(values.staged, values['data-set'], sideWeight),
  };
}

function stagedOf(
  folder: string | undefined,
  dataSet: string | undefined,
  sideWeight: number,
): Pick<TrainRequest, 'staged'> {
  if (folder === undefined && dataSet === undefined) return {};
  if (folder === undefined || dataSet === undefined)
    throw new UsageError('--staged and --data-set belong together');
  if (sideWeight > 0)
    throw new UsageError('--side-weight uses the tags of the loaded catalogue: it cannot go with --staged');
  return { staged: { folder, dataSet } };
}

function parse(given: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: given,
      options: {
        'data-dir': text, 'database-url': text, algorithm: text, lambda: text, dropout: text, xi: text, alpha: text,
        beta: text, search: flag, lambdas: text, 'search-titles': text, 'min-ratings': text, 'side-weight': text, keep: text, 'keep-share': text,
        'keep-per-column': text, values: text, precision: text, engine: text, threads: text, 'keep-inverse': flag,
        'created-by': text, force: flag, staged: text, 'data-set': text,
      },
    }).values; // prettier-ignore
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function oneOf(
  name: string,
  given: string | undefined,
  allowed: readonly string[],
  otherwise: string,
): string {
  if (given === undefined) return otherwise;
  if (!allowed.includes(given))
    throw new UsageError(`--${name} must be one of ${allowed.join(', ')}, not "${given}"`);
  return given;
}

function refuseOutOfRange(parameters: Partial<EaseParameters>): void {
  try {
    checkParameters({ algorithm: 'rdlae', lambda: 1, ...parameters });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function keepOf(
  entries: string | undefined,
  share: number | undefined,
  perColumn: number | undefined,
): Keep | undefined {
  if ([entries, share, perColumn].filter((value) => value !== undefined).length > 1)
    throw new UsageError('Only one of --keep, --keep-share and --keep-per-column can be given');
  if (share !== undefined) {
    if (!(share > 0 && share <= 1))
      throw new UsageError(`--keep-share must be greater than 0 and at most 1, not ${share}`);
    return { share };
  }
  const count = entries === undefined || entries === 'all' ? perColumn : Number(entries);
  if (entries === 'all') return 'all';
  if (count === undefined) return undefined;
  if (!(Number.isInteger(count) && count >= 1))
    throw new UsageError('What to keep must be a whole number of at least 1');
  return entries === undefined ? { perColumn: count } : { entries: count };
}
