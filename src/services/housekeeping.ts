import type { Logger } from '../logger.ts';
import type { Store } from '../store/database.ts';

const HOUR_MS = 3600 * 1000;
const EVERY_MS = 6 * HOUR_MS;
const RUNS_DAYS = 30;
const SCORES_DAYS = 90;

/**
 * Takes out what has had its time: lists after 30 days, cached model scores after 90. Once a little after the start, then
 * four times a day.
 * @returns a function that ends it
 */
export function startHousekeeping(store: Store, logger: Logger): () => void {
  const tidy = async () => {
    try {
      const runs = await store.runs.removeOlderThan(RUNS_DAYS);
      const scores = await store.llmScores.removeOlderThan(SCORES_DAYS);
      if (runs + scores > 0) logger.info({ runs, scores }, 'old lists and scores removed');
    } catch (error) {
      logger.error({ err: error }, 'tidying failed; it is tried again later');
    }
  };
  const first = setTimeout(() => void tidy(), 60_000);
  const later = setInterval(() => void tidy(), EVERY_MS);
  first.unref();
  later.unref();
  return () => {
    clearTimeout(first);
    clearInterval(later);
  };
}
