import { parseArgs } from 'node:util';
import { UsageError } from '../../src/errors.ts';

/** What a person may choose about how a data set is read. */
export interface SetupChoices {
  /** A file with IMDb and TMDB ids; null = the set's own. */
  links: string | null;
  /** Keep people who rated a title of this year or later; 0 = everyone, null = the set's own default. */
  activeSince: number | null;
  /** Titles with fewer ratings are not trained on. */
  minRatings: number;
  reviews: boolean;
  newTitles: boolean;
  /** The votes a new title needs. */
  minVotes: number;
  /** `csv --map COLUMN=FIELD`. */
  mapping: string[];
  /** `data refresh tmdb`: the first day, as `2026-01-31`, and the region to stream in, as `US`. */
  since: string | null;
  region: string;
}

export const DEFAULT_CHOICES: SetupChoices = {
  links: null,
  activeSince: null,
  minRatings: 20,
  reviews: false,
  newTitles: false,
  minVotes: 20,
  mapping: [],
  since: null,
  region: 'US',
};

/** What `datasets/setup.ts` was asked to do. */
export interface SetupRequest {
  dataset: string;
  from: string | null;
  choices: SetupChoices;
  /** The licence was shown and accepted. */
  yes: boolean;
  /** Only say what the data set is, do nothing. */
  describe: boolean;
  dataDir: string | null;
}

/** @throws UsageError with one line saying which option is wrong and why */
export function readSetupOptions(given: string[]): SetupRequest {
  const values = parse(given);
  if (!values.dataset) throw new UsageError('--dataset is missing');
  const otherwise = DEFAULT_CHOICES;
  return {
    dataset: values.dataset,
    from: values.from ?? null,
    choices: {
      links: values.links ?? otherwise.links,
      activeSince: wholeNumber('active-since', values['active-since'], 0, 9999) ?? otherwise.activeSince,
      minRatings: wholeNumber('min-ratings', values['min-ratings'], 1, 1_000_000) ?? otherwise.minRatings,
      reviews: values.reviews ?? otherwise.reviews,
      newTitles: values['new-titles'] ?? otherwise.newTitles,
      minVotes: wholeNumber('min-votes', values['min-votes'], 0, 1_000_000_000) ?? otherwise.minVotes,
      mapping: values.map ?? otherwise.mapping,
      since: day('since', values.since),
      region: regionCode(values.region ?? otherwise.region),
    },
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
