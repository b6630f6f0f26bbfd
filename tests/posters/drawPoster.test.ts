import { describe, expect, test } from 'vitest';
import { contrast } from '../../src/posters/contrast.ts';
import { compose, drawComposition, drawPoster } from '../../src/posters/drawPoster.ts';
import { LAYOUTS, type LayoutName } from '../../src/posters/layouts.ts';
import { MOTIFS, type MotifName } from '../../src/posters/motifs/index.ts';
import { PALETTES } from '../../src/posters/palettes.ts';
import { isWellFormed, numbersOf, starterSubjects, subject } from './support.ts';

const MOTIF_NAMES = Object.keys(MOTIFS) as MotifName[];
const LAYOUT_NAMES = Object.keys(LAYOUTS) as LayoutName[];

describe('a poster', () => {
  test('is the same every time for one title and another for another variant', () => {
    const heat = subject({ movieId: 6, title: 'Heat', genres: ['Crime', 'Thriller', 'Action'] });
    expect(drawPoster(heat)).toBe(drawPoster({ ...heat }));
    const three = [0, 1, 2].map((variant) => drawPoster({ ...heat, variant }));
    expect(new Set(three).size).toBe(3);
    expect(drawPoster(heat)).toBe(three[0]);
  });

  test('is a 400 × 600 picture with a role and a name, and nothing in it runs or loads', () => {
    for (const one of starterSubjects().slice(0, 300)) {
      const svg = drawPoster(one);
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 400 600"[^>]* role="img"><title>/);
      expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/style=|<style|<script|https?:|url\(|\son\w+=|<image|<foreignObject/i);
      expect([...svg.matchAll(/href="([^"]*)"/g)].every(([, target]) => target!.startsWith('#'))).toBe(true);
      expect(isWellFormed(svg), one.title).toBe(true);
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    }
  }); // prettier-ignore

  test('names itself in words', () => {
    expect(drawPoster(subject({ title: 'Léon & “Mathilda”', year: 1994 }))).toContain('<title>Léon &amp; “Mathilda” (1994)</title>');
    expect(drawPoster(subject({ title: 'Heat', year: null }))).toContain('<title>Heat</title>');
    expect(drawPoster(subject({ title: ' \u0007 ' }))).toContain('<title>Untitled (1999)</title>');
  }); // prettier-ignore

  test('is about 4 kB, and hardly ever above 8 kB', () => {
    const sizes = starterSubjects().map((one) => Buffer.byteLength(drawPoster(one))).sort((a, b) => a - b); // prettier-ignore
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThan(5200);
    expect(sizes[Math.floor(sizes.length * 0.96)]).toBeLessThan(8000);
    expect(sizes.at(-1)).toBeLessThan(12_000);
  });

  test('takes less than 2 ms once the letters are known', () => {
    const subjects = starterSubjects().slice(0, 200);
    subjects.forEach(drawPoster);
    const times = subjects.map((one) => {
      const start = performance.now();
      drawPoster(one);
      return performance.now() - start;
    });
    expect(times.sort((a, b) => a - b)[100]).toBeLessThan(2);
  });
});

describe('every motif in every layout', () => {
  test('draws well-formed pictures with finite numbers, readable lettering and a title inside the page', () => {
    const titles = ['Up', 'The Lord of the Rings: The Return of the King', 'Amélie'];
    MOTIF_NAMES.forEach((motif, i) => {
      LAYOUT_NAMES.forEach((layout, k) => {
        const one = subject({ movieId: i * 100 + k, title: titles[(i + k) % 3]! });
        const laid = drawComposition(one, { ...compose(one), motif, layout });
        expect(isWellFormed(`<svg>${laid.markup}</svg>`), `${motif} ${layout}`).toBe(true);
        expect(numbersOf(laid.markup).every((value) => Number.isFinite(value) && Math.abs(value) < 3000)).toBe(true); // prettier-ignore
        expect(contrast(laid.ink, laid.behind), `${motif} ${layout}`).toBeGreaterThanOrEqual(4.5);
        expect(laid.block.width).toBeLessThanOrEqual(layout === 'side' ? 548 : 348.01);
      });
    });
    expect(MOTIF_NAMES.length).toBeGreaterThanOrEqual(100);
  });

  test('has palettes to choose from: at least four a mood, each with ink that is legible on its ground', () => {
    for (const [mood, palettes] of Object.entries(PALETTES)) {
      expect(palettes.length, mood).toBeGreaterThanOrEqual(4);
      for (const palette of palettes) {
        expect(Object.values(palette).every((colour) => /^#[0-9a-f]{6}$/.test(colour))).toBe(true);
        expect(contrast(palette.ink, palette.ground), JSON.stringify(palette)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(palette.shape, palette.ground), JSON.stringify(palette)).toBeGreaterThan(1.3);
        expect(contrast(palette.accent, palette.ground), JSON.stringify(palette)).toBeGreaterThan(1.3);
      }
    }
  });
});
