import { describe, expect, test } from 'vitest';
import { breakInto, cutLongWords } from '../../src/posters/breakLines.ts';
import { drawPoster, compose, drawComposition } from '../../src/posters/drawPoster.ts';
import { LAYOUTS, type LayoutName } from '../../src/posters/layouts.ts';
import { fitTitle, letteringOf } from '../../src/posters/lettering.ts';
import { isWellFormed, subject } from './support.ts';

const box = { width: 348, height: 190, maxSize: 150 };
const HUNDRED =
  'The Incredibly Strange Creatures Who Stopped Living and Became Mixed-Up Zombies and Other True Tales';

describe('a title as lettering', () => {
  test.each([
    ['Up', 1],
    ['Amélie', 1],
    ['The Good, the Bad and the Ugly', 3],
    ['Donaudampfschifffahrtselektrizitätenhauptbetriebswerk', 3],
    [HUNDRED, 5],
    ['七人の侍', 1],
    ['کلوزآپ، نمای نزدیک', 2],
    ['Broadcast', 1],
  ])('%s stays inside its box on at most five rows', (title, mostRows) => {
    const block = fitTitle(title, box);
    expect(block.rows.length).toBeLessThanOrEqual(5);
    expect(block.rows.length).toBeGreaterThanOrEqual(mostRows > 3 ? 3 : 1);
    expect(block.width).toBeLessThanOrEqual(box.width + 0.01);
    expect(block.height).toBeLessThanOrEqual(box.height + 0.01);
    const letters = block.rows.map((row) => row.text).join('').replace(/[-\s]/g, ''); // prettier-ignore
    expect(letters).toBe(letteringOf(title).replace(/[-\s]/g, ''));
  });

  test('a hundred characters are still set at 20 units or more, on every layout', () => {
    expect(HUNDRED.length).toBeGreaterThanOrEqual(95);
    for (const layout of Object.keys(LAYOUTS) as LayoutName[]) {
      if (layout === 'side') continue; // Chosen for short titles only.
      const one = subject({ title: HUNDRED });
      const { block } = drawComposition(one, { ...compose(one), layout });
      expect(Math.min(...block.rows.map((row) => row.size)), layout).toBeGreaterThanOrEqual(20);
    }
  });

  test('letters of the font are outlines; other letters are text, in the direction they are read', () => {
    expect(drawPoster(subject({ title: 'Heat' }))).not.toContain('<text');
    expect(drawPoster(subject({ title: 'Ďábel Őrült Žižek Đuro' }))).not.toContain('<text');
    expect(drawPoster(subject({ title: 'Сталкер' }))).toMatch(/<text[^>]*>СТАЛКЕР<\/text>/);
    const arabic = drawPoster(subject({ title: 'وجدة' }));
    expect(arabic).toMatch(/<text[^>]* direction="rtl"[^>]*>وجدة<\/text>/);
    expect(drawPoster(subject({ title: 'Сталкер' }))).not.toContain('direction="rtl"');
  });

  test('an accent above a capital has room of its own', () => {
    const [plain, accented] = [fitTitle('Amelie', box), fitTitle('Amélie', box)];
    expect(accented.rise).toBeGreaterThan(plain.rise + 0.1);
  });

  test('words are broken so that the widest row is as narrow as it can be', () => {
    const width = (text: string): number => text.length;
    expect(breakInto(['aaaa', 'bb', 'cc', 'dddd'], 2, width)).toEqual({
      rows: ['aaaa bb', 'cc dddd'],
      widest: 7,
    });
    expect(breakInto(['one', 'two'], 3, width)).toBeNull();
    expect(cutLongWords(['abcdefghijkl', 'xyz'], 7, width)).toEqual(['abcdef-', 'ghijkl', 'xyz']);
  });
});

describe('hostile titles', () => {
  test.each([
    '<script>alert(1)</script>',
    '"><image href="https://evil.example/x.png"/>',
    "it's ]]> & <!-- --> &#0; &amp;",
    'bell\u0007 null\u0000 escape\u001b \u009b31m',
    'lone \ud800 surrogate \udc00, \uffff and \ufffe',
    '\u202eeman eht snrut \u2066isolate',
    'x'.repeat(5000),
    '𝕏 '.repeat(400),
    '   ',
    '🎬🍿🎥',
  ])('a hostile title %# becomes a well-formed picture that runs nothing', (title) => {
    for (const layout of Object.keys(LAYOUTS) as LayoutName[]) {
      const one = subject({ title, byline: title });
      const { markup } = drawComposition(one, { ...compose(one), layout });
      expect(isWellFormed(`<svg>${markup}</svg>`)).toBe(true);
    }
    const svg = drawPoster(subject({ title, byline: title }));
    expect(isWellFormed(svg)).toBe(true);
    expect(svg).not.toMatch(/<script|<image|[\u202a-\u202e\u2066-\u2069]/);
  });
});
