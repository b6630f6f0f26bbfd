import { circle, fillPath, num } from '../shapes.ts';

/** A small standing person, feet at (x, y). */
export const figure = (x: number, y: number, size: number, fill: string): string =>
  circle(x, y - size * 0.87, size * 0.13, fill) +
  fillPath(
    `M${num(x - size * 0.17)} ${num(y - size * 0.68)}h${num(size * 0.34)}l${num(-size * 0.05)} ${num(size * 0.68)}h${num(-size * 0.09)}l${num(-size * 0.03)} ${num(-size * 0.3)}l${num(-size * 0.03)} ${num(size * 0.3)}h${num(-size * 0.09)}Z`,
    fill,
  );
