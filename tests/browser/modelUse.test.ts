import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startScriptedProvider, type ScriptedProvider } from '../support/scriptedProvider.ts';
import { startSite, type TestSite } from '../support/site.ts';
import { expectSound, launch, NARROW, pagesOf } from './openPages.ts';

let browser: Browser;
let provider: ScriptedProvider;
let site: TestSite;
const { open, complaints } = pagesOf(() => browser);

beforeAll(async () => {
  provider = await startScriptedProvider();
  const model = (id: string, more: object) => ({ id, label: `Model ${id}`, provider: 'openai', model: id, baseUrl: provider.url, apiKey: 'k', json: 'schema', ...more }); // prettier-ignore
  site = await startSite({
    chatModels: [model('far', { price: { input: 2.5, output: 10 } }), model('near', { local: true, price: { input: 0, output: 0 } })],
  }); // prettier-ignore
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await provider?.close();
});
afterEach(() => expect(complaints.splice(0)).toEqual([]));

const PROMPT = 'I loved Alien. Write to me at ripley@nostromo.example. Something tense in a small room';

it('shows what a list may cost with each model as it is chosen', async () => {
  const page = await open();
  await page.goto(site.url);
  const line = page.locator('[data-estimate-line]');
  expect(await line.textContent()).toMatch(/about \$0\.\d+\.$/);
  await page.selectOption('#chat-model', 'near');
  expect(await line.textContent()).toMatch(/free of charge\.$/);
  await page.selectOption('#chat-model', 'none');
  expect(await line.textContent()).toBe('');
});

it.each([['with scripts', true], ['without scripts', false]])(
  'shows word for word what would be sent before it is, %s, then sends it and shows what was',
  async (_how, javaScriptEnabled) => {
    const page = await open({ javaScriptEnabled, viewport: NARROW });
    await page.goto(site.url);
    await page.fill('#prompt', PROMPT);
    await page.click('.sent summary');
    const before = provider.requests.length;
    await page.click('text=See word for word what would be sent');
    await page.waitForSelector('.verbatim');
    expect(provider.requests.length).toBe(before);
    const shown = await page.locator('.reading').innerText();
    expect(shown).toContain('Write to me at [e-mail]');
    expect(shown).not.toContain('nostromo');
    if (javaScriptEnabled) await expectSound(page);
    await page.click('text=Find films');
    await page.waitForURL(/recommendations\/[\w-]{22}$/);
    await page.waitForSelector('.film');
    expect(provider.requests.length).toBeGreaterThan(before);
    await page.click('.sent summary');
    await page.click('text=What was sent for this list');
    expect(await page.locator('.verbatim').first().innerText()).toContain('You read what a person wrote');
  },
); // prettier-ignore

it('lets a person allow only local models, and says so', async () => {
  const page = await open();
  await page.goto(site.url);
  await page.click('.sent summary');
  await page.check('input[value="local"]');
  await page.click('.model-choice button');
  await page.waitForURL(site.url + '/#models');
  expect(await page.locator('#chat-model option').allTextContents()).toEqual(['Model near, local', 'None: match on text']); // prettier-ignore
  // It comes back to the choice, unfolded.
  expect(await page.isVisible('input[value="local"]')).toBe(true);
  expect(await page.isChecked('input[value="local"]')).toBe(true);
  await expectSound(page);
});
