import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ScriptedTmdb, startScriptedTmdb, V3_KEY } from '../support/scriptedTmdb.ts';
import { smallCatalogue } from '../support/smallCatalogue.ts';
import { startSite, type TestSite } from '../support/site.ts';
import { launch, pagesOf } from './openPages.ts';

/** The smallest PNG there is: one dot. */
const DOT = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'); // prettier-ignore

let browser: Browser;
let site: TestSite;
let tmdb: ScriptedTmdb;
const { open, complaints } = pagesOf(() => browser);

beforeAll(async () => {
  tmdb = await startScriptedTmdb();
  site = await startSite({ tmdb: { apiKey: V3_KEY, baseUrl: tmdb.url } });
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  await site.close();
  await tmdb.close();
});

test('photographs and the drawings behind them are both seen, and the policy of the page has no complaint', async () => {
  await mkdir(join(site.dataDir, 'posters'), { recursive: true });
  await writeFile(join(site.dataDir, 'posters', 'tt0113277.png'), DOT);
  await site.app.context.photographs.refresh();
  const heat = smallCatalogue().titles.find(({ title }) => title === 'Heat')!;
  const page = await open();
  await page.goto(`${site.url}/titles/${heat.movieId}`);
  await page.evaluate('for (const image of document.images) image.loading = "eager"');
  await page.waitForLoadState('networkidle');
  const seen: { address: string; width: number }[] = await page.evaluate(
    '[...document.images].map((image) => ({ address: new URL(image.currentSrc).pathname, width: image.naturalWidth }))',
  );
  expect(seen.length).toBeGreaterThan(5);
  expect(seen.filter(({ width }) => width === 0)).toEqual([]);
  expect(seen[0]).toEqual({ address: `/posters/${heat.movieId}.jpg`, width: 1 });
  expect(seen.slice(1).every(({ address, width }) => address.startsWith('/posters/') && width > 100)).toBe(true);
  expect(complaints).toEqual([]);
}); // prettier-ignore
