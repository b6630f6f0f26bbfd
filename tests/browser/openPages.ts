import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { startSite, type TestSite } from '../support/site.ts';
import { launch } from './launch.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export { launch };

/** Pages of fresh browser profiles. What they complain about is kept: script errors, policy violations, missing files. */
export function pagesOf(browser: () => Browser): {
  open: (options?: BrowserContextOptions) => Promise<Page>;
  complaints: string[];
} {
  const complaints: string[] = [];
  return {
    complaints,
    async open(options = {}) {
      const context = await browser().newContext({ viewport: { width: 1280, height: 1000 }, ...options });
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      return page;
    },
  };
}

type Pages = ReturnType<typeof pagesOf>;

/**
 * A site of its own and a browser for the tests of one file. After each test no page may have complained: no script error,
 * no violation of the content security policy, no missing file.
 */
export function browseSite(): Pages & { site: Pick<TestSite, 'url'> } {
  let browser: Browser;
  let started: TestSite;
  const { open, complaints } = pagesOf(() => browser);
  beforeAll(async () => {
    [browser, started] = await Promise.all([launch(), startSite()]);
  });
  afterAll(async () => {
    await browser?.close();
    await started?.close();
  });
  afterEach(() => expect(complaints.splice(0)).toEqual([]));
  return {
    site: {
      get url() {
        return started.url;
      },
    },
    open,
    complaints,
  };
}

export const NARROW = { width: 360, height: 740 };

/** What axe finds wrong with a page: rule and places. */
async function findAxeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    );
  });
}

/** Nothing for axe to find, and nothing that scrolls sideways. */
export async function expectSound(page: Page): Promise<void> {
  expect(await findAxeViolations(page), page.url()).toEqual([]);
  // A string, so that no type of the browser's is needed here.
  const spill = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect(spill, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
}
