import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSite, type TestSite } from '../support/site.ts';
import { expectSound, launch, NARROW, pagesOf } from './openPages.ts';

let browser: Browser;
let site: TestSite;
const { open, complaints } = pagesOf(() => browser);

beforeAll(async () => {
  [browser, site] = await Promise.all([launch(), startSite()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});
afterEach(() => expect(complaints.splice(0)).toEqual([]));

describe.each(['light', 'dark'] as const)('the model card, %s', (colorScheme) => {
  it.each([{ width: 1280, height: 1000 }, NARROW])('is sound at $width', async (viewport) => {
    const page = await open({ colorScheme, viewport });
    await page.goto(`${site.url}/about`);
    await page.click('text=model card');
    await page.waitForURL('**/about/model');
    expect(await page.locator('h1').textContent()).toBe('The recommender');
    await expectSound(page);
  });
});
