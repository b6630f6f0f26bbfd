import type { Kind } from '../../src/domain.ts';
import type { Tmdb } from '../../src/tmdb/tmdb.ts';
import { orStop } from './askTmdb.ts';

/** TMDB shows no more pages of one search than this. */
const MOST_PAGES = 500;
const DAY_MS = 24 * 3600 * 1000;

/** Ids of everything that came out between two days, both included. A span with too many is looked at in halves. */
export async function discoverTmdb(
  tmdb: Tmdb,
  kind: Kind,
  span: { from: string; until: string },
  minVotes: number,
  onFound: (count: number) => void,
): Promise<number[]> {
  const ask = (page: number) => orStop(tmdb.discover(kind, { ...span, minVotes, page }));
  const first = await ask(1);
  if (first.pages > MOST_PAGES && span.from < span.until) {
    const [from, until] = [Date.parse(span.from), Date.parse(span.until)];
    const middle = from + Math.floor((until - from) / DAY_MS / 2) * DAY_MS;
    const halves = [
      { from: span.from, until: dayOf(middle) },
      { from: dayOf(middle + DAY_MS), until: span.until },
    ];
    const found: number[] = [];
    for (const half of halves) found.push(...(await discoverTmdb(tmdb, kind, half, minVotes, onFound)));
    return [...new Set(found)];
  }
  const ids = new Set(first.tmdbIds);
  for (let page = 2; page <= Math.min(first.pages, MOST_PAGES); page++) {
    for (const id of (await ask(page)).tmdbIds) ids.add(id);
    onFound(ids.size);
  }
  return [...ids];
}

/** `2026-01-31`, in UTC. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
