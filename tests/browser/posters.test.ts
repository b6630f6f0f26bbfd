import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chooseVariants } from '../../src/posters/chooseVariants.ts';
import { compose, drawComposition, drawPoster } from '../../src/posters/drawPoster.ts';
import { starterSubjects, subject } from '../posters/support.ts';
import { launch } from './openPages.ts';

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launch();
  page = await browser.newPage();
});
afterAll(async () => browser.close());

const SIDE = 9;

/** Each picture as greys of 9 × 9, with its size as the browser sees it; null when it cannot be drawn. */
async function greys(svgs: string[]): Promise<({ values: number[]; width: number } | null)[]> {
  return page.evaluate(
    async ({ sources, side }) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [side, side];
      const context = canvas.getContext('2d', { willReadFrequently: true })!;
      const all = [];
      for (const source of sources) {
        const image = new Image();
        image.src = `data:image/svg+xml,${encodeURIComponent(source)}`;
        const isLoaded = await image.decode().then(() => true, () => false); // prettier-ignore
        if (!isLoaded) {
          all.push(null);
          continue;
        }
        context.imageSmoothingQuality = 'high';
        context.drawImage(image, 0, 0, side, side);
        const { data } = context.getImageData(0, 0, side, side);
        const values = Array.from({ length: side * side }, (_, i) => data[i * 4]! * 0.3 + data[i * 4 + 1]! * 0.59 + data[i * 4 + 2]! * 0.11); // prettier-ignore
        all.push({ values, width: image.naturalWidth });
      }
      return all;
    },
    { sources: svgs, side: SIDE },
  );
}

/** Difference hash: whether each point is lighter than the one at its right, 72 bits; where it is level, neither. */
const hashOf = (values: number[]): number[] =>
  values.flatMap((value, i) => (i % SIDE === SIDE - 1 ? [] : [Math.sign(Math.round((values[i + 1]! - value) / 6))])); // prettier-ignore
const distance = (a: number[], b: number[]): number => a.filter((bit, i) => bit !== b[i]).length;

test('every starter poster is a picture to the browser, hostile titles too', async () => {
  const hostile = ['<script>', '"><x/>', ']]>&amp;', '\u0000\ud800', 'وجدة', '七人の侍', '🎬'].map((title) => subject({ title })); // prettier-ignore
  const drawn = await greys([...starterSubjects().slice(0, 200), ...hostile].map(drawPoster));
  expect(drawn.filter((one) => one?.width !== 400)).toEqual([]);
});

test('of twenty posters in a row no two look alike in grey, whatever their colours', async () => {
  const subjects = starterSubjects().slice(0, 300);
  const variants = chooseVariants(subjects);
  const drawn = await greys(subjects.map((one, i) => drawPoster({ ...one, variant: variants[i]! })));
  const hashes = drawn.map((one) => hashOf(one!.values));
  const alike: string[] = [];
  hashes.forEach((hash, i) => {
    for (let k = Math.max(0, i - 19); k < i; k++) {
      if (distance(hash, hashes[k]!) <= 6) alike.push(`${subjects[k]!.title} ~ ${subjects[i]!.title}`);
    }
  });
  expect(alike).toEqual([]);
});

test('no letter is cut: lettering drawn alone stays inside the page', async () => {
  const long =
    'The Incredibly Strange Creatures Who Stopped Living and Became Mixed-Up Zombies and Other Tales';
  const titles = [
    long,
    'Donaudampfschifffahrtsgesellschaft',
    'ÅÉÎÕÜ Ǻ',
    'Сталкер и другие',
    'نمای نزدیک',
    '七人の侍',
  ];
  for (const title of titles) {
    for (const layout of ['titleBelow', 'titleAbove', 'giant', 'framed', 'band'] as const) {
      const one = subject({ title });
      const { markup, ink } = drawComposition(one, { ...compose(one), motif: 'halves', layout });
      await page.setContent(`<body style="margin:0"><svg width="400" height="600" viewBox="0 0 400 600">${markup}</svg>`); // prettier-ignore
      const boxes = await page.evaluate((fill) => {
        const letters = Array.from(document.querySelectorAll<SVGGraphicsElement>(`text, path[fill="${fill}"][transform], g[fill="${fill}"]`));
        return letters.map((one) => one.getBoundingClientRect()).map(({ left, right, top, bottom }) => ({ left, right, top, bottom }));
      }, ink); // prettier-ignore
      expect(boxes.length).toBeGreaterThan(0);
      for (const { left, right, top, bottom } of boxes) {
        expect(Math.min(left, top), `${title} ${layout}`).toBeGreaterThanOrEqual(0);
        expect(right, `${title} ${layout}`).toBeLessThanOrEqual(400);
        expect(bottom, `${title} ${layout}`).toBeLessThanOrEqual(600);
      }
    }
  }
});
