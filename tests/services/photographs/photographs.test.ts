import { mkdtemp, readdir, readFile, rm, utimes, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ABSENCE_MS } from '../../../src/services/photographs/photographFiles.ts';
import { Photographs } from '../../../src/services/photographs/photographs.ts';
import { createTmdb, type TmdbLimits } from '../../../src/tmdb/tmdb.ts';
import { jpegOf, REFUSED, type ScriptedTmdb, startScriptedTmdb, V3_KEY } from '../../support/scriptedTmdb.ts';
import { makeTitle } from '../../support/temporaryStore.ts';

const posters = [{ file_path: '/heat.jpg', iso_639_1: 'en', vote_average: 5, vote_count: 3 }];
const heat = makeTitle(1, { imdbId: 'tt0113277' });
const unpictured = makeTitle(2, { tmdbId: 77 });

let server: ScriptedTmdb;
let dataDir: string;
let warnings: unknown[];
beforeEach(async () => {
  server = await startScriptedTmdb([
    { id: 949, kind: 'movie', imdbId: 'tt0113277', date: '1995-12-15', posters },
    { id: 77, kind: 'movie', date: '1990-01-01' },
  ]);
  dataDir = await mkdtemp(join(tmpdir(), 'marquee-photographs-'));
  warnings = [];
});
afterEach(async () => {
  await server.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function open(apiKey = V3_KEY, changes: Partial<TmdbLimits> = {}): Promise<Photographs> {
  const limits = { perSecond: 1000, timeoutMs: 300, firstWaitMs: 5, maxTries: 1 };
  const photographs = new Photographs({
    dataDir,
    connect: (signal) =>
      createTmdb({ ...(apiKey ? { apiKey } : {}), baseUrl: server.url }, { ...limits, ...changes, signal }),
    logger: { warn: (...said: unknown[]) => void warnings.push(said) },
  });
  await photographs.refresh();
  return photographs;
}

const inFolder = async (): Promise<string[]> =>
  (await readdir(join(dataDir, 'posters')).catch(() => [])).sort();

describe('photographs', () => {
  test('a title many people look at is fetched once, and never again', async () => {
    const photographs = await open();
    expect(photographs.isLikely(heat)).toBe(true);
    const files = await Promise.all(Array.from({ length: 30 }, () => photographs.fileOf(heat)));
    expect(new Set(files)).toEqual(new Set(['tt0113277.jpg']));
    expect(server.requests.map((request) => request.split('?')[0])).toEqual([
      '/3/find/tt0113277',
      '/3/movie/949/images',
      '/t/p/w500/heat.jpg',
    ]);
    expect(await readFile(join(dataDir, 'posters', 'tt0113277.jpg'))).toEqual(jpegOf('/heat.jpg'));
    expect(await (await open()).fileOf(heat)).toBe('tt0113277.jpg');
    expect(server.requests.length).toBe(3);
  });

  test('a poster path that is known needs one request; one that is gone leads to the usual search', async () => {
    const photographs = await open();
    expect(await photographs.fileOf({ ...heat, imdbId: 'tt0000001', posterPath: '/heat.jpg' })).toBe('tt0000001.jpg');
    expect(server.requests).toEqual(['/t/p/w500/heat.jpg']);
    expect(await photographs.fileOf({ ...heat, posterPath: '/gone.jpg' })).toBe('tt0113277.jpg');
  }); // prettier-ignore

  test('what TMDB has no poster of is not asked for again for two weeks', async () => {
    const photographs = await open();
    expect(await photographs.fileOf(unpictured)).toBeNull();
    const asked = server.requests.length;
    expect([await photographs.fileOf(unpictured), photographs.isLikely(unpictured)]).toEqual([null, false]);
    expect([await inFolder(), server.requests.length]).toEqual([['tmdb-movie-77.none'], asked]);
    const long = new Date(Date.now() - ABSENCE_MS - 1000);
    await utimes(join(dataDir, 'posters', 'tmdb-movie-77.none'), long, long);
    expect((await open()).isLikely(unpictured)).toBe(true);
  });

  test.each(['html', 'huge', 'hang', 'server_error'] as const)(
    'a picture that comes as %s is not kept, and is tried again later only',
    async (kind) => {
      const photographs = await open();
      server.fault = { kind, on: '/t/p/', times: 9 };
      expect([await photographs.fileOf(heat), await inFolder(), photographs.isLikely(heat)]).toEqual([null, [], false]); // prettier-ignore
    },
  );

  test('a TMDB that is down is left alone after five titles, which is said once', async () => {
    const photographs = await open();
    server.fault = { kind: 'server_error', on: '/', times: 1000 };
    for (let movieId = 0; movieId < 20; movieId++)
      expect(await photographs.fileOf(makeTitle(movieId, { tmdbId: 100 + movieId }))).toBeNull();
    expect([server.requests.length, warnings.length, photographs.isLikely(heat)]).toEqual([5, 1, false]);
  });

  test('a refused key is noticed at the first title', async () => {
    const photographs = await open(REFUSED);
    await photographs.fileOf(heat);
    expect([photographs.isLikely(unpictured), JSON.stringify(warnings).includes(REFUSED)]).toEqual([false, false]); // prettier-ignore
    expect(JSON.stringify(warnings)).toContain('TMDB refused the key');
  });

  test('closing ends what is underway and what waits its turn at once, without a word', async () => {
    const photographs = await open(V3_KEY, { timeoutMs: 20_000, perSecond: 2, maxTries: 3 });
    server.fault = { kind: 'hang', on: '/', times: 1000 };
    const many = Array.from({ length: 50 }, (_, at) => photographs.fileOf(makeTitle(at, { tmdbId: at + 1 })));
    await vi.waitFor(() => expect(server.requests.length).toBe(1));
    const startedAt = performance.now();
    photographs.close();
    expect(new Set(await Promise.all(many))).toEqual(new Set([null]));
    expect(performance.now() - startedAt).toBeLessThan(500);
    expect([warnings, server.requests.length]).toEqual([[], 1]);
  });

  test('without a key the files that are there are shown, and nobody is asked', async () => {
    await mkdir(join(dataDir, 'posters'));
    await writeFile(join(dataDir, 'posters', 'tt0113277.jpg'), jpegOf('/own.jpg'));
    const photographs = await open('');
    expect([photographs.isLikely(heat), photographs.isLikely(unpictured)]).toEqual([true, false]);
    expect([await photographs.fileOf(heat), await photographs.fileOf(unpictured)]).toEqual(['tt0113277.jpg', null]); // prettier-ignore
    expect(server.requests).toEqual([]);
  });
});
