import { describe, expect, it } from 'vitest';
import { smallCatalogue } from '../support/smallCatalogue.ts';
import { browseSite, expectSound, NARROW } from './openPages.ts';

const { site, open } = browseSite();
const heat = smallCatalogue().titles.find(({ title }) => title === 'Heat')!.movieId;
const password = 'paper lantern street';

describe.each([true, false])('an account, with scripts: %s', (javaScriptEnabled) => {
  it('begins, carries over, makes a token, logs out, comes back and goes', async () => {
    const page = await open({ javaScriptEnabled });
    const name = `mara-${javaScriptEnabled ? 'with' : 'without'}`;
    await page.goto(`${site.url}/titles/${heat}`);
    await page.locator('.stars-set label[for$="-10"]').click();
    if (javaScriptEnabled) await page.locator('[data-toast]:has-text("5 stars")').waitFor();
    else await page.click('.stars-set button:has-text("Rate")');

    await page.goto(`${site.url}/register`);
    await page.fill('#name', name);
    await page.fill('#password', password);
    await page.click('.go');
    await page.waitForURL('**/profile');
    expect(await page.locator(`[data-wall-item="${heat}"] input:checked`).getAttribute('value')).toBe('5');

    await page.goto(`${site.url}/profile?tab=account`);
    await page.fill('#token-name', 'a script');
    await page.click('text=Make a token');
    expect(await page.locator('.new-token input').inputValue()).toMatch(/^mq_/);
    if (javaScriptEnabled) await expectSound(page);

    await page.click('.account-menu summary');
    await page.click('.account-menu button');
    await page.waitForURL(`${site.url}/`);
    await page.goto(`${site.url}/login`);
    await page.fill('#name', name.toUpperCase());
    await page.fill('#password', password);
    await page.click('.go');
    await page.waitForURL('**/profile');

    await page.goto(`${site.url}/profile?tab=account`);
    await page.fill('#delete-password', password);
    await page.click('text=Delete my account');
    await page.waitForURL(`${site.url}/`);
    expect(await page.locator('.top').textContent()).toContain('Log in');
  });
});

describe('pages anyone may read', () => {
  it('are sound on a narrow phone, by night', async () => {
    const page = await open({ viewport: NARROW, colorScheme: 'dark', reducedMotion: 'reduce' });
    for (const path of [
      '/register',
      '/login',
      '/about',
      '/privacy',
      '/search',
      '/search?q=heat',
      '/search?q=qzxq',
    ]) {
      await page.goto(`${site.url}${path}`);
      await expectSound(page);
    }
  });
});
