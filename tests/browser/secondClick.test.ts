import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browseSite } from './openPages.ts';

const { site, open, complaints } = browseSite();

/** As much of an element as is needed here. */
interface Pressable {
  click(): void;
}

async function openList(page: Page): Promise<void> {
  await page.goto(site.url);
  await page.fill('#prompt', 'something tense');
  await page.click('.go');
  await page.waitForURL('**/recommendations/*');
  await page.waitForSelector('.film:not(.skeleton)');
}

/** Every answer takes its time, as over a slow line. */
const slow = (page: Page, address: string) =>
  page.route(address, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 250));
    await route.continue();
  });

async function ratings(page: Page): Promise<number[]> {
  const data = (await (await page.request.get(`${site.url}/profile/export`)).json()) as {
    ratings: { rating: number }[];
  };
  return data.ratings.map(({ rating }) => rating);
}

describe('marks made one right after the other', () => {
  it('are all kept, although a browser keeps them in one cookie', async () => {
    const page = await open();
    await openList(page);
    await page.locator('.film:visible [data-action="like"]').evaluateAll((likes) => {
      for (const like of likes.slice(0, 3) as unknown as Pressable[]) like.click();
    });
    await expect.poll(() => ratings(page), { timeout: 5000 }).toEqual([4, 4, 4]);
  });

  it('are undone to the stars there were before, not to four', async () => {
    const page = await open();
    await openList(page);
    const film = page.locator('.film:visible').first();
    const like = film.locator('[data-action="like"]');
    await like.click();
    await film.locator('[data-after-like] label[for$="-10"]').click();
    await expect.poll(() => ratings(page)).toEqual([5]);
    await like.click();
    await expect.poll(() => ratings(page)).toEqual([]);
    await page.getByText('is not rated any more').waitFor();
    expect(await like.getAttribute('aria-pressed')).toBe('false');
    await page.locator('[data-toast] button').click();
    await expect.poll(() => ratings(page)).toEqual([5]);
    expect(await like.getAttribute('aria-pressed')).toBe('true');
    expect(await film.locator('[data-after-like] input:checked').getAttribute('value')).toBe('5');
  });
});

it('a form sent twice is sent once', async () => {
  const page = await open();
  await page.goto(site.url);
  await slow(page, '**/recommendations');
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(request.url());
  });
  await page.fill('#prompt', 'something tense');
  await page.locator('.go').evaluate((element) => {
    const button = element as unknown as Pressable;
    button.click();
    setTimeout(() => button.click(), 120);
  });
  await page.waitForURL('**/recommendations/*');
  expect(sent).toEqual([`${site.url}/recommendations`]);
  // And again after coming back.
  await page.goBack();
  await page.fill('#prompt', 'something else');
  await page.click('.go');
  await page.waitForURL('**/recommendations/*');
  expect(sent).toHaveLength(2);
});

it('the back button brings back the list of Lite that was there before', async () => {
  const page = await open();
  await page.goto(`${site.url}/lite?tag=heist`);
  await page.waitForSelector('.film');
  await page.click('.lite-form .go:visible');
  await expect.poll(() => page.url()).toMatch(/\/lite\/[\w-]+$/);
  const before = page.url();
  await page.fill('#tag-0', 'space');
  await page.locator('[role="option"]:has-text("space")').first().click();
  await page.locator('.lite-tags [data-tag="space"]').waitFor();
  await page.click('.lite-form .go:visible');
  await expect.poll(() => page.url()).not.toBe(before);
  await page.goBack();
  await page.locator('.lite-tags [data-tag="space"]').waitFor({ state: 'detached' });
  expect(await page.locator('.lite-tags [data-tag="heist"]').count()).toBe(1);
});

it('a name that Lite does not know is marked at its field', async () => {
  const page = await open();
  await page.goto(`${site.url}/lite`);
  await page.fill('#title-0', 'Qwzxy Vbnmk');
  await page.keyboard.press('Escape');
  await page.click('.lite-form .go:visible');
  await page.locator('.field-error').first().waitFor();
  expect(await page.getAttribute('#title-0', 'aria-invalid')).toBe('true');
  expect(await page.getAttribute('#title-0', 'aria-describedby')).toBe('title-0-error');
  // The refusal itself is told to the console by the browser.
  expect(complaints.splice(0)).toEqual([expect.stringContaining('400')]);
});
