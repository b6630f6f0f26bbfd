/**
 * The mixing desk in the browser: moving the slider re-ranks the titles that were already scored, with the same
 * arithmetic as the server (blend.js), moves the list, and writes `?importance=` so that a reload shows the same. Nothing is
 * asked again. Used by results and Lite; works on whatever carries `data-region`.
 */
import { rankByBlend } from './blend.js';
import { countMoved, drawCrossings, NARROW, sayMoved, WIDE } from './crossingChart.js';
import { moveList } from './listMotion.js';

/** Titles the person has hidden on this page. */
const hidden = new Set();
/** Chosen by hand on this page: kept when a running list replaces the region. */
let chosen = null;

export function startDesk() {
  const region = document.querySelector('[data-region]');
  if (!region?.dataset.ranking) return;
  if (chosen !== null) {
    const slider = region.querySelector('.desk [data-importance]');
    if (slider) {
      slider.value = String(chosen);
      rerank(region, chosen, { isQuiet: true });
    }
  }
}

document.addEventListener('input', (event) => {
  const slider = event.target;
  const region = slider.closest?.('[data-region]');
  if (!region || !slider.matches('.desk [data-importance]')) return;
  chosen = Number(slider.value);
  rerank(region, chosen);
  const address = new URL(location.href);
  address.searchParams.set('importance', slider.value);
  address.hash = '';
  history.replaceState(history.state, '', address);
});

document.addEventListener('marquee:changed', ({ detail }) => {
  const region = document.querySelector('[data-region]');
  if (detail.action !== 'hide' || !region?.dataset.ranking) return;
  if (detail.isOn) hidden.add(detail.movieId);
  else hidden.delete(detail.movieId);
  rerank(region, importanceOf(region));
});

// A title under the pointer or with the focus is dark in the chart; else the first of the list.
for (const [enter, leave] of [
  ['pointerover', 'pointerout'],
  ['focusin', 'focusout'],
]) {
  document.addEventListener(enter, ({ target }) => {
    const movieId = titleAt(target);
    if (movieId) darken(movieId);
  });
  document.addEventListener(leave, ({ target, relatedTarget }) => {
    if (titleAt(target) && !titleAt(relatedTarget)) darken(firstOf(document.querySelector('[data-region]')));
  });
}

const titleAt = (element) =>
  element?.closest?.('[data-region] [data-title]')?.dataset.title ??
  element?.closest?.('[data-region] [data-line]')?.dataset.line;

const readRanking = (region) => {
  const ranking = JSON.parse(region.dataset.ranking);
  const candidates = ranking.candidates
    .map(([movieId, taste, fit, popularity]) => ({ movieId, taste, fit, popularity }))
    .filter(({ movieId }) => !hidden.has(movieId));
  return { ...ranking, candidates };
};

const importanceOf = (region) =>
  Number(
    region.querySelector('.desk [data-importance]')?.value ?? JSON.parse(region.dataset.ranking).importance,
  );

/** @param {HTMLElement} region @param {number} importance 0–100 */
function rerank(region, importance, { isQuiet = false } = {}) {
  const { candidates, k, kind, left } = readRanking(region);
  const list = region.querySelector('[data-list]');
  const items = () => [...list.querySelectorAll('[data-title]')];
  const ranked = rankByBlend(candidates, importance / 100, kind).slice(0, k);
  const place = new Map(ranked.map(({ movieId, score }, at) => [String(movieId), { rank: at + 1, score }]));
  const focused = document.activeElement;
  const change = () => placeTitles(list, items(), place);
  if (isQuiet) change();
  else moveList(items, change);
  // Moving an element in the page takes the focus from it.
  if (list.contains(focused) && !focused.closest('[hidden]')) focused.focus({ preventScroll: true });
  const slider = region.querySelector('.desk [data-importance]');
  slider?.setAttribute('aria-valuetext', `${importance} of 100`);
  const sentence = region.querySelector('[data-moved]');
  if (sentence) sentence.textContent = sayMoved(countMoved(candidates, importance, k, kind), left);
  for (const copy of document.querySelectorAll('[data-importance-copy]')) copy.value = String(importance);
  for (const auto of document.querySelectorAll('[data-auto-copy]')) auto.disabled = chosen !== null;
  redraw(region, candidates, { k, kind, importance });
}

function placeTitles(list, items, place) {
  for (const item of items) {
    const at = place.get(item.dataset.title);
    item.hidden = !at;
    if (!at) continue;
    item.querySelector('[data-rank]').textContent = String(at.rank);
    const score = item.querySelector('[data-score-value]');
    if (score) score.textContent = at.score.toFixed(1);
  }
  const rankOf = (item) => place.get(item.dataset.title)?.rank ?? Infinity;
  const ordered = [...items].sort((a, b) => rankOf(a) - rankOf(b) || 0);
  // Only what is out of place is moved, so that pictures and focus stay where they can.
  let before = null;
  for (const item of ordered.toReversed()) {
    if (item.nextElementSibling !== before) list.insertBefore(item, before);
    before = item;
  }
}

/** The lines stand still while the slider moves; they are drawn anew when a title was hidden. */
function redraw(region, candidates, list) {
  const nameOf = (movieId) =>
    region.querySelector(`[data-title="${movieId}"]`)?.querySelector('h3 a')?.textContent ?? '';
  for (const [size, shape] of [
    ['wide', WIDE],
    ['narrow', NARROW],
  ]) {
    const chart = region.querySelector(`[data-chart="${size}"]`);
    if (!chart) continue;
    const at = chart.querySelector('[data-at]');
    if (chart.dataset.hidden !== String(hidden.size)) {
      drawAnew(chart, drawCrossings(candidates, nameOf, list, shape));
      chart.dataset.hidden = String(hidden.size);
    }
    const left = Number(at.dataset.left);
    const x = String(left + (list.importance / 100) * (Number(at.dataset.right) - left));
    at.setAttribute('x1', x);
    at.setAttribute('x2', x);
    for (const dot of chart.querySelectorAll('circle')) dot.setAttribute('cx', x);
  }
  darken(firstOf(region));
}

const SVG = 'http://www.w3.org/2000/svg';

function drawAnew(chart, drawn) {
  const shape = (name, attributes, text = '') => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    element.textContent = text;
    return element;
  };
  chart.setAttribute('viewBox', `0 0 ${drawn.width} ${drawn.height}`);
  chart.querySelector('clipPath rect').setAttribute('height', String(drawn.bottom));
  const at = chart.querySelector('[data-at]');
  at.setAttribute('y2', String(drawn.height));
  chart
    .querySelector('[data-lines]')
    .replaceChildren(
      ...drawn.lines.map((line) => shape('path', { d: line.path, 'data-line': line.movieId })),
    );
  chart
    .querySelector('[data-dots]')
    .replaceChildren(...drawn.dots.map((dot) => shape('circle', { cx: dot.x, cy: dot.y, r: 4 })));
  chart.querySelector('[data-labels]').replaceChildren(
    ...drawn.labels.map((label) =>
      shape(
        'text',
        {
          class: `of-${label.side}`,
          x: label.x,
          y: label.y,
          'data-line': label.movieId,
          ...(label.side === 'words' ? { 'text-anchor': 'end' } : {}),
        },
        label.text,
      ),
    ),
  );
}

const firstOf = (region) => region?.querySelector('[data-list] [data-title]:not([hidden])')?.dataset.title;

function darken(movieId) {
  for (const line of document.querySelectorAll('[data-chart] [data-line]'))
    line.classList.toggle('on', line.dataset.line === movieId);
  // The last drawn lies on top.
  for (const lines of document.querySelectorAll('[data-lines]')) {
    const line = lines.querySelector(`[data-line="${movieId}"]`);
    if (line && line !== lines.lastElementChild) lines.append(line);
  }
}

startDesk();
