import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankByBlend } from '../../static/js/blend.js';
import {
  countMoved,
  drawCrossings,
  NARROW,
  reachTop,
  sayMoved,
  WIDE,
} from '../../static/js/crossingChart.js';

const part = fc.integer({ min: 1, max: 100 }).map((value) => value / 100);
const candidates = fc
  .array(fc.record({ taste: part, fit: part, popularity: fc.integer({ min: 0, max: 9 }) }), {
    minLength: 1,
    maxLength: 30,
  })
  .map((rows) => rows.map((row, at) => ({ ...row, movieId: at + 1 })));
const kind = fc.constantFrom('linear' as const, 'geometric' as const);
const importance = fc.integer({ min: 0, max: 100 });
const nameOf = (movieId: number) => `Title ${movieId}`;

/** Alpha leads by words, Beta by taste; they cross at exactly one half. */
const crossing = [
  { movieId: 1, taste: 0.2, fit: 0.8, popularity: 1 },
  { movieId: 2, taste: 0.8, fit: 0.2, popularity: 2 },
];

describe('the chart of ranks', () => {
  it('draws a line that changes rank exactly where two titles swap', () => {
    const chart = drawCrossings(crossing, nameOf, { k: 2, kind: 'linear', importance: 0 }, WIDE);
    const middle = (chart.left + chart.right) / 2;
    expect(chart.lines.map(({ path }) => path)).toEqual([
      `M158 10.5L${middle - 7} 10.5C${middle} 10.5 ${middle} 31.5 ${middle + 7} 31.5L562 31.5`,
      `M158 31.5L${middle - 7} 31.5C${middle} 31.5 ${middle} 10.5 ${middle + 7} 10.5L562 10.5`,
    ]);
  });

  it('names the order of words alone at the left and of taste alone at the right', () => {
    const { labels } = drawCrossings(crossing, nameOf, { k: 2, kind: 'linear', importance: 30 }, WIDE);
    expect(labels.map(({ side, text }) => `${side} ${text}`)).toEqual([
      'words Title 1',
      'words Title 2',
      'taste Title 2',
      'taste Title 1',
    ]);
  });

  it('stands where the slider stands, with the first of the list dark', () => {
    const chart = drawCrossings(crossing, nameOf, { k: 2, kind: 'linear', importance: 75 }, WIDE);
    expect(chart.at).toBe(158 + 0.75 * (720 - 2 * 158));
    expect(chart.lines.filter(({ isTop }) => isTop).map(({ movieId }) => movieId)).toEqual([2]);
  });

  it('shows at most five titles on a phone, with shorter names', () => {
    const many = Array.from({ length: 9 }, (_, at) => ({
      movieId: at,
      taste: at / 10,
      fit: 0.5,
      popularity: 1,
    }));
    const chart = drawCrossings(many, () => 'A name that is far too long', { k: 9, kind: 'linear', importance: 9 }, NARROW); // prettier-ignore
    expect(chart.dots).toHaveLength(5);
    expect(chart.labels[0]?.text).toBe('A name that…');
  });

  it('agrees with the list at every importance', () => {
    fc.assert(
      fc.property(candidates, kind, importance, fc.integer({ min: 1, max: 14 }), (all, how, at, k) => {
        const chart = drawCrossings(all, nameOf, { k, kind: how, importance: at }, WIDE);
        const rows = Math.min(k, 12, all.length);
        const list = rankByBlend(all, at / 100, how).map(({ movieId }) => movieId);
        expect(chart.dots.map(({ movieId }) => movieId)).toEqual(list.slice(0, rows));
        for (const [rank, movieId] of list.slice(0, rows).entries()) {
          const line = chart.lines.find((one) => one.movieId === movieId)!;
          const y = levelAt(line.path, chart.at);
          // On a curve a line is between two ranks; everywhere else it is on the rank of the list.
          if (y !== null) expect(y).toBe((rank + 0.5) * WIDE.rowHeight);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('joins the labels of both ends, also where titles are level at an end', () => {
    // Level in words: popularity decides at 0, taste as soon as it counts at all.
    const level = [
      { movieId: 1, taste: 0.2, fit: 0.5, popularity: 9 },
      { movieId: 2, taste: 0.8, fit: 0.5, popularity: 1 },
    ];
    const chart = drawCrossings(level, nameOf, { k: 2, kind: 'linear', importance: 50 }, WIDE);
    expect(chart.labels.map(({ movieId }) => movieId)).toEqual([1, 2, 2, 1]);
    expectLinesToJoinLabels(chart);
    fc.assert(
      fc.property(candidates, kind, fc.integer({ min: 1, max: 14 }), (all, how, k) =>
        expectLinesToJoinLabels(drawCrossings(all, nameOf, { k, kind: how, importance: 50 }, WIDE)),
      ),
      { numRuns: 40 },
    );
  });

  it('keeps every title that the slider can bring onto the list', () => {
    fc.assert(
      fc.property(candidates, kind, importance, fc.integer({ min: 1, max: 12 }), (all, how, at, k) => {
        const reached = new Set(reachTop(all, k, how).map(({ movieId }) => movieId));
        for (const { movieId } of rankByBlend(all, at / 100, how).slice(0, k))
          expect(reached).toContain(movieId);
      }),
      { numRuns: 60 },
    );
  });
});

function expectLinesToJoinLabels(chart: ReturnType<typeof drawCrossings>): void {
  for (const { movieId, side, y } of chart.labels) {
    const { path } = chart.lines.find((line) => line.movieId === movieId)!;
    const points = path
      .split(/[MLC]/)
      .filter(Boolean)
      .map((point) => point.trim().split(' ').map(Number));
    const end = (side === 'words' ? points[0] : points.at(-1))!;
    expect(end.at(-1)).toBeCloseTo(y - 4, 5);
  }
}

/** The level of a path at x; null on or beside a curve, where rounding decides. */
function levelAt(path: string, x: number): number | null {
  const numbers = [...path.matchAll(/[MLC]([^MLC]+)/g)].map(([text, rest]) => ({
    command: text[0],
    values: rest!.trim().split(' ').map(Number),
  }));
  let from = numbers[0]!.values[0]!;
  for (const { command, values } of numbers.slice(1)) {
    const to = values.at(-2)!;
    if (command === 'L' && x > from + 0.2 && x < to - 0.2) return values[1]!;
    from = to;
  }
  return null;
}

describe('the sentence of the mixing desk', () => {
  it('counts the titles that stand elsewhere than with words alone', () => {
    expect(countMoved(crossing, 75, 2, 'linear')).toEqual({ moved: 2, of: 2 });
    expect(countMoved(crossing, 25, 2, 'linear')).toEqual({ moved: 0, of: 2 });
  });

  it('says it plainly, also for one and for none', () => {
    expect(sayMoved({ moved: 5, of: 12 })).toBe('Against words alone, 5 of 12 titles move.');
    expect(sayMoved({ moved: 1, of: 12 })).toBe('Against words alone, 1 of 12 titles moves.');
    expect(sayMoved({ moved: 0, of: 12 })).toBe('This is the order of your words alone.');
    expect(sayMoved({ moved: 3, of: 5 }, 'your tags')).toBe('Against tags alone, 3 of 5 titles move.');
    expect(sayMoved({ moved: 0, of: 0 })).toBe('');
  });
});
