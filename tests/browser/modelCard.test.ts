import { describe, expect, it } from 'vitest';
import { browseSite, expectSound, NARROW } from './openPages.ts';

const { site, open } = browseSite();

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
