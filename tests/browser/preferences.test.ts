import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { smallCatalogue } from '../support/smallCatalogue.ts';
import { browseSite, expectSound } from './openPages.ts';

const { site, open } = browseSite();
const heat = smallCatalogue().titles.find(({ title }) => title === 'Heat')!.movieId;

interface Styled {
  getComputedStyle(element: unknown): Record<string, string>;
}

const colourOf = (page: Page, selector: string, property: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element, name) => (globalThis as unknown as Styled).getComputedStyle(element)[name], property);

it('in colours of the person’s own, what is chosen still differs from what is not', async () => {
  const page = await open({ forcedColors: 'active' });
  await page.goto(`${site.url}/titles/${heat}`);
  await page.locator('.stars-set label[for$="-6"]').click();
  await page.locator('[data-toast]:has-text("3 stars")').waitFor();
  await page.mouse.move(0, 0);
  const stars = await Promise.all(['-6', '-7'].map((half) => colourOf(page, `.stars-set label[for$="${half}"]`, 'color'))); // prettier-ignore
  expect(stars[0]).not.toBe(stars[1]);
  const lights = await Promise.all(['true', 'false'].map((pressed) => colourOf(page, `.theme [aria-pressed="${pressed}"]`, 'backgroundColor'))); // prettier-ignore
  expect(lights[0]).not.toBe(lights[1]);
  await page.goto(site.url);
  const places = await Promise.all(['[aria-current]', ':not([aria-current])'].map((place) => colourOf(page, `.top nav a${place}`, 'backgroundColor'))); // prettier-ignore
  expect(places[0]).not.toBe(places[1]);
  await expectSound(page);
});

it('with less motion asked for, a list that is re-ordered is in its places at once', async () => {
  const page = await open({ reducedMotion: 'reduce' });
  await page.goto(site.url);
  await page.fill('#prompt', 'I loved Heat. Something tense');
  await page.click('.go');
  await page.locator('.film:not(.skeleton)').first().waitFor();
  await page.locator('#importance').fill('100');
  expect(await page.evaluate('document.getAnimations().length')).toBe(0);
});
