/** Short words for SVG, so that a motif reads as a drawing. All numbers are poster units; colours are hex strings. */

/** At most one decimal: a tenth of a unit is below what an eye sees at any size a poster is shown. */
export function num(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export type Point = readonly [x: number, y: number];

export const at = (x: number, y: number): string => `${num(x)} ${num(y)}`;

/** The point at an angle (degrees, clockwise from the right) and distance from a centre. */
export function polar(x: number, y: number, radius: number, degrees: number): Point {
  const angle = (degrees * Math.PI) / 180;
  return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
}

export const circle = (x: number, y: number, radius: number, fill: string): string =>
  `<circle cx="${num(x)}" cy="${num(y)}" r="${num(radius)}" fill="${fill}"/>`;

export const ellipse = (x: number, y: number, rx: number, ry: number, fill: string): string =>
  `<ellipse cx="${num(x)}" cy="${num(y)}" rx="${num(rx)}" ry="${num(ry)}" fill="${fill}"/>`;

export const ring = (x: number, y: number, radius: number, colour: string, width: number): string =>
  `<circle cx="${num(x)}" cy="${num(y)}" r="${num(radius)}" fill="none" stroke="${colour}" stroke-width="${num(width)}"/>`;

export const rect = (x: number, y: number, width: number, height: number, fill: string, round = 0): string =>
  `<rect x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}"${round ? ` rx="${num(round)}"` : ''} fill="${fill}"/>`;

export const fillPath = (d: string, fill: string): string => `<path d="${d}" fill="${fill}"/>`;

/** A path with holes where outlines overlap. */
export const holedPath = (d: string, fill: string): string =>
  `<path d="${d}" fill="${fill}" fill-rule="evenodd"/>`;

export const line = (d: string, colour: string, width: number, cap: 'butt' | 'round' = 'butt'): string =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${num(width)}"${cap === 'round' ? ' stroke-linecap="round" stroke-linejoin="round"' : ''}/>`;

const polygonPath = (points: readonly Point[]): string => `M${points.map(([x, y]) => at(x, y)).join('L')}Z`;

export const polygon = (points: readonly Point[], fill: string): string =>
  fillPath(polygonPath(points), fill);

/** A circle as a path, for holes. */
export const circlePath = (x: number, y: number, radius: number): string =>
  `M${at(x - radius, y)}a${num(radius)} ${num(radius)} 0 1 0 ${num(2 * radius)} 0a${num(radius)} ${num(radius)} 0 1 0 ${num(-2 * radius)} 0Z`;

const group = (transform: string, content: string): string => `<g transform="${transform}">${content}</g>`;

export const rotated = (degrees: number, x: number, y: number, content: string): string =>
  group(`rotate(${num(degrees)} ${at(x, y)})`, content);

export const faded = (opacity: number, content: string): string => `<g opacity="${opacity}">${content}</g>`;

/** Joins what a count of steps draws. */
export function repeat(count: number, draw: (step: number) => string): string {
  let all = '';
  for (let step = 0; step < count; step++) all += draw(step);
  return all;
}

/** A star or burst: points alternating between two radii. */
export function starPoints(
  x: number,
  y: number,
  outer: number,
  inner: number,
  rays: number,
  turn = -90,
): Point[] {
  return Array.from({ length: rays * 2 }, (_, i) =>
    polar(x, y, i % 2 ? inner : outer, turn + (i * 180) / rays),
  );
}

/** Strokes that stand out from a centre, as one path: the marks of a dial, the rays of a lamp. */
export function spokes(
  x: number,
  y: number,
  count: number,
  from: number,
  to: number,
  colour: string,
  width: number,
  turn = 0,
  sweep = 360,
): string {
  const strokes = repeat(count, (i) => {
    const angle = turn + (i * sweep) / count;
    return `M${at(...polar(x, y, from, angle))}L${at(...polar(x, y, to, angle))}`;
  });
  return line(strokes, colour, width);
}
