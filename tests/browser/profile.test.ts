import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { smallCatalogue } from '../support/smallCatalogue.ts';
import { browseSite, expectSound, NARROW } from './openPages.ts';

const { site, open } = browseSite();
const { titles } = smallCatalogue();
const idOf = (name: string) => titles.find(({ title }) => title === name)!.movieId;

/** Stars for the first titles, given through the interface as this browser. */
async function rate(page: Page, count: number): Promise<void> {
  await page.goto(`${site.url}/about`);
  const token = await page.locator('meta[name="csrf-token"]').getAttribute('content');
  for (const [at, { movieId }] of titles.slice(0, count).entries()) {
    const answer = await page.request.put(`${site.url}/api/v1/ratings/${movieId}`, {
      data: { rating: [5, 4, 3.5, 2][at % 4] },
      headers: { 'x-csrf-token': token! },
    });
    expect(answer.status()).toBe(200);
  }
}

describe('the page of a title', () => {
  it('takes stars by the arrow keys, and takes them back', async () => {
    const page = await open();
    await page.goto(`${site.url}/titles/${idOf('Heat')}`);
    await page.locator('.stars-set input[value="4"]').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.locator('[data-toast]:has-text("4.5 stars")').waitFor();
    await page.reload();
    expect(await page.locator('.stars-set input:checked').getAttribute('value')).toBe('4.5');
    await page.locator('[data-stars-remove]').click();
    await page.locator('[data-toast]:has-text("removed")').waitFor();
    await page.reload();
    expect(await page.locator('.stars-set input:checked').count()).toBe(0);
  });

  it('takes stars, a mark and a tag without scripts', async () => {
    const page = await open({ javaScriptEnabled: false });
    await page.goto(`${site.url}/titles/${idOf('Heat')}`);
    await page.locator('.stars-set label[for$="-9"]').click();
    await page.click('.stars-set button:has-text("Rate")');
    expect(await page.locator('.stars-set input:checked').getAttribute('value')).toBe('4.5');
    await page.click('button:has-text("Save for later")');
    expect(await page.locator('[data-action="save"]').getAttribute('aria-pressed')).toBe('true');
    await page.locator('.chips a').first().click();
    expect(page.url()).toContain('/lite?tag=');
    expect(await page.locator('.lite-tag.wanted').count()).toBe(1);
  });

  it('is sound on a phone and on a desk, by day and by night', async () => {
    for (const options of [{ viewport: NARROW, colorScheme: 'dark' as const }, {}]) {
      const page = await open({ reducedMotion: 'reduce', ...options });
      await rate(page, 8);
      await page.goto(`${site.url}/titles/${idOf('Blade Runner')}`);
      await page.locator('.verdict').waitFor();
      await expectSound(page);
    }
  });
});

describe('the profile', () => {
  it('sorts and filters in place, and its address shows the same after a reload', async () => {
    const page = await open();
    await rate(page, 12);
    await page.goto(`${site.url}/profile`);
    expect(await page.locator('[data-wall-item]').count()).toBe(12);
    await page.selectOption('[name="sort"]', 'title');
    await page.waitForURL('**/profile?sort=title');
    const sorted = await page.locator('.wall .name').allTextContents();
    expect(sorted).toEqual([...sorted].sort((a, b) => a.localeCompare(b, 'en')));
    await page.fill('[name="text"]', 'alien');
    await page.waitForURL('**text=alien');
    expect(await page.locator('.wall-summary').textContent()).toMatch(/of 12 titles/);
    const shown = await page.locator('.wall .name').allTextContents();
    await page.reload();
    expect(await page.locator('.wall .name').allTextContents()).toEqual(shown);
  });

  it('changes stars on the wall', async () => {
    const page = await open();
    await rate(page, 3);
    await page.goto(`${site.url}/profile`);
    const item = page.locator(`[data-wall-item="${titles[0]!.movieId}"]`);
    await item.locator('label[for$="-5"]').click();
    await page.locator('[data-toast]:has-text("2.5 stars")').waitFor();
    await page.reload();
    expect(await item.locator('input:checked').getAttribute('value')).toBe('2.5');
  });

  it('takes a title off the list for later, and undoes it', async () => {
    const page = await open();
    await page.goto(`${site.url}/titles/${idOf('Heat')}`);
    await page.click('button:has-text("Save for later")');
    await page.locator('[data-toast]:has-text("saved")').waitFor();
    await page.goto(`${site.url}/profile?tab=saved`);
    await page.locator('[data-action="save"]').click();
    await page.locator('[data-wall-item].is-off').waitFor();
    await page.click('[data-toast] button');
    await page.locator('[data-wall-item]:not(.is-off)').waitFor();
    await page.reload();
    expect(await page.locator('[data-wall-item]').count()).toBe(1);
  });

  it('is sound on every tab, narrow and wide', async () => {
    for (const viewport of [NARROW, { width: 1280, height: 900 }]) {
      const page = await open({ viewport, reducedMotion: 'reduce' });
      await rate(page, 9);
      for (const tab of ['rated', 'liked', 'saved', 'hidden', 'account']) {
        await page.goto(`${site.url}/profile?tab=${tab}`);
        await expectSound(page);
      }
    }
  });
});
