import { loadConfig } from '../../src/config.ts';
import { UsageError } from '../../src/errors.ts';
import { createTmdb, type Tmdb } from '../../src/tmdb/tmdb.ts';
import { TmdbError } from '../../src/tmdb/tmdbError.ts';
import { type OnProgress, timed } from './progress.ts';

/** @throws UsageError in one line without a key */
export function connectToTmdb(): Tmdb {
  const tmdb = createTmdb(loadConfig().tmdb);
  if (!tmdb) throw new UsageError('TMDB needs a key: set TMDB_API_KEY, or tmdb.apiKey in the settings');
  return tmdb;
}

const AT_ONCE = 8;
/** After so many failures in a row TMDB is down, not one title odd. */
const FAILURES_TO_STOP = 20;

/**
 * Asks TMDB about each of many things, a few at once, with progress. What TMDB cannot say about one of them goes to
 * `onFailure` and the others go on.
 * @throws UsageError when the key is refused; Error when TMDB does not answer at all
 */
export async function askEach<Item>(
  items: readonly Item[],
  { step, onProgress }: { step: string; onProgress: OnProgress },
  ask: (item: Item) => Promise<void>,
  onFailure: (item: Item, error: TmdbError) => void,
): Promise<void> {
  await timed(onProgress, step, async () => {
    let next = 0;
    let done = 0;
    let failuresInARow = 0;
    const work = async () => {
      while (next < items.length) {
        const item = items[next++]!;
        try {
          await ask(item);
          failuresInARow = 0;
        } catch (error) {
          // Whatever comes next must not be begun by the others.
          if (!(error instanceof TmdbError) || error.failure === 'refused_key') next = items.length;
          const known = asOurs(error);
          if (known.failure === 'not_found') failuresInARow = 0;
          else if (++failuresInARow >= FAILURES_TO_STOP) {
            next = items.length;
            throw stopped(known);
          }
          onFailure(item, known);
        }
        onProgress({ step, done: ++done, total: items.length });
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, work));
    return { result: null, done };
  });
}

/** A failure that concerns no single title ends the work. */
export async function orStop<Result>(asked: Promise<Result>): Promise<Result> {
  return asked.catch((error: unknown) => {
    throw stopped(asOurs(error));
  });
}

function asOurs(error: unknown): TmdbError {
  if (!(error instanceof TmdbError)) throw error;
  if (error.failure === 'refused_key')
    throw new UsageError(`${error.message}: check TMDB_API_KEY or tmdb.apiKey`);
  return error;
}

const stopped = (error: TmdbError): Error =>
  new Error(`${error.message}. Run the same again later: what is served is unchanged`);
