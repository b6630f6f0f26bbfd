import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Title } from '../../src/domain.ts';
import type { TagCount } from '../../src/store/repositories/tags.ts';
import { makeTitle, temporaryStore, type TemporaryStore } from '../support/temporaryStore.ts';

/**
 * The size of the reference data set, and the limits of a setup and a start. What is measured is processor time of all
 * threads, which a busy neighbour does not change; waiting for the disk is not in it.
 */
const TITLES = 18_515;
const COUNTS = 212_704;

let temporary: TemporaryStore;
beforeAll(async () => {
  temporary = await temporaryStore();
});
afterAll(() => temporary.dispose());

const names = (word: string, count: number) => Array.from({ length: count }, (_, at) => `${word} ${at}`);
const titles: Title[] = Array.from({ length: TITLES }, (_, at) =>
  makeTitle(at + 1, {
    genres: names('Genre', 3),
    directors: names('Director', 1),
    cast: names('Actor', 8),
    keywords: names('keyword', 6),
    plot: 'Somebody wants something and it is "hard".\n'.repeat(12),
    ratingMean: at / TITLES,
  }),
);

function* tagCounts(): Generator<TagCount> {
  for (let at = 0; at < COUNTS; at++)
    yield {
      movieId: 1 + (at % TITLES),
      tagId: Math.floor(at / TITLES),
      count: 1 + (at % 50),
      relevance: null,
    };
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

describe('a catalogue of 18,515 titles', () => {
  it('is written in 3 s, again in 3 s, and read in 0.4 s at best of three', async () => {
    const { movies } = temporary.store;
    expect(await secondsOf(() => movies.upsertMany(titles))).toBeLessThan(3);
    expect(await secondsOf(() => movies.upsertMany(titles))).toBeLessThan(3);
    expect(await movies.count()).toBe(TITLES);
    const reads: number[] = [];
    for (let turn = 0; turn < 3; turn++) reads.push(await secondsOf(() => movies.readAll()));
    expect(Math.min(...reads)).toBeLessThan(0.4);
    expect(await movies.readAll()).toEqual(titles);
  });

  it('takes its 212,704 tag counts in 3 s', async () => {
    const tags = Array.from({ length: 12 }, (_, tagId) => ({ tagId, name: `tag ${tagId}` }));
    expect(await secondsOf(() => temporary.store.tags.replaceAll(tags, tagCounts()))).toBeLessThan(3);
    expect((await temporary.store.tags.readAll()).counts.movieIds).toHaveLength(COUNTS);
  });
});
