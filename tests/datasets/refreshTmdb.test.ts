import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refresh, refreshTmdb } from '../../datasets/refreshTmdb.ts';
import { runSetup } from '../../datasets/runSetup.ts';
import { readSetupOptions } from '../../datasets/support/options.ts';
import type { LoadedDataSets } from '../../datasets/support/planLoad.ts';
import type { Title } from '../../src/domain.ts';
import { createTmdb, type TmdbLimits } from '../../src/tmdb/tmdb.ts';
import { REFUSED, type ScriptedTmdb, startScriptedTmdb, V3_KEY } from '../support/scriptedTmdb.ts';
import { makeTitle, temporaryStore } from '../support/temporaryStore.ts';
import { setupOptions } from './support/setupOptions.ts';

let server: ScriptedTmdb;
beforeEach(async () => (server = await startScriptedTmdb()));
afterEach(() => server.close());

const run = (
  titles: Title[],
  changes: Parameters<typeof setupOptions>[0] = {},
  apiKey = V3_KEY,
  more: Partial<TmdbLimits> = {},
) => {
  const limits = { perSecond: 1000, timeoutMs: 1000, firstWaitMs: 1, maxTries: 1, ...more };
  const options = setupOptions({ since: '2026-01-01', minVotes: 0, ...changes });
  return refresh(titles, options, createTmdb({ apiKey, baseUrl: server.url }, limits)!);
};
const movie = (id: number, date: string, details: Record<string, unknown> = {}, more: object = {}) =>
  server.titles.push({ id, kind: 'movie', date, votes: 50, details, ...more });
const updateOf = (updates: readonly (Partial<Title> & { movieId: number })[], movieId: number) =>
  updates.find((update) => update.movieId === movieId);

describe('data refresh tmdb', () => {
  test('brings in movies and shows that came out since a day, in our names and under ids of our own', async () => {
    movie(1, '2026-02-01', {
      title: 'Night Ferry', original_language: 'fr', runtime: 101, status: 'Released', imdb_id: 'tt3000001',
      genres: [{ name: 'Science Fiction' }], production_countries: [{ iso_3166_1: 'FR' }], overview: 'A ferry, at night.',
      credits: { cast: [{ name: 'A' }], crew: [{ name: 'D', job: 'Director' }] }, keywords: { keywords: [{ name: 'ferry' }] },
    }, { providers: { US: ['Disney Plus'] } }); // prettier-ignore
    movie(2, '2025-12-31');
    server.titles.push({ id: 1, kind: 'tv', date: '2026-03-01', details: { name: 'Harbour', created_by: [{ name: 'C' }], origin_country: ['US'], genres: [{ name: 'Sci-Fi & Fantasy' }] } }); // prettier-ignore
    const { newTitles, updates, steps } = await run([]);
    expect([updates, newTitles.length]).toEqual([[], 2]);
    const [ferry, harbour] = ['movie', 'tv'].map((kind) => newTitles.find((title) => title.kind === kind)!);
    expect(ferry).toMatchObject({
      title: 'Night Ferry', year: 2026, imdbId: 'tt3000001', tmdbId: 1, genres: ['Science Fiction'], countries: ['France'],
      languages: ['French'], directors: ['D'], cast: ['A'], keywords: ['ferry'], runtimeMinutes: 101, providers: ['Disney+'], plot: 'A ferry, at night.', voteCount: 50,
    }); // prettier-ignore
    expect(harbour).toMatchObject({ title: 'Harbour', directors: ['C'], countries: ['United States'], genres: ['Fantasy', 'Science Fiction'] }); // prettier-ignore
    expect(new Set(newTitles.map(({ movieId }) => movieId))).toEqual(new Set([1_000_000, 1_000_001]));
    expect(steps.map(({ step, in: into, kept }) => [step, into.titles, kept.titles])).toEqual([
      ['find TMDB ids', 0, 0],
      ['read what is new', 2, 2],
      ['where to watch', 0, 0],
    ]);
  });

  test('knows a title by its TMDB id, its IMDb id, or its name, year and people, and makes no second one', async () => {
    movie(10, '2026-01-05', { title: 'By Id', vote_count: 900 });
    movie(11, '2026-01-06', { title: 'By IMDb' }, { imdbId: 'tt4000011' });
    movie(12, '2026-01-07', { title: 'By Name', credits: { cast: [{ name: 'Ann Actor' }], crew: [] } });
    movie(13, '2026-01-08', { title: 'Not This', credits: { cast: [{ name: 'Ann Actor' }], crew: [] } });
    const { newTitles, updates } = await run([
      makeTitle(1, { tmdbId: 10, plot: 'Ours.', runtimeMinutes: 90 }),
      makeTitle(2, { tmdbId: 999, imdbId: 'tt4000011' }),
      makeTitle(3, { title: 'By Name', year: 2026, cast: ['Ann Actor'] }),
      makeTitle(4, { title: 'Not This', year: 2026, cast: ['Someone Else'] }),
    ]);
    expect(newTitles.map(({ title }) => title)).toEqual(['Not This']);
    expect(updateOf(updates, 1)).toMatchObject({ tmdbId: 10, voteCount: 900, plot: 'Ours.', runtimeMinutes: 90 });
    expect(updateOf(updates, 2)).toMatchObject({ tmdbId: 999, imdbId: 'tt4000011' });
    expect(updateOf(updates, 3)).toMatchObject({ tmdbId: 12 });
    expect(updateOf(updates, 4)).toBeUndefined();
  }); // prettier-ignore

  test('finds ids that are missing, and where every title streams in the region', async () => {
    movie(20, '1995-01-01', {}, { imdbId: 'tt0000020', providers: { DE: ['WOW'], US: ['Hulu'] } });
    server.titles.push({ id: 21, kind: 'tv', imdbId: 'tt0000021', date: '1999-01-01' });
    const titles = [
      makeTitle(1, { imdbId: 'tt0000020', providers: ['Old'] }),
      makeTitle(2, { imdbId: 'tt0000021' }),
      makeTitle(3, { imdbId: 'tt0000022' }),
    ];
    const { updates, steps } = await run(titles, { region: 'DE' });
    expect(updates).toEqual([{ movieId: 1, tmdbId: 20, posterPath: null, providers: ['WOW'] }]);
    expect(steps[0]!.reasons.map(({ reason, examples }) => [reason, examples])).toEqual([
      ['of another kind at TMDB', ['Title 2 (2000)']],
      ['TMDB does not know its IMDb id', ['Title 3 (2000)']],
    ]);
  });

  test('leaves out what is not released, undated or for adults, and says so', async () => {
    movie(30, '2026-05-01', { status: 'Post Production' });
    movie(31, '2026-05-02', { release_date: '' });
    movie(32, '2026-05-03', { adult: true });
    const { newTitles, steps } = await run([]);
    expect(newTitles).toEqual([]);
    expect(new Set(steps[1]!.reasons.map(({ reason }) => reason))).toEqual(
      new Set(['not released', 'without a year', 'for adults only']),
    );
  });

  test('reads every page, and one title that fails does not stop the others', async () => {
    for (let id = 100; id < 165; id++) movie(id, '2026-04-01', { title: `Film ${id}` });
    server.fault = { kind: 'server_error', on: '/3/movie/130', times: 1 };
    const { newTitles, steps } = await run([]);
    expect(newTitles.length).toBe(64);
    expect(steps[1]!.reasons).toEqual([
      { reason: 'TMDB could not be reached: it answered 500', count: 1, examples: ['movie 130'] },
    ]);
  });

  test('waits when TMDB says it is asked too often, and leaves nothing out', async () => {
    for (let id = 100; id < 145; id++) movie(id, '2026-04-01', { title: `Film ${id}` });
    server.titles.push({ id: 1, kind: 'tv', date: '2026-04-02', details: { name: 'Harbour' } });
    server.fault = { kind: 'rate_limited', on: '/3/', times: 2 };
    const { newTitles, steps } = await run([], {}, V3_KEY, { maxTries: 3 });
    expect(newTitles.length).toBe(46);
    expect(steps.flatMap(({ reasons }) => reasons)).toEqual([]);
    expect(server.asked('/discover/movie').filter((request) => request.includes('page=3'))).toHaveLength(1);
  });

  test('a name and year that stand for another title bring no new one', async () => {
    movie(40, '2026-06-01', { title: 'Twin' });
    const taken = makeTitle(1_000_000, { title: 'Twin', year: 2026, cast: ['X'], tmdbId: 41 });
    const { newTitles, numbers } = await run([taken]);
    expect([newTitles, numbers['sameNameAndYear']]).toEqual([[], 1]);
  });

  test('a TMDB that is down or refuses the key ends it with one sentence', async () => {
    await expect(run([makeTitle(1, { imdbId: 'tt0000020' })], {}, REFUSED)).rejects.toThrow(
      'TMDB refused the key: check TMDB_API_KEY',
    );
    server.fault = { kind: 'server_error', on: '/', times: 1000 };
    const many = Array.from({ length: 60 }, (_, at) => makeTitle(at + 1, { imdbId: `tt${1_000_000 + at}` }));
    await expect(run(many)).rejects.toThrow('Run the same again later: what is served is unchanged');
    expect(server.requests.length).toBeLessThan(40);
  });

  test('refuses a day that is none, a day to come and a region that is none', async () => {
    expect(() => readSetupOptions(['--dataset', 'tmdb', '--since', '2026-02-30'])).toThrow('--since must be a day such as 2026-01-31, not "2026-02-30"'); // prettier-ignore
    expect(() => readSetupOptions(['--dataset', 'tmdb', '--region', 'USA'])).toThrow('--region must be two letters');
    await expect(run([], { since: '2999-01-01' })).rejects.toThrow('--since 2999-01-01 is in the future');
  }); // prettier-ignore
});

describe('a refresh that stops in the middle', () => {
  test('leaves everything as it was; run again it is as if it had not stopped, and once more changes nothing', async () => {
    const home = await temporaryStore();
    try {
      const { store, dataDir } = home;
      await store.movies.upsertMany([makeTitle(1, { imdbId: 'tt0000020', tmdbId: 20 })]);
      await store.settings.set('dataset', { base: 'starter', addOns: [], addedTitles: {}, minRatings: 5 });
      movie(20, '1995-01-01', {}, { providers: { US: ['Hulu'] } });
      for (let id = 100; id < 125; id++) movie(id, '2026-04-01', { title: `Film ${id}` });
      server.titles.push({ id: 1, kind: 'tv', date: '2026-04-02', details: { name: 'Harbour' } });
      const tmdb = createTmdb({ apiKey: V3_KEY, baseUrl: server.url }, { perSecond: 1000, firstWaitMs: 1, maxTries: 1 })!; // prettier-ignore
      const again = () =>
        runSetup(
          { ...refreshTmdb, enrich: (titles, options) => refresh(titles, options, tmdb) },
          readSetupOptions(['--dataset', 'tmdb', '--since', '2026-01-01', '--min-votes', '0']),
          { store, dataDir, databaseUrl: undefined, onProgress: () => {}, signal: new AbortController().signal, train: () => Promise.resolve(undefined) },
        ); // prettier-ignore
      const look = async () => {
        const loaded = await store.settings.get<LoadedDataSets>('dataset');
        return [await store.movies.readAll(), loaded?.addedTitles];
      };

      const before = await look();
      server.fault = { kind: 'server_error', on: '/3/discover/tv', times: 1 };
      await expect(again()).rejects.toThrow('Run the same again later: what is served is unchanged');
      expect(await look()).toEqual(before);

      const report = await again();
      expect(report.numbers).toMatchObject({ newTitles: 26, updatedTitles: 1 });
      const after = await look();
      expect(await store.movies.count()).toBe(27);
      expect(await store.movies.get(1)).toMatchObject({ providers: ['Hulu'] });
      await again();
      expect(await look()).toEqual(after);
    } finally {
      await home.dispose();
    }
  });
});
