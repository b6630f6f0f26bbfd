import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browseSite, expectSound, NARROW } from './openPages.ts';

const { site, open, complaints } = browseSite();

const names = (page: Page) => page.locator('.film:visible h3 a').allTextContents();

async function pick(page: Page, kind: 'titles' | 'tags', typed: string): Promise<void> {
  const field = page.locator(`[data-complete="${kind}"]`);
  await field.pressSequentially(typed);
  await page.locator('.completions:visible [role="option"]').first().waitFor();
  await page.waitForTimeout(250);
  await field.press('ArrowDown');
  await field.press('Enter');
}

describe('Lite', () => {
  it('completes a misspelt title by keyboard alone, and the list follows while the form stays', async () => {
    const page = await open();
    await page.goto(`${site.url}/lite`);
    await pick(page, 'titles', 'colateral');
    expect(await page.locator('[data-pick-name]').first().textContent()).toBe('Collateral');
    await page.waitForURL('**/lite/*');
    await pick(page, 'tags', 'heist');
    await page.locator('.why dt:has-text("Tags")').first().waitFor();
    expect(await names(page)).toHaveLength(12);
    expect(await names(page)).not.toContain('Collateral');
    // What is shown is what the server says at this address.
    const shown = await names(page);
    await page.reload();
    expect(await names(page)).toEqual(shown);
    expect(await page.locator('[data-tag="heist"]').count()).toBe(1);
    await expectSound(page);
  });

  it('offers the most used to an empty field, and closes on Escape', async () => {
    const page = await open();
    await page.goto(`${site.url}/lite`);
    const field = page.locator('[data-complete="tags"]');
    await field.focus();
    await page.locator('.completions:visible [role="option"]').first().waitFor();
    expect(await page.locator('.completions:visible [role="option"]').count()).toBe(15);
    expect(await field.getAttribute('aria-expanded')).toBe('true');
    await expectSound(page);
    await field.press('ArrowDown');
    const active = await field.getAttribute('aria-activedescendant');
    expect(await page.locator(`[id="${active}"]`).getAttribute('aria-selected')).toBe('true');
    await field.press('Escape');
    expect(await page.locator('.completions:visible').count()).toBe(0);
    expect(await field.getAttribute('aria-expanded')).toBe('false');
  });

  it('turns a wanted tag into an unwanted one, told apart without colour', async () => {
    const page = await open();
    await page.goto(`${site.url}/lite?tag=heist&rating=6:5`);
    await page.locator('.film').first().waitFor();
    const before = await names(page);
    await page.locator('.flip').click();
    await expect.poll(() => names(page), { timeout: 10_000 }).not.toEqual(before);
    expect(await page.locator('.lite-tag').textContent()).toContain('Unwanted');
    const line = await page.evaluate(
      `getComputedStyle(document.querySelector('.lite-tag')).textDecorationLine`,
    );
    expect(line).toBe('line-through');
    expect(await names(page)).not.toEqual(before);
  });

  it('re-orders by the slider without asking the server, as the server would', async () => {
    const page = await open();
    await page.goto(`${site.url}/lite?tag=heist&rating=6:5`);
    await page.locator('.film').first().waitFor();
    await page.waitForURL('**/lite/*');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const before = await names(page);
    await page.locator('.slider').fill('95');
    await page.waitForTimeout(500);
    expect(await names(page)).not.toEqual(before);
    expect(asked.filter((url) => !/\/(posters|img)\//.test(url))).toEqual([]);
    expect(page.url()).toContain('importance=95');
    const moved = await names(page);
    await page.reload();
    expect(await names(page)).toEqual(moved);
  });

  it('does not lose what is being typed when the list changes', async () => {
    const page = await open();
    await page.goto(`${site.url}/lite?tag=heist`);
    await page.locator('.film').first().waitFor();
    await page.locator('.flip').click();
    await page.locator('[data-complete="titles"]').pressSequentially('half a na', { delay: 60 });
    await page.waitForTimeout(900);
    expect(await page.locator('[data-complete="titles"]').inputValue()).toBe('half a na');
  });

  it('works without scripts: typed names, a slip put right by a button, tags turned round', async () => {
    const page = await open({ javaScriptEnabled: false });
    await page.goto(`${site.url}/lite`);
    await page.fill('#title-0', 'Heat');
    await page.selectOption('#title-0-value', '4.5');
    await page.fill('#tag-0', 'heizt');
    await page.click('.go');
    expect(await page.locator('#tag-0').inputValue()).toBe('heizt');
    await page.locator('[name="fix"]').first().click();
    await page.waitForURL('**/lite/*');
    expect(await names(page)).toHaveLength(12);
    await page.locator('.flip').click();
    expect(await page.locator('.lite-tag.unwanted').count()).toBe(1);
    complaints.length = 0; // The browser notes the 400 that the slip got.
  });

  it('fits a narrow phone, by day and by night', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open({ viewport: NARROW, colorScheme, reducedMotion: 'reduce' });
      await page.goto(`${site.url}/lite?tag=heist&rating=6:5`);
      await page.locator('.film').first().waitFor();
      await expectSound(page);
    }
  });
});
