import { circle, faded, fillPath, line, num, polar, repeat, ring } from '../shapes.ts';
import { object, pattern } from '../types.ts';

/** Two circles that share a part. */
const circles = object(({ w, h, u, c, random }) => {
  const [x, y, way] = [w / 2, h / 2, random.whole(0, 5)];
  const over = (content: string): string => faded(0.86, content);
  if (way === 0) {
    const r = u * 0.27;
    return circle(x, y - r * 0.62, r, c.shape) + over(circle(x, y + r * 0.62, r, c.accent));
  }
  if (way === 1) {
    const r = Math.max(w, h) * 0.42;
    return circle(w * 0.08, y - r * 0.2, r, c.shape) + over(circle(w * 0.92, y + r * 0.25, r, c.accent));
  }
  if (way === 2) {
    const r = u * 0.38;
    return circle(x, y, r, c.shape) + over(circle(x + r * 0.34, y + r * 0.3, r * 0.5, c.accent));
  }
  if (way === 3) {
    const r = u * 0.23;
    const [one, two, three] = [-90, 30, 150].map((angle) =>
      polar(x, y, r * 0.72, angle + random.between(-12, 12)),
    );
    return (
      circle(...one!, r, c.shape) + over(circle(...two!, r, c.accent)) + over(circle(...three!, r, c.detail))
    );
  }
  const r = u * random.between(0.26, 0.32);
  const gap = r * random.between(0.5, 0.9);
  const slope = random.pick([0, 0.35, -0.35]) * r;
  const lens =
    way === 4
      ? ring(x + gap, y - slope, r, c.accent, u * 0.02)
      : over(circle(x + gap, y - slope, r, c.accent));
  return circle(x - gap, y + slope, r, c.shape) + lens;
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
  return slats + circle(w * random.between(0.3, 0.7), h * random.between(0.3, 0.6), u * 0.17, c.accent);
});

export const ABSTRACT = { circles, spiral, blinds };
