import { num, circle, rect, line, polygon, repeat } from '../shapes.ts';
import { scene, type Stage } from '../types.ts';

/** Towers against the sky with a few lit windows. */
const skyline = scene(({ w, h, u, c, random }) => {
  const tower = (x: number, width: number, top: number, fill: string): string => {
    const crown = random.pick([0, 0, 1, 2]);
    const tip =
      crown === 1
        ? polygon(
            [
              [x, top],
              [x + width / 2, top - width * 0.5],
              [x + width, top],
            ],
            fill,
          )
        : crown === 2
          ? rect(x + width / 2 - 1.5, top - 26, 3, 28, fill)
          : '';
    return tip + rect(x, top, width + 0.6, h - top + 1, fill);
  };
  const row = (count: number, high: number, low: number, fill: string): string =>
    repeat(count, (i) => tower((i * w) / count, w / count, random.between(high, low), fill));
  const windows = repeat(16, () =>
    rect(
      Math.round(random.between(4, w - 12) / 14) * 14,
      h * 0.7 + Math.round(random.between(0, h * 0.24) / 16) * 16,
      6,
      9,
      c.accent,
    ),
  );
  return {
    art:
      circle(
        w * random.between(0.2, 0.8),
        h * random.between(0.2, 0.4),
        u * random.between(0.12, 0.22),
        c.accent,
      ) +
      row(9, h * 0.3, h * 0.56, c.detail) +
      row(7, h * 0.5, h * 0.74, c.shape) +
      windows,
    floor: c.shape,
  };
});

/** A road that runs to the horizon. */
const road = scene(({ w, h, u, c, random }) => {
  const horizon = h * random.between(0.4, 0.55);
  const x = w * random.between(0.3, 0.7);
  const foot = w * 0.5 + (x - w * 0.5) * -0.3;
  const edge = (y: number, side: number): number => {
    const t = (y - horizon) / (h - horizon);
    return x + (foot - x) * t + side * w * 0.44 * t;
  };
  const dashes = repeat(5, (i) => {
    const [from, to] = [(i / 5) ** 1.8, ((i + 0.5) / 5) ** 1.8].map((t) => horizon + t * (h - horizon)) as [
      number,
      number,
    ];
    return polygon(
      [
        [edge(from, -0.04), from],
        [edge(from, 0.04), from],
        [edge(to, 0.04), to],
        [edge(to, -0.04), to],
      ],
      c.accent,
    );
  });
  const plain = rect(0, horizon, w, h, c.detail);
  return {
    art:
      circle(x, horizon - u * 0.02, u * random.between(0.16, 0.3), c.accent) +
      plain +
      polygon(
        [
          [x - 2, horizon],
          [x + 2, horizon],
          [edge(h + 1, 1), h + 1],
          [edge(h + 1, -1), h + 1],
        ],
        c.shape,
      ) +
      dashes,
  };
});

/** A hanging bridge. */
const bridge = scene(({ w, h, u, c, random }) => {
  const deck = h * 0.7;
  const [a, b] = [w * 0.26, w * 0.82];
  const top = h * 0.16;
  const pylon = (x: number): string =>
    rect(x - 9, top, 5, h, c.shape) +
    rect(x + 4, top, 5, h, c.shape) +
    rect(x - 9, top + 12, 18, 6, c.shape) +
    rect(x - 9, h * 0.42, 18, 6, c.shape);
  const cable = `M${num(-w * 0.1)} ${num(deck * 0.8)}L${num(a)} ${num(top)}Q${num((a + b) / 2)} ${num(deck * 1.3)} ${num(b)} ${num(top)}L${num(w * 1.2)} ${num(deck * 0.8)}`;
  const hangers = repeat(10, (i) => {
    const t = (i + 1) / 11;
    const x = a + (b - a) * t;
    const y = top * ((1 - t) ** 2 + t * t) + 2 * t * (1 - t) * deck * 1.3;
    return `M${num(x)} ${num(y)}V${num(deck)}`;
  });
  const art =
    circle(w * random.between(0.4, 0.65), h * 0.34, u * random.between(0.14, 0.24), c.accent) +
    line(cable, c.shape, 5) +
    line(hangers, c.shape, 2.5) +
    pylon(a) +
    pylon(b) +
    rect(0, deck, w, 13, c.shape) +
    rect(0, h * 0.9, w, h, c.shape);
  return {
    art: random.chance(0.5) ? art : `<g transform="translate(${num(w)} 0)scale(-1 1)">${art}</g>`,
    floor: c.shape,
  };
});

/** A railway to the horizon, or the face of a locomotive. */
const train = scene((stage: Stage) => {
  const { w, h, u, c, random } = stage;
  const x = w / 2;
  if (random.chance(0.55)) {
    const r = u * 0.3;
    const y = h * 0.52;
    const plough = polygon(
      [
        [x - r * 1.1, h * 0.82],
        [x + r * 1.1, h * 0.82],
        [x + r * 1.5, h + 1],
        [x - r * 1.5, h + 1],
      ],
      c.shape,
    );
    const slats = repeat(5, (i) =>
      line(
        `M${num(x + (i - 2) * r * 0.36)} ${num(h * 0.84)}L${num(x + (i - 2) * r * 0.55)} ${num(h)}`,
        c.ground,
        3,
      ),
    );
    const smoke = repeat(4, (i) =>
      circle(x + (i + 0.4) * u * 0.11, h * 0.1 - i * u * 0.02, u * (0.05 + i * 0.024), c.detail),
    );
    return {
      art:
        smoke +
        rect(x - r * 0.2, y - r * 1.5, r * 0.4, r, c.shape) +
        circle(x, y, r, c.shape) +
        circle(x, y, r * 0.78, c.detail) +
        circle(x, y, r * 0.68, c.shape) +
        rect(x - r * 1.15, y + r * 0.55, r * 2.3, r * 0.36, c.accent) +
        circle(x, y - r * 0.1, r * 0.3, c.accent) +
        plough +
        slats,
    };
  }
  const horizon = h * 0.4;
  const rail = (side: number): string =>
    polygon(
      [
        [x + side * 3, horizon],
        [x + side * 5, horizon],
        [x + side * w * 0.4, h + 1],
        [x + side * w * 0.33, h + 1],
      ],
      c.shape,
    );
  const sleepers = repeat(8, (i) => {
    const t = ((i + 0.6) / 8) ** 1.9;
    const half = 8 + t * w * 0.42;
    return rect(x - half, horizon + t * (h - horizon), half * 2, 2 + t * 15, c.detail);
  });
  return {
    art:
      circle(x, horizon - 4, u * random.between(0.14, 0.26), c.accent) +
      rect(0, horizon, w, 3, c.shape) +
      sleepers +
      rail(-1) +
      rail(1),
  };
});

export const TOWN = { skyline, road, bridge, train };
