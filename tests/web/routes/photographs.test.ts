import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jpegOf, type ScriptedTmdb, startScriptedTmdb, V3_KEY } from '../../support/scriptedTmdb.ts';
import { smallCatalogue } from '../../support/smallCatalogue.ts';
import { startSite, type TestSite } from '../../support/site.ts';

let tmdb: ScriptedTmdb;
let site: TestSite;
let plain: TestSite;
const [heat, alien] = ['Heat', 'Alien'].map((name) =>
  smallCatalogue().titles.find(({ title }) => title === name)!,
);

beforeAll(async () => {
  const posters = [{ file_path: '/heat.jpg', iso_639_1: 'en', vote_average: 5, vote_count: 3 }];
  tmdb = await startScriptedTmdb([
    { id: heat!.tmdbId ?? 949, kind: 'movie', imdbId: heat!.imdbId ?? '', date: '1995-12-15', posters },
  ]);
  site = await startSite({ tmdb: { apiKey: V3_KEY, baseUrl: tmdb.url } });
  plain = await startSite();
});
afterAll(async () => {
  await Promise.all([site.close(), plain.close(), tmdb.close()]);
});

const get = (on: TestSite, path: string) => fetch(new URL(path, on.url), { redirect: 'manual' });
const postersOn = async (on: TestSite, path: string) =>
  [...(await (await get(on, path)).text()).matchAll(/src="(\/posters\/[^"]+)"/g)].map(
    ([, address]) => address!,
  );

describe('posters of the site', () => {
  test('without a key every page shows drawn posters', async () => {
    const shown = [
      ...(await postersOn(plain, `/titles/${heat!.movieId}`)),
      ...(await postersOn(plain, '/search?q=heat')),
    ];
    expect(shown.length).toBeGreaterThan(3);
    expect(shown.filter((address) => !/\.svg(\?v=\d)?$/.test(address))).toEqual([]);
    const photograph = await get(plain, `/posters/${heat!.movieId}.jpg?v=1`);
    expect([photograph.status, photograph.headers.get('location')]).toEqual([302, `/posters/${heat!.movieId}.svg?v=1`]);
  }); // prettier-ignore

  test('with a key pages point to photographs, and rendering them asks TMDB nothing', async () => {
    const shown = [
      ...(await postersOn(site, `/titles/${heat!.movieId}`)),
      ...(await postersOn(site, '/search?q=heat')),
    ];
    expect(shown).toContain(`/posters/${heat!.movieId}.jpg`);
    expect(tmdb.requests).toEqual([]);
  });

  test('the server fetches a photograph and serves it as what it is', async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => get(site, `/posters/${heat!.movieId}.jpg`)),
    );
    for (const answer of answers) {
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(jpegOf('/heat.jpg'));
    }
    expect(tmdb.asked('/t/p/').length).toBe(1);
  });

  test('a title without a photograph leads to its drawn poster, and pages then point there at once', async () => {
    const answer = await get(site, `/posters/${alien!.movieId}.jpg?v=2`);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `/posters/${alien!.movieId}.svg?v=2`]);
    expect((await get(site, answer.headers.get('location')!)).headers.get('content-type')).toMatch(/^image\/svg/);
    expect((await postersOn(site, `/titles/${alien!.movieId}`))[0]).toMatch(/\.svg/);
  }); // prettier-ignore

  test('a folder that was emptied meanwhile does not break a picture', async () => {
    await rm(join(site.dataDir, 'posters'), { recursive: true });
    const answer = await get(site, `/posters/${heat!.movieId}.jpg`);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `/posters/${heat!.movieId}.svg`]);
  });

  test('only titles of the catalogue have one', async () => {
    for (const path of ['/posters/999999999.jpg', '/posters/..%2fsecret.jpg', '/posters/x.jpg'])
      expect((await get(site, path)).status).toBe(404);
  });
});
