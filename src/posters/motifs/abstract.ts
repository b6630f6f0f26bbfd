import { circle, faded, fillPath, line, num, polar, rect, repeat } from '../shapes.ts';
import { object, pattern } from '../types.ts';

/** Two circles that share a part. */
const circles = object(({ w, h, u, c, random }) => {
  const r = u * random.between(0.28, 0.34);
  const gap = r * random.between(0.5, 0.75);
  const slope = random.pick([0, 0, 0.35, -0.35]) * r;
  return (
    circle(w / 2 - gap, h / 2 + slope, r, c.shape) +
    faded(0.86, circle(w / 2 + gap, h / 2 - slope, r, c.accent))
  );
});

/** A spiral that draws in. */
const spiral = object(({ w, h, u, c, random }) => {
  const turns = random.between(4, 6);
  const sign = random.sign();
  const start = random.between(0, 360);
  const steps = Math.round(turns * 12);
  const points = Array.from({ length: steps }, (_, i) =>
    polar(w / 2, h / 2, (u * 0.5 * i) / steps, start + sign * i * 30),
  );
  const d = points
    .map(([x, y], i) =>
      i ? `T${num(x)} ${num(y)}` : `M${num(x)} ${num(y)}Q${num(x)} ${num(y)} ${num(x)} ${num(y)}`,
    )
    .join('');
  return line(d, c.shape, (u * 0.26) / turns, 'round') + circle(w / 2, h / 2, u * 0.045, c.accent);
});

/** Slats of a blind with a light behind. */
const blinds = pattern(({ w, h, u, c, random }) => {
  const tilt = random.between(-26, 26);
  const step = h / random.whole(9, 13);
  const slats = repeat(Math.ceil(h / step) + 2, (i) => {
    const y = (i - 0.6) * step;
    return fillPath(
      `M0 ${num(y - tilt / 2)}L${num(w)} ${num(y + tilt / 2)}v${num(step * 0.5)}L0 ${num(y - tilt / 2 + step * 0.5)}Z`,
      c.shape,
    );
  });
  return (
    slats +
    circle(w * random.between(0.3, 0.7), h * random.between(0.3, 0.6), u * 0.17, c.accent) +
    rect(0, 0, 0, 0, c.ground)
  );
});

export const ABSTRACT = { circles, spiral, blinds };
