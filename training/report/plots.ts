import { escapeXml } from '../../src/posters/escapeXml.ts';

const WIDTH = 640;
const LABEL_HEIGHT = 14;
const MARGIN = { left: 56, right: 16, top: 12, bottom: 40 };

type Scale = (value: number) => number;

const linear =
  (from: number, to: number, start: number, end: number): Scale =>
  (value) =>
    start + ((value - from) / (to - from || 1)) * (end - start);

/** Round steps that cover a range, about `wanted` of them. */
function ticksBetween(low: number, high: number, wanted = 5): number[] {
  const rough = (high - low) / wanted || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const steps = [1, 2, 5, 10].map((factor) => factor * power);
  const step = steps.reduce((a, b) =>
    Math.abs(Math.log(b / rough)) < Math.abs(Math.log(a / rough)) ? b : a,
  );
  const ticks: number[] = [];
  for (let at = Math.ceil(low / step); at * step <= high + step * 1e-9; at++) ticks.push(at * step);
  return ticks;
}

const short = (value: number): string => String(Number(value.toPrecision(4)));

const text = (x: number, y: number, content: string, anchor: 'start' | 'middle' | 'end', kind = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}"${kind && ` class="${kind}"`}>${escapeXml(content)}</text>`;

const line = (x1: number, y1: number, x2: number, y2: number, kind: string): string =>
  `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" class="${kind}"/>`;

const dot = (x: number, y: number, kind: string, title: string): string =>
  `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="4" class="${kind}"><title>${escapeXml(title)}</title></circle>`;

const svg = (height: number, label: string, body: string[]): string =>
  `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeXml(label)}">${body.join('')}</svg>`;

function padded(values: number[]): [low: number, high: number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  return [low - room, high + room];
}

interface Axes {
  x: Scale;
  y: Scale;
  parts: string[];
}

function axes(
  height: number,
  xRange: [number, number],
  yRange: [number, number],
  names: { x: string; y: string; xTicks?: [place: number, label: string][] },
): Axes {
  const bottom = height - MARGIN.bottom;
  const x = linear(...xRange, MARGIN.left, WIDTH - MARGIN.right);
  const y = linear(...yRange, bottom, MARGIN.top);
  const xTicks = names.xTicks ?? ticksBetween(...xRange).map((tick): [number, string] => [tick, short(tick)]);
  const parts = [
    ...ticksBetween(...yRange).flatMap((tick) => [
      line(MARGIN.left, y(tick), WIDTH - MARGIN.right, y(tick), 'grid'),
      text(MARGIN.left - 6, y(tick) + 4, short(tick), 'end'),
    ]),
    ...xTicks.map(([tick, label]) => text(x(tick), bottom + 16, label, 'middle')),
    text((MARGIN.left + WIDTH) / 2, height - 6, names.x, 'middle', 'name'),
    `<text transform="translate(12 ${(bottom + MARGIN.top) / 2}) rotate(-90)" text-anchor="middle" class="name">${escapeXml(names.y)}</text>`,
  ];
  return { x, y, parts };
}

/** A measure against λ, λ on a logarithmic axis. */
export function curvePlot(points: { lambda: number; value: number }[], measure: string): string {
  const at = points.map(({ lambda, value }) => ({ place: Math.log10(lambda), lambda, value }));
  const { x, y, parts } = axes(
    260,
    padded(at.map(({ place }) => place)),
    padded(at.map(({ value }) => value)),
    { x: 'λ', y: measure, xTicks: spacedTicks(at.map(({ place, lambda }) => [place, String(lambda)])) },
  );
  const path = at.map(({ place, value }) => `${x(place).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  return svg(260, `${measure} against λ`, [
    ...parts,
    `<polyline points="${path}" class="curve"/>`,
    ...at.map(({ place, value, lambda }) =>
      dot(x(place), y(value), 'point', `λ ${lambda}: ${value.toFixed(4)}`),
    ),
  ]);
}

/** Labels that would run into the one before them are left out. */
function spacedTicks(ticks: [number, string][]): [number, string][] {
  const span = ticks.at(-1)![0] - ticks[0]![0] || 1;
  let last = -Infinity;
  return ticks.filter(([place]) => {
    if ((place - last) / span < 0.06) return false;
    last = place;
    return true;
  });
}

/** One labelled point for each row. */
export function scatterPlot(
  points: { label: string; x: number; y: number; isGolden: boolean }[],
  names: { x: string; y: string },
): string {
  const { x, y, parts } = axes(
    320,
    padded(points.map((point) => point.x)),
    padded(points.map((point) => point.y)),
    names,
  );
  const labelled = points
    .map((point) => ({ ...point, left: x(point.x), top: y(point.y), labelTop: y(point.y) }))
    .sort((a, b) => a.top - b.top);
  // Rows lie close together: labels stand in a column beside them, each below the one above, led to by a line.
  labelled.forEach((point, at) => {
    const above = labelled[at - 1];
    if (above && point.labelTop - above.labelTop < LABEL_HEIGHT)
      point.labelTop = above.labelTop + LABEL_HEIGHT;
  });
  const isLeft = (point: { left: number }) => point.left < (MARGIN.left + WIDTH) / 2;
  const leftColumn = Math.max(...labelled.filter(isLeft).map(({ left }) => left)) + 28;
  const rightColumn = Math.min(...labelled.filter((point) => !isLeft(point)).map(({ left }) => left)) - 28;
  return svg(320, `${names.y} against ${names.x}`, [
    ...parts,
    ...labelled.map((point) =>
      line(point.left, point.top, isLeft(point) ? leftColumn - 4 : rightColumn + 4, point.labelTop, 'leader'),
    ),
    ...labelled.flatMap((point) => [
      dot(
        point.left,
        point.top,
        point.isGolden ? 'golden' : 'point',
        `${point.label}: ${short(point.x)}, ${short(point.y)}`,
      ),
      isLeft(point)
        ? text(leftColumn, point.labelTop + 4, point.label, 'start')
        : text(rightColumn, point.labelTop + 4, point.label, 'end'),
    ]),
  ]);
}

/** Means with their intervals, one row below the other; published values as crosses. */
export function intervalPlot(
  rows: { label: string; value: number; interval?: [number, number]; isGolden: boolean }[],
  measure: string,
): string {
  const left = 210;
  const height = rows.length * 24 + 48;
  const [low, high] = padded(rows.flatMap(({ value, interval }) => [value, ...(interval ?? [])]));
  const x = linear(low, high, left, WIDTH - MARGIN.right);
  return svg(height, `${measure} with 95 % intervals`, [
    ...ticksBetween(low, high).flatMap((tick) => [
      line(x(tick), 8, x(tick), height - 36, 'grid'),
      text(x(tick), height - 22, short(tick), 'middle'),
    ]),
    ...rows.flatMap(({ label, value, interval, isGolden }, at) => {
      const y = 20 + at * 24;
      const kind = interval ? (isGolden ? 'golden' : 'point') : 'published';
      return [
        text(left - 10, y + 4, label, 'end'),
        interval ? line(x(interval[0]), y, x(interval[1]), y, `whisker ${kind}`) : '',
        dot(x(value), y, kind, `${label}: ${value.toFixed(4)}`),
      ];
    }),
    text((left + WIDTH) / 2, height - 4, measure, 'middle', 'name'),
  ]);
}

/** Bars in groups: one group for each kind of person, one bar for each row. */
export function groupPlot(
  groups: { label: string; values: number[] }[],
  labels: string[],
  measure: string,
): string {
  const height = 280;
  const highest = Math.max(1e-9, ...groups.flatMap(({ values }) => values));
  const { x, y, parts } = axes(height, [0, groups.length], [0, highest * 1.05], {
    x: 'ratings known of the person',
    y: measure,
    xTicks: groups.map(({ label }, at) => [at + 0.5, label]),
  });
  const width = (0.8 * (x(1) - x(0))) / labels.length;
  const bars = groups.flatMap(({ values }, group) =>
    values.map((value, at) => {
      const start = x(group + 0.1) + at * width;
      return `<rect x="${start.toFixed(1)}" y="${y(value).toFixed(1)}" width="${(width * 0.9).toFixed(1)}" height="${(y(0) - y(value)).toFixed(1)}" class="series${at % 6}"><title>${escapeXml(`${labels[at]}: ${value.toFixed(4)}`)}</title></rect>`;
    }),
  );
  return svg(height, `${measure} by how many ratings are known`, [...parts, ...bars]);
}
