/**
 * The chart of ranks against importance: its geometry, from the two parts of every candidate. Pure: the server draws
 * the SVG from it (views/partials/crossing-chart.ejs), the browser redraws from it, and both agree with the list because all
 * three use `rankByBlend`.
 *
 * A rank changes only where two blends cross (`swapPoint`). Between two neighbouring crossings the order is constant, so it is
 * read once in the middle of each stretch: the chart is exact, not sampled. A title that falls out of the rows shown
 * leaves through the bottom.
 */
import { rankByBlend, swapPoint } from './blend.js';

/**
 * @typedef {import('./blend.js').Parts} Parts
 * @typedef {{width: number, rows: number, rowHeight: number, labelWidth: number, labelLength: number}} Shape
 * @typedef {{movieId: number, path: string, isTop: boolean}} Line
 * @typedef {{movieId: number, text: string, x: number, y: number, side: 'words' | 'taste'}} Label
 * @typedef {{width: number, height: number, left: number, right: number, bottom: number, at: number, lines: Line[],
 *   labels: Label[], dots: {movieId: number, x: number, y: number}[]}} Chart
 */

/** Twelve ranks beside the slider. @type {Shape} */
export const WIDE = { width: 720, rows: 12, rowHeight: 21, labelWidth: 158, labelLength: 21 };
/** Five ranks with larger letters, for a phone. @type {Shape} */
export const NARROW = { width: 360, rows: 5, rowHeight: 34, labelWidth: 112, labelLength: 13 };

/** Half the width of the curve a line changes rank on, in units of the drawing. */
const HALF_CURVE = 7;

/**
 * @param {readonly Parts[]} candidates all of them: a rank means the rank in the whole list
 * @param {(movieId: number) => string} nameOf
 * @param {{k: number, kind: 'linear' | 'geometric', importance: number}} list
 * @param {Shape} shape
 * @returns {Chart}
 */
export function drawCrossings(candidates, nameOf, list, shape) {
  const rows = Math.min(shape.rows, list.k, candidates.length);
  const rivals = reachTop(candidates, rows, list.kind);
  const left = shape.labelWidth;
  const right = shape.width - shape.labelWidth;
  const x = (/** @type {number} */ weight) => left + weight * (right - left);
  const y = (/** @type {number} */ row) => (Math.min(row, rows) + 0.5) * shape.rowHeight;
  const stretches = orderBetweenCrossings(rivals, rows, list.kind);
  const now = orderAt(rivals, list.importance / 100, list.kind).slice(0, rows);
  const label =
    (/** @type {'words' | 'taste'} */ side) =>
    (/** @type {number} */ movieId, /** @type {number} */ row) => ({
      movieId,
      text: shorten(nameOf(movieId), shape.labelLength),
      x: side === 'words' ? left - 10 : right + 10,
      y: y(row) + 4,
      side,
    });
  return {
    width: shape.width,
    height: rows * shape.rowHeight,
    left,
    right,
    bottom: rows * shape.rowHeight,
    at: round(x(list.importance / 100)),
    lines: rivals.map(({ movieId }) => ({
      movieId,
      path: pathOf(movieId, stretches, rows, x, y),
      isTop: movieId === now[0],
    })),
    labels: [
      ...orderAt(rivals, 0, list.kind).slice(0, rows).map(label('words')),
      ...orderAt(rivals, 1, list.kind).slice(0, rows).map(label('taste')),
    ],
    dots: now.map((movieId, row) => ({ movieId, x: round(x(list.importance / 100)), y: y(row) })),
  };
}

/**
 * The titles that stand among the best `rows` at any whole importance, 0–100: what the slider can ever show.
 * @param {readonly Parts[]} candidates
 * @param {number} rows
 * @param {'linear' | 'geometric'} kind
 * @returns {Parts[]} in the order of the candidates
 */
export function reachTop(candidates, rows, kind) {
  const able = withoutBeaten(candidates, rows);
  const reached = new Set();
  for (let importance = 0; importance <= 100; importance++)
    for (const { movieId } of rankByBlend(able, importance / 100, kind).slice(0, rows)) reached.add(movieId);
  return candidates.filter(({ movieId }) => reached.has(movieId));
}

/**
 * Leaves out titles that at least `rows` others beat in both parts: no mixture brings them among the best `rows`. Saves
 * most of the sorting.
 * @param {readonly Parts[]} candidates
 * @param {number} rows
 */
function withoutBeaten(candidates, rows) {
  if (candidates.some(({ taste, fit }) => taste === null || fit === null)) return candidates;
  return candidates.filter(
    (one) => candidates.filter(({ taste, fit }) => taste > one.taste && fit > one.fit).length < rows,
  );
}

/**
 * How many of the best `k` stand on another rank than with words alone, newcomers included.
 * @param {readonly Parts[]} candidates
 * @param {number} importance 0–100
 * @param {number} k
 * @param {'linear' | 'geometric'} kind
 * @returns {{moved: number, of: number}}
 */
export function countMoved(candidates, importance, k, kind) {
  const before = orderAt(candidates, 0, kind).slice(0, k);
  const now = orderAt(candidates, importance / 100, kind).slice(0, k);
  return { moved: now.filter((movieId, row) => before[row] !== movieId).length, of: now.length };
}

/**
 * The one sentence of the mixing desk.
 * @param {{moved: number, of: number}} count
 * @param {string} left what stands at the left: "your words" or "your tags"
 * @returns {string}
 */
export function sayMoved({ moved, of }, left = 'your words') {
  if (of === 0) return '';
  if (moved === 0) return `This is the order of ${left} alone.`;
  return `Against ${left.replace('your ', '')} alone, ${moved} of ${of} ${of === 1 ? 'title' : 'titles'} ${moved === 1 ? 'moves' : 'move'}.`;
}

/**
 * @param {readonly Parts[]} rivals
 * @param {number} weight
 * @param {'linear' | 'geometric'} kind
 */
function orderAt(rivals, weight, kind) {
  return rankByBlend(rivals, weight, kind).map(({ movieId }) => movieId);
}

/**
 * @param {readonly Parts[]} rivals
 * @param {number} rows
 * @param {'linear' | 'geometric'} kind
 * @returns {{from: number, to: number, rankOf: Map<number, number>}[]}
 */
function orderBetweenCrossings(rivals, rows, kind) {
  const crossings = new Set([0, 1]);
  rivals.forEach((a, at) => {
    for (const b of rivals.slice(at + 1)) {
      const weight = swapPoint(a, b, kind);
      if (weight !== null) crossings.add(weight);
    }
  });
  const points = [...crossings].sort((a, b) => a - b);
  const stretch = (/** @type {number} */ from, /** @type {number} */ to) => {
    const order = orderAt(rivals, (from + to) / 2, kind).slice(0, rows);
    return { from, to, rankOf: new Map(order.map((movieId, row) => [movieId, row])) };
  };
  // The two ends stand for themselves: titles level in words, say, part only beyond 0.
  return [stretch(0, 0), ...points.slice(1).map((to, at) => stretch(points[at] ?? 0, to)), stretch(1, 1)];
}

/**
 * One line: level between its changes of rank, an S-curve at each.
 * @param {number} movieId
 * @param {{from: number, to: number, rankOf: Map<number, number>}[]} stretches
 * @param {number} rows
 * @param {(weight: number) => number} x
 * @param {(row: number) => number} y
 */
function pathOf(movieId, stretches, rows, x, y) {
  /** @type {{from: number, row: number}[]} */
  const levels = [];
  for (const { from, rankOf } of stretches) {
    const row = rankOf.get(movieId) ?? rows;
    if (levels.at(-1)?.row !== row) levels.push({ from, row });
  }
  let path = '';
  levels.forEach(({ from, row }, at) => {
    if (at === 0) {
      path = `M${round(x(0))} ${round(y(row))}`;
      return;
    }
    const middle = x(from);
    const before = x(levels[at - 1]?.from ?? 0);
    const after = x(levels[at + 1]?.from ?? 1);
    const back = Math.min(HALF_CURVE, (middle - before) / 2);
    const ahead = Math.min(HALF_CURVE, (after - middle) / 2);
    const old = round(y(levels[at - 1]?.row ?? rows));
    path += `L${round(middle - back)} ${old}C${round(middle)} ${old} ${round(middle)} ${round(y(row))} ${round(middle + ahead)} ${round(y(row))}`;
  });
  return `${path}L${round(x(1))} ${round(y(levels.at(-1)?.row ?? rows))}`;
}

const round = (/** @type {number} */ value) => Math.round(value * 10) / 10;

/**
 * @param {string} name
 * @param {number} length
 */
function shorten(name, length) {
  const letters = Array.from(name);
  return letters.length <= length
    ? name
    : `${letters
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`;
}
