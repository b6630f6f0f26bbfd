import { parseArgs } from 'node:util';
import { UsageError } from '../src/errors.ts';
import { ALGORITHMS, checkParameters, type EaseParameters } from './fitEase.ts';
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
  if (!values['data-dir']) throw new UsageError('--data-dir is missing');
  const parameters = parametersOf(values);
  if (values['keep-inverse'] && parameters.beta)
    throw new UsageError(
      '--keep-inverse cannot go with --beta: nobody can be taken out of such a model exactly',
    );
  const sideWeight = numberOf(values, 'side-weight') ?? 0;
  if (sideWeight < 0) throw new UsageError('--side-weight must not be negative');
  return {
    dataDir: values['data-dir'],
    ...only('databaseUrl', values['database-url'] || undefined),
    parameters,
    ...searchOf(values),
    ...only('minRatings', wholeOf(values, 'min-ratings', 1)),
    ...only('keep', keepOf(values)),
    valueType: oneOf(values, 'values', ['f32', 'f16']) ?? 'f32',
    precision: oneOf(values, 'precision', ['f32', 'f64']) ?? 'f32',
    engine: oneOf(values, 'engine', ['auto', 'plain', 'wasm']) ?? 'auto',
    ...only('threads', wholeOf(values, 'threads', 1, 64)),
    keepInverse: values['keep-inverse'] ?? false,
    force: values.force ?? false,
    sideWeight,
    createdBy: values['created-by'] ?? 'command line',
    ...stagedOf(values.staged, values['data-set'], sideWeight),
  };
}

type Values = ReturnType<typeof parse>;
/** The options that have a text after them. */
type Named = {
  [Name in keyof Values]-?: Values[Name] extends string | undefined ? Name : never;
}[keyof Values];

function parametersOf(values: Values): Partial<EaseParameters> {
  const parameters: Partial<EaseParameters> = {
    algorithm: oneOf(values, 'algorithm', ALGORITHMS) ?? 'rdlae',
  };
  for (const name of ['lambda', 'dropout', 'xi', 'alpha', 'beta'] as const)
    Object.assign(parameters, only(name, numberOf(values, name)));
  try {
    checkParameters({ algorithm: 'rdlae', lambda: 1, ...parameters });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  return parameters;
}

function searchOf(values: Values): Pick<TrainRequest, 'search' | 'lambdas' | 'searchTitles'> {
  const lambdas = values.lambdas?.split(',').map(Number);
  if (lambdas?.some((lambda) => !(lambda > 0)))
    throw new UsageError('--lambdas must be numbers greater than 0, as in 50,100,200');
  const searchTitles = wholeOf(values, 'search-titles', 2);
  const unused = (['lambdas', 'search-titles'] as const).find((name) => values[name]);
  if (unused && !values.search) throw new UsageError(`--${unused} is for --search, which is not there`);
  return {
    search: values.search ?? false,
    ...only(
      'lambdas',
      lambdas?.sort((a, b) => a - b),
    ),
    ...only('searchTitles', searchTitles),
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

function oneOf<Word extends string>(values: Values, name: Named, allowed: readonly Word[]): Word | undefined {
  const given = values[name];
  const found = allowed.find((word) => word === given);
  if (given !== undefined && found === undefined)
    throw new UsageError(`--${name} must be one of ${allowed.join(', ')}, not "${given}"`);
  return found;
}

function numberOf(values: Values, name: Named): number | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new UsageError(`--${name} must be a number, not "${text}"`);
  return value;
}

function wholeOf(values: Values, name: Named, least: number, most = Infinity): number | undefined {
  const value = numberOf(values, name);
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return value;
  const wanted = most === Infinity ? `a whole number of at least ${least}` : `${least} to ${most}`;
  throw new UsageError(`--${name} must be ${wanted}, not ${value}`);
}

/** `{ name: value }`, and nothing for what was not given. */
const only = <Name extends string, Value>(name: Name, value: Value | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: Value };

function keepOf(values: Values): Keep | undefined {
  const ways = (['keep', 'keep-share', 'keep-per-column'] as const).filter(
    (name) => values[name] !== undefined,
  );
  if (ways.length > 1)
    throw new UsageError('Only one of --keep, --keep-share and --keep-per-column can be given');
  const share = numberOf(values, 'keep-share');
  if (share !== undefined && !(share > 0 && share <= 1))
    throw new UsageError(`--keep-share must be greater than 0 and at most 1, not ${share}`);
  if (share !== undefined) return { share };
  if (values.keep === 'all') return 'all';
  const entries = wholeOf(values, 'keep', 1);
  if (entries !== undefined) return { entries };
  const perColumn = wholeOf(values, 'keep-per-column', 1);
  return perColumn === undefined ? undefined : { perColumn };
}
