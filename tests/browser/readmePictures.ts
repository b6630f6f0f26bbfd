/**
 * Takes the pictures of README.md from a running site with the starter catalogue:
 * `node --import tsx tests/browser/readmePictures.ts [--url http://localhost:3000] [--out docs/images]`
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launch } from './launch.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:3000' },
    out: { type: 'string', default: 'docs/images' },
  },
});

const PROMPT =
  'I loved Alien and The Thing, hated Prometheus, and I’m in the mood for claustrophobic sci-fi with a slow burn';

const browser = await launch();
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1190 }, colorScheme });
    await page.goto(values.url);
    await page.fill('#prompt', PROMPT);
    await page.click('.go');
    await page.waitForSelector('[data-run] .film:not(.skeleton)');
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(values.out, `list-${colorScheme}.png`) });
  }
} finally {
  await browser.close();
}
