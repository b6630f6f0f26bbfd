import {
  circle,
  ellipse,
  fillPath,
  num,
  polar,
  rect,
  repeat,
  ring,
  starPoints,
  polygon,
  spokes,
} from '../shapes.ts';
import { scene, type Stage } from '../types.ts';

/** Loose points of light, for a night above anything. */
function stars({ w, h, c, random }: Stage, count: number, below = h): string {
  return repeat(count, () => {
    const y = random.between(8, below);
    return circle(random.between(8, w - 8), y, random.between(0.7, 2), c.ink);
  });
}

/** A planet with its moons on their rings, or one great planet that fills a corner. */
const space = scene((stage) => {
  const { w, h, u, c, random } = stage;
  const sky = stars(stage, 14);
  if (random.chance(0.4)) {
    const left = random.chance(0.5);
    const [x, y, r] = [left ? w * 0.18 : w * 0.84, h * random.between(0.5, 0.72), u * 0.52];
    const [mx, my] = [left ? w * 0.8 : w * 0.2, h * 0.22];
    return {
      art:
        sky +
        circle(x, y, r, c.shape) +
        ring(x, y, r + u * 0.07, c.detail, 1.5) +
        circle(mx, my, u * 0.07, c.accent),
    };
  }
  const [x, y] = [w * random.between(0.4, 0.6), h * random.between(0.45, 0.55)];
  const art = repeat(4, (i) => {
    const radius = u * (0.2 + i * 0.12);
    const [px, py] = polar(x, y, radius, random.between(0, 360));
    return (
      ring(x, y, radius, i === 2 ? c.shape : c.detail, i === 2 ? 5 : 1.5) +
      circle(px, py, u * random.between(0.014, 0.04), i % 2 ? c.ink : c.shape)
    );
  });
  return { art: sky + art + circle(x, y, u * 0.1, c.accent) };
});

/** A low sun over water or plain. */
const sun = scene(({ w, h, c, u, random }) => {
  const horizon = h * random.between(0.62, 0.82);
  const x = w * random.pick([0.3, 0.5, 0.5, 0.7]);
  const radius = u * random.between(0.24, 0.4);
  const plain = rect(0, horizon, w, h, c.shape);
  const way = random.whole(0, 3);
  if (way === 0) {
    const rays = spokes(
      x,
      horizon,
      16,
      radius * 1.15,
      radius * random.between(1.4, 2.4),
      c.detail,
      u * 0.03,
      11,
    );
    return { art: rays + circle(x, horizon, radius, c.accent) + plain, floor: c.shape };
  }
  if (way === 1) {
    const halos = repeat(3, (i) =>
      ring(x, horizon - radius * 0.4, radius * (1.3 + i * 0.32), c.detail, u * 0.022),
    );
    return { art: halos + circle(x, horizon - radius * 0.4, radius, c.accent) + plain, floor: c.shape };
  }
  if (way === 2) {
    const glints = repeat(5, (i) => rect(x - radius * (0.9 - i * 0.16), horizon + (h - horizon) * (0.12 + i * 0.17), radius * (1.8 - i * 0.32), u * 0.022, c.accent)); // prettier-ignore
    return { art: circle(x, horizon, radius, c.accent) + plain + glints, floor: c.shape };
  }
  const disc = circle(x, horizon - radius * 0.2, radius, c.accent);
  const cuts = repeat(4, (i) => rect(0, horizon - radius * 0.62 + i * radius * 0.17, w, radius * (0.03 + i * 0.022), c.ground)); // prettier-ignore
  return { art: disc + cuts + plain, floor: c.shape };
});

/** A crescent or a full moon, hills below. */
const moon = scene((stage) => {
  const { w, h, u, c, random } = stage;
  const [x, y, r] = [w * random.pick([0.34, 0.5, 0.66]), h * 0.36, u * random.between(0.22, 0.3)];
  const bite = random.pick([0, 0.5, 0.7, -0.5]);
  const hill = `M0 ${num(h * 0.86)}C${num(w * 0.3)} ${num(h * 0.7)} ${num(w * 0.6)} ${num(h * 0.98)} ${w} ${num(h * 0.8)}V${num(h)}H0Z`;
  const dark =
    bite === 0
      ? ellipse(x - r * 0.3, y - r * 0.2, r * 0.2, r * 0.2, c.detail)
      : circle(x + r * bite, y - r * 0.18, r * 0.92, c.ground);
  return {
    art: stars(stage, 14, h * 0.6) + circle(x, y, r, c.accent) + dark + fillPath(hill, c.shape),
    floor: c.shape,
  };
});

/** One big star, or a few falling. */
const star = scene(({ w, h, u, c, random }) => {
  const r = u * 0.36;
  const turn = random.between(-100, -80);
  return {
    art:
      polygon(starPoints(w / 2, h / 2, r * 1.15, r * 0.46, 5, turn), c.accent) +
      polygon(starPoints(w / 2, h / 2, r * 0.6, r * 0.24, 5, turn), c.shape),
  };
});

export const SKY = { space, sun, moon, star };
