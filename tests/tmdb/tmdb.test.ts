import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTmdb, type Tmdb, type TmdbLimits } from '../../src/tmdb/tmdb.ts';
import { TmdbError } from '../../src/tmdb/tmdbError.ts';
import {
  jpegOf, REFUSED, type ScriptedTmdb, startScriptedTmdb, V3_KEY, V4_TOKEN, type Fault,
} from '../support/scriptedTmdb.ts'; // prettier-ignore

let server: ScriptedTmdb;
beforeEach(async () => {
  server = await startScriptedTmdb([
    {
      id: 949,
      kind: 'movie',
      imdbId: 'tt0113277',
      date: '1995-12-15',
      votes: 7000,
      posters: [
        { file_path: '/german.jpg', iso_639_1: 'de', vote_average: 9, vote_count: 90 },
        { file_path: '/lesser.jpg', iso_639_1: 'en', vote_average: 5.1, vote_count: 80 },
        { file_path: '/best.jpg', iso_639_1: 'en', vote_average: 5.6, vote_count: 30 },
        { file_path: '/../../secret', iso_639_1: 'en', vote_average: 10, vote_count: 99 },
      ],
      providers: { US: ['Disney Plus', 'Netflix Standard with Ads', 'Netflix'], DE: ['WOW'] },
    },
    { id: 1396, kind: 'tv', imdbId: 'tt0903747', date: '2008-01-20' },
  ]);
});
afterEach(() => server.close());

const FAST = { perSecond: 1000, timeoutMs: 300, firstWaitMs: 5, longestWaitMs: 2000, maxTries: 2 };
const client = (limits: Partial<TmdbLimits> = {}, apiKey = V3_KEY): Tmdb =>
  createTmdb({ apiKey, baseUrl: `${server.url}/3` }, { ...FAST, ...limits })!;

const failureOf = async (work: Promise<unknown>): Promise<TmdbError> => {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(TmdbError);
  return error as TmdbError;
};

describe('the TMDB client', () => {
  test('is not there without a key', () => {
    expect(createTmdb({ baseUrl: server.url })).toBeNull();
  });

  test('finds films and shows by IMDb id', async () => {
    expect(await client().findByImdbId('tt0113277')).toEqual({ kind: 'movie', tmdbId: 949, posterPath: '/german.jpg' });
    expect(await client().findByImdbId('tt0903747')).toMatchObject({ kind: 'tv', tmdbId: 1396 });
    expect(await client().findByImdbId('tt9999999')).toBeNull();
  }); // prettier-ignore

  test('sends a v3 key as a parameter and a v4 token as a header, and neither to where pictures are', async () => {
    await client().bestPoster('movie', 949);
    await client({}, V4_TOKEN).bestPoster('movie', 949);
    await client({}, V4_TOKEN).image('/best.jpg');
    expect(server.authorizations).toEqual([V3_KEY, `Bearer ${V4_TOKEN}`, undefined]);
  });

  test('takes the English poster with the better votes, and no path that is more than a file name', async () => {
    expect(await client().bestPoster('movie', 949)).toBe('/best.jpg');
    expect(server.asked('/3/movie/949/images')[0]).toContain('include_image_language=en%2Cnull');
    expect(await client().bestPoster('tv', 1396)).toBeNull();
  });

  test('fetches a picture and says what it is by its bytes', async () => {
    expect(await client().image('/best.jpg')).toEqual({ bytes: jpegOf('/best.jpg'), type: 'jpg' });
    expect(server.requests).toEqual(['/t/p/w500/best.jpg']);
  });

  test('names what streams in a region, each service once and by our name', async () => {
    expect(await client().watchProviders('movie', 949, 'US')).toEqual(['Disney+', 'Netflix']);
    expect(await client().watchProviders('movie', 949, 'FR')).toEqual([]);
  });

  test('reads details, and takes a fact of a wrong type for unknown', async () => {
    server.titles[0]!.details = {
      runtime: 'long', tagline: 'A Los Angeles crime saga', genres: [{ name: 'Crime' }, 7], original_language: 'en',
      credits: { cast: [{ name: 'Al Pacino' }], crew: [{ name: 'Michael Mann', job: 'Director' }, { name: 'X', job: 'Gaffer' }] },
      keywords: { keywords: [{ name: 'heist' }] },
    }; // prettier-ignore
    expect(await client().details('movie', 949, 'DE')).toMatchObject({
      tmdbId: 949,
      title: 'Title 949',
      year: 1995,
      imdbId: 'tt0113277',
      runtimeMinutes: null,
      genres: ['Crime'],
      directors: ['Michael Mann'],
      cast: ['Al Pacino'],
      keywords: ['heist'],
      providers: ['WOW'],
      voteCount: 7000,
    });
  });

  test.each<[Fault, string]>([
    ['server_error', 'unreachable'],
    ['hang', 'timeout'],
    ['hang_mid_body', 'timeout'],
    ['cut', 'unreachable'],
    ['redirect', 'bad_answer'],
    ['garbage', 'bad_answer'],
    ['wrong_shape', 'bad_answer'],
    ['html', 'bad_answer'],
    ['rate_limited_long', 'rate_limited'],
  ])('tells a server that answers with %s as %s, without the key', async (kind, failure) => {
    server.fault = { kind, on: '/discover', times: 9 };
    const error = await failureOf(client().discover('movie', { from: '2026-01-01', until: '2026-02-01', minVotes: 0, page: 1 })); // prettier-ignore
    expect(error.failure).toBe(failure);
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(V3_KEY);
    expect(server.requests.length).toBe(error.isPassing && kind !== 'rate_limited_long' ? 2 : 1);
  });

  test.each<[Fault]>([['html'], ['huge'], ['wrong_type'], ['redirect']])(
    'refuses a picture that comes as %s',
    async (kind) => {
      server.fault = { kind, on: '/t/p/', times: 9 };
      expect((await failureOf(client().image('/best.jpg'))).failure).toBe('bad_answer');
    },
  );

  test.each([
    '/../../3/account',
    'http://169.254.169.254/x.jpg',
    '@evil.example/x.jpg',
    '/a/b.jpg',
    '/x.svg',
  ])('does not ask for %s as a poster', async (path) => {
    expect((await failureOf(client().image(path))).failure).toBe('not_found');
    expect(server.requests).toEqual([]);
  });

  test('waits as long as Retry-After says and then has its answer', async () => {
    server.fault = { kind: 'rate_limited', on: '/find', times: 1 };
    const startedAt = performance.now();
    expect(await client().findByImdbId('tt0113277')).not.toBeNull();
    expect(performance.now() - startedAt).toBeGreaterThan(950);
  });

  test('says plainly that a key is refused, and does not try again', async () => {
    const error = await failureOf(client({}, REFUSED).findByImdbId('tt0113277'));
    expect([error.failure, error.message, server.requests.length]).toEqual([
      'refused_key',
      'TMDB refused the key',
      1,
    ]);
  });

  test('keeps to its pace however much is asked at once', async () => {
    const tmdb = client({ perSecond: 50 });
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: 11 }, () => tmdb.image('/best.jpg')));
    expect(performance.now() - startedAt).toBeGreaterThan(195);
  });
});
