import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startScriptedProvider, type ScriptedProvider } from '../support/scriptedProvider.ts';
import { startSite, type TestSite } from '../support/site.ts';
import { expectSound, launch, pagesOf } from './openPages.ts';

const prompt =
  "I loved Alien and The Thing, hated Prometheus, and I'm in the mood for a claustrophobic slow burn.";

let browser: Browser;
let provider: ScriptedProvider;
let plain: TestSite;
let modelled: TestSite;
const { open, complaints } = pagesOf(() => browser);

beforeAll(async () => {
  provider = await startScriptedProvider({ delayMs: 400 });
  plain = await startSite();
  modelled = await startSite({
    chatModels: [
      { id: 'scripted', label: 'Scripted', provider: 'openai', model: 's', baseUrl: provider.url, json: 'object', local: true }, // prettier-ignore
    ],
  });
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([plain?.close(), modelled?.close()]);
  await provider?.close();
});
afterEach(() => {
  // No script error, no violation of the content security policy, no missing file, on any page of any test.
  expect(complaints.splice(0)).toEqual([]);
});

async function askFor(page: Page, site: TestSite, text = prompt): Promise<void> {
  await page.goto(site.url);
  await page.fill('#prompt', text);
  await page.click('.go');
  await page.waitForURL('**/recommendations/*');
  await page.waitForSelector('.film:not(.skeleton)');
}

const shown = (page: Page) =>
  page
    .locator('.film:visible')
    .evaluateAll((films) =>
      films.map(
        (film) => `${film.dataset['title']} ${film.querySelector('[data-score-value]')?.textContent}`,
      ),
    );

describe.each([
  ['wide, light', { viewport: { width: 1280, height: 1000 }, colorScheme: 'light' as const }],
  ['wide, dark', { viewport: { width: 1280, height: 1000 }, colorScheme: 'dark' as const }],
  ['phone, light', { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, colorScheme: 'light' as const }],
  ['phone, dark', { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, colorScheme: 'dark' as const }],
])('%s', (_name, options) => {
  it('home and list have no fault that axe finds, and nothing scrolls sideways', async () => {
    const page = await open(options);
    await page.goto(plain.url);
    await expectSound(page);
    await askFor(page, plain);
    await expectSound(page);
    await page.context().close();
  });
}); // prettier-ignore

describe('the slider', () => {
  it('re-ranks at once without asking the server, and a reload shows the same', async () => {
    const page = await open();
    await askFor(page, plain);
    const before = await shown(page);
    const asked: string[] = [];
    page.on('request', (request) => {
      // Pictures come when a title comes near; the list itself asks for nothing.
      if (!/\/(posters|static\/img)\//.test(request.url())) asked.push(request.url());
    });
    await page.locator('#importance').fill('95');
    await expect.poll(() => page.url()).toContain('importance=95');
    const after = await shown(page);
    expect(after).not.toEqual(before);
    expect(asked).toEqual([]);
    expect(await page.locator('[data-moved]').innerText()).toMatch(
      /^Against words alone, \d+ of 12 titles move\.$/,
    );
    await page.reload();
    expect(await shown(page)).toEqual(after);
    await page.context().close();
  });

  it('moves with the arrow keys', async () => {
    const page = await open();
    await askFor(page, plain);
    await page.locator('#importance').focus();
    const value = Number(await page.locator('#importance').inputValue());
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.url()).toContain(`importance=${value + 2}`);
    await page.context().close();
  });

  it('works as a form without scripts, and gives the same order', async () => {
    const withScripts = await open();
    await askFor(withScripts, plain);
    await withScripts.locator('#importance').fill('80');
    const without = await open({ javaScriptEnabled: false });
    await askFor(without, plain);
    await without.goto(`${without.url()}?importance=80`);
    expect(await without.locator('[data-chart="wide"] path').count()).toBeGreaterThan(5);
    expect(await without.getByRole('button', { name: 'Re-order' }).isVisible()).toBe(true);
    expect(await shown(without)).toEqual(await shown(withScripts));
    await withScripts.context().close();
    await without.context().close();
  });
});

describe('the chart', () => {
  it('darkens the title that is focused in the list', async () => {
    const page = await open();
    await askFor(page, plain);
    const third = page.locator('.film:visible').nth(2);
    const movieId = await third.getAttribute('data-title');
    await third.locator('[data-action="save"]').focus();
    expect(await page.locator('[data-chart="wide"] path.on').getAttribute('data-line')).toBe(movieId);
    await page.context().close();
  });
});

describe('buttons of a title', () => {
  it('like, set half stars, hide and undo without leaving the page', async () => {
    const page = await open();
    await askFor(page, plain);
    const first = page.locator('.film:visible').first();
    const movieId = await first.getAttribute('data-title');
    await first.locator('[data-action="like"]').click();
    expect(await first.locator('[data-action="like"]').getAttribute('aria-pressed')).toBe('true');
    await first.locator('label[for$="-9"]').click();
    await expect.poll(() => page.locator('[data-toast] span').innerText()).toContain('4.5 stars');
    await page.reload();
    expect(await page.locator(`#stars-${movieId}-a-9`).isChecked()).toBe(true);
    const second = page.locator('.film:visible').nth(1);
    const hidden = await second.getAttribute('data-title');
    await second.locator('[data-action="hide"]').click();
    await expect.poll(() => page.locator(`#title-${hidden}`).isVisible()).toBe(false);
    expect(await page.locator('.film:visible').count()).toBe(12);
    await page.locator('[data-toast] button').click();
    await expect.poll(() => page.locator(`#title-${hidden}`).isVisible()).toBe(true);
    await page.context().close();
  });

  it('work as forms without scripts, and lead back to the title', async () => {
    const page = await open({ javaScriptEnabled: false });
    await askFor(page, plain);
    const address = page.url();
    const movieId = await page.locator('.film:visible').first().getAttribute('data-title');
    await page.locator(`#title-${movieId} .like`).click();
    expect(page.url()).toBe(`${address}#title-${movieId}`);
    expect(await page.locator(`#title-${movieId} .like`).getAttribute('aria-pressed')).toBe('true');
    await page.context().close();
  });
});

describe('corrections', () => {
  it('a chip that is removed makes the list again, and the prompt stays', async () => {
    const page = await open();
    await askFor(page, plain);
    const address = page.url();
    await page.getByRole('button', { name: 'Remove Prometheus' }).click();
    await page.waitForURL((url) => url.href !== address && url.pathname.startsWith('/recommendations/'));
    expect(await page.getByRole('button', { name: 'Remove Prometheus' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Remove Alien', exact: true }).count()).toBe(1);
    expect(await page.inputValue('#prompt')).toBe(prompt);
    await page.context().close();
  });

  it('stars on a chip can be changed with the keyboard', async () => {
    const page = await open();
    await askFor(page, plain);
    const address = page.url();
    await page.locator('.chip summary', { hasText: 'Prometheus' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Stars for Prometheus').selectOption({ label: '5 stars' });
    await page.waitForURL((url) => url.href !== address && url.pathname.startsWith('/recommendations/'));
    expect(await page.locator('.chip summary', { hasText: 'Prometheus' }).innerText()).toContain('★★★★★');
    await page.context().close();
  });
});

describe('the ask box', () => {
  it('keeps what was typed when the page is left and comes back', async () => {
    const page = await open();
    await page.goto(plain.url);
    await page.fill('#prompt', 'half a thought');
    await page.goto(`${plain.url}/about`);
    await page.goto(plain.url);
    expect(await page.inputValue('#prompt')).toBe('half a thought');
    await page.context().close();
  });

  it('counts near the end, and an example fills it without a reload', async () => {
    const page = await open();
    await page.goto(plain.url);
    await page.fill('#prompt', 'a'.repeat(3950));
    expect(await page.locator('[data-count]').innerText()).toBe('50 characters left');
    await page.locator('[data-example]').nth(1).click();
    expect(await page.inputValue('#prompt')).toContain('Heat');
    expect(new URL(page.url()).search).toBe('');
    await page.context().close();
  });
});

describe('a list in the making', () => {
  it('shows grey cards and a line, then the list as it grows, without a jump of the page', async () => {
    const page = await open();
    await page.goto(modelled.url);
    await page.fill('#prompt', 'quiet films about grief');
    await page.click('.go');
    await page.waitForURL('**/recommendations/*');
    await page.waitForSelector('[data-progress-line]');
    await page.waitForSelector('[data-run][data-state="done"]', { timeout: 20_000 });
    expect(await page.locator('[data-progress]').count()).toBe(0);
    expect(await page.locator('.skeleton').count()).toBe(0);
    expect(await page.locator('.film:visible').count()).toBe(12);
    expect(await page.locator('.how').innerText()).toContain('Scripted ·');
    const address = page.url();
    const list = await shown(page);
    await page.goto(address);
    expect(await shown(page)).toEqual(list);
    await page.context().close();
  });

  it('comes to its end although it may not be followed', async () => {
    const page = await open();
    await page.route('**/events', (route) => route.fulfill({ status: 429, body: 'too many' }));
    await page.goto(modelled.url);
    await page.fill('#prompt', 'a slow train in winter');
    await page.click('.go');
    await page.waitForURL('**/recommendations/*');
    await page.waitForSelector('[data-run][data-state="done"]', { timeout: 20_000 });
    expect(await page.locator('.film:visible').count()).toBe(12);
    expect(new Set(complaints.splice(0))).toEqual(new Set([expect.stringContaining('429')]));
    await page.context().close();
  });

  it('keeps a slider that was moved meanwhile', async () => {
    const page = await open();
    await askFor(page, modelled, 'trains at night');
    await page.locator('#importance').fill('90');
    await page.waitForSelector('[data-run][data-state="done"]', { timeout: 20_000 });
    expect(await page.locator('#importance').inputValue()).toBe('90');
    const list = await shown(page);
    await page.reload();
    expect(await shown(page)).toEqual(list);
    await page.context().close();
  });
});

it('the lights are changed at once and stay changed', async () => {
  const page = await open({ colorScheme: 'light' });
  await page.goto(plain.url);
  await page.getByRole('button', { name: 'Dark' }).click();
  await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
  await page.reload();
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  await page.context().close();
});

it('the list can be walked with the keyboard, and where one is can be seen', async () => {
  const page = await open();
  await askFor(page, plain);
  await page.goto(page.url());
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').innerText()).toBe('Skip to the content');
  await page.locator('.film:visible h3 a').first().focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  const focused = page.locator(':focus');
  expect(await focused.getAttribute('data-action')).toBe('like');
  const outline = await focused.evaluate((element) => {
    const { getComputedStyle } = globalThis as unknown as {
      getComputedStyle: (of: unknown) => { outlineStyle: string };
    };
    return getComputedStyle(element).outlineStyle;
  });
  expect(outline).toBe('solid');
  await page.context().close();
});
