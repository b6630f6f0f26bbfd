import { parseArgs } from 'node:util';
import { UsageError } from '../../src/errors.ts';

/** What `datasets/setup.ts` was asked to do. */
export interface SetupRequest {
  dataset: string;
  from: string | null;
  links: string | null;
  activeSince: number | null;
  minRatings: number;
  reviews: boolean;
  newTitles: boolean;
  minVotes: number;
  mapping: string[];
  since: string | null;
  region: string;
  /** The licence was shown and accepted. */
  yes: boolean;
  /** Only say what the data set is, do nothing. */
  describe: boolean;
  dataDir: string | null;
}

const DEFAULT_MIN_RATINGS = 20;
const DEFAULT_MIN_VOTES = 20;
const DEFAULT_REGION = 'US';

/** @throws UsageError with one line saying which option is wrong and why */
export function readSetupOptions(given: string[]): SetupRequest {
  const values = parse(given);
  if (!values.dataset) throw new UsageError('--dataset is missing');
  const activeSince = wholeNumber('active-since', values['active-since'], 0, 9999);
  return {
    dataset: values.dataset,
    from: values.from ?? null,
    links: values.links ?? null,
    activeSince,
    minRatings: wholeNumber('min-ratings', values['min-ratings'], 1, 1_000_000) ?? DEFAULT_MIN_RATINGS,
    reviews: values.reviews ?? false,
    newTitles: values['new-titles'] ?? false,
    minVotes: wholeNumber('min-votes', values['min-votes'], 0, 1_000_000_000) ?? DEFAULT_MIN_VOTES,
    mapping: values.map ?? [],
    since: day('since', values.since),
    region: regionCode(values.region ?? DEFAULT_REGION),
    yes: values.yes ?? false,
    describe: values.describe ?? false,
    dataDir: values['data-dir'] ?? null,
  };
}

function parse(given: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: given,
      options: {
        dataset: text,
        from: text,
        links: text,
        'active-since': text,
        'min-ratings': text,
        'min-votes': text,
        'data-dir': text,
        since: text,
        region: text,
        map: { type: 'string', multiple: true },
        reviews: flag,
        'new-titles': flag,
        yes: flag,
        describe: flag,
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function wholeNumber(name: string, text: string | undefined, least: number, most: number): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most)
    throw new UsageError(`--${name} must be a whole number from ${least} to ${most}, not "${text}"`);
  return value;
}

function day(name: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  // 2026-02-30 is read as a day in March.
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text)
    throw new UsageError(`--${name} must be a day such as 2026-01-31, not "${text}"`);
  return text;
}

function regionCode(text: string): string {
  if (!/^[a-z]{2}$/i.test(text))
    throw new UsageError(`--region must be two letters such as US, not "${text}"`);
  return text.toUpperCase();
}
