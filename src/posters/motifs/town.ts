import { circle, ellipse, fillPath, line, num, polygon, rect, repeat, type Point } from '../shapes.ts';
import { scene, type Stage } from '../types.ts';

/** A small standing person, feet at (x, y). */
export const figure = (x: number, y: number, size: number, fill: string): string =>
  circle(x, y - size * 0.87, size * 0.13, fill) +
  fillPath(
    `M${num(x - size * 0.17)} ${num(y - size * 0.68)}h${num(size * 0.34)}l${num(-size * 0.05)} ${num(size * 0.68)}h${num(-size * 0.09)}l${num(-size * 0.03)} ${num(-size * 0.3)}l${num(-size * 0.03)} ${num(size * 0.3)}h${num(-size * 0.09)}Z`,
    fill,
  );

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

/** Steps up the page, someone on one of them. */
const stairs = scene(({ w, h, c, random }) => {
  const count = random.whole(5, 8);
  const isRising = random.chance(0.5);
  const [stepX, stepY] = [w / count, (h * 0.72) / count];
  const points: Point[] = [];
  for (let i = 0; i < count; i++)
    points.push([i * stepX, h - (i + 1) * stepY], [(i + 1) * stepX, h - (i + 1) * stepY]);
  const body = `M0 ${num(h + 1)}L${points.map(([x, y]) => `${num(x)} ${num(y)}`).join('L')}V${num(h + 1)}Z`;
  const shade = repeat(count, (i) => rect(i * stepX, h - (i + 1) * stepY, stepX * 0.16, h, c.detail));
  const on = random.whole(1, count - 2);
  const person = figure((on + 0.55) * stepX, h - (on + 1) * stepY, Math.min(h * 0.16, stepX * 1.4), c.accent);
  const art = fillPath(body, c.shape) + shade + person;
  return { art: isRising ? art : `<g transform="translate(${num(w)} 0)scale(-1 1)">${art}</g>` };
});

/** The front of a court: columns under a gable. */
const columns = scene(({ w, h, c, random }) => {
  const count = random.whole(4, 6);
  const left = w * 0.1;
  const gap = (w * 0.8) / count;
  const top = h * 0.36;
  const pillars = repeat(count, (i) => {
    const x = left + i * gap + gap * 0.22;
    const fill = i === count >> 1 && random.chance(0.6) ? c.accent : c.shape;
    return (
      rect(x, top + 16, gap * 0.56, h * 0.86 - top - 16, fill) +
      rect(x + gap * 0.14, top + 16, gap * 0.07, h * 0.86 - top - 16, c.ground) +
      rect(x + gap * 0.34, top + 16, gap * 0.07, h * 0.86 - top - 16, c.ground)
    );
  });
  const gable =
    polygon(
      [
        [w * 0.04, top - 8],
        [w / 2, h * 0.1],
        [w * 0.96, top - 8],
      ],
      c.shape,
    ) +
    circle(w / 2, h * 0.26, h * 0.055, c.accent) +
    rect(w * 0.06, top - 3, w * 0.88, 12, c.shape);
  return {
    art:
      gable +
      pillars +
      rect(w * 0.06, h * 0.87, w * 0.88, h * 0.05, c.shape) +
      rect(0, h * 0.935, w, h, c.shape),
    floor: c.shape,
  };
});

/** A house alone on a hill, one window lit. */
const house = scene(({ w, h, u, c, random }) => {
  const x = w * random.between(0.34, 0.66);
  const y = h * 0.66;
  const s = u * 0.2;
  const tall = random.chance(0.5);
  const top = tall ? y - s * 2 : y - s * 1.1;
  const walls = polygon(
    [
      [x - s, y + s * 0.6],
      [x - s, top],
      [x, top - s * 0.9],
      [x + s, top],
      [x + s, y + s * 0.6],
    ],
    c.shape,
  );
  const tower = tall
    ? polygon(
        [
          [x + s * 0.5, y],
          [x + s * 0.5, top - s],
          [x + s * 0.85, top - s * 1.7],
          [x + s * 1.2, top - s],
          [x + s * 1.2, y + s * 0.6],
        ],
        c.shape,
      )
    : rect(x + s * 0.45, top - s * 0.9, s * 0.26, s * 0.9, c.shape);
  const windows = [
    [-0.55, 0.3],
    [0.15, 0.3],
    ...(tall
      ? [
          [-0.55, 1.1],
          [0.15, 1.1],
        ]
      : []),
  ]
    .map(([dx = 0, dy = 0], i) =>
      rect(x + dx * s, top + dy * s, s * 0.36, s * 0.48, i === 1 ? c.accent : c.ground),
    )
    .join('');
  const hill = fillPath(
    `M0 ${num(h * 0.9)}Q${num(x)} ${num(h * 0.5)} ${num(w)} ${num(h * 0.92)}V${num(h + 1)}H0Z`,
    c.shape,
  );
  return {
    art:
      circle(w - x * 0.6, h * 0.24, u * random.between(0.1, 0.2), c.detail) + walls + tower + windows + hill,
    floor: c.shape,
  };
});

/** A door of light and a long shadow. */
const door = scene(({ w, h, c, random }) => {
  const x = w * random.between(0.35, 0.65);
  const [width, top, foot] = [w * 0.17, h * 0.2, h * 0.7];
  const spread = random.between(-0.3, 0.3) * w;
  const light = polygon(
    [
      [x - width / 2, foot],
      [x + width / 2, foot],
      [x + width * 1.5 + spread, h + 1],
      [x - width * 1.5 + spread, h + 1],
    ],
    c.accent,
  );
  const person = figure(x, foot + 6, (foot - top) * 0.68, c.shape === c.accent ? c.ink : c.shape);
  const shadow = polygon(
    [
      [x - 9, foot + 6],
      [x + 9, foot + 6],
      [x + 26 + spread, h + 1],
      [x - 26 + spread, h + 1],
    ],
    c.shape,
  );
  return {
    art:
      rect(0, foot, w, h, c.detail) +
      rect(x - width / 2, top, width, foot - top, c.accent) +
      light +
      shadow +
      person,
  };
});

/** Bars with a hand's breadth between, one of them bent or gone. */
const bars = scene(({ w, h, u, c, random }) => {
  const count = random.whole(5, 7);
  const gone = random.whole(1, count - 2);
  const gap = w / count;
  const rods = repeat(count, (i) => {
    const x = (i + 0.5) * gap;
    return i === gone
      ? line(
          `M${num(x)} -2V${num(h * 0.2)}Q${num(x - gap * 0.85)} ${num(h * 0.5)} ${num(x)} ${num(h * 0.8)}V${num(h + 2)}`,
          c.shape,
          gap * 0.3,
        )
      : rect(x - gap * 0.15, -2, gap * 0.3, h + 4, c.shape);
  });
  return { art: circle((w * (gone + 0.62)) / count, h * 0.48, u * 0.2, c.accent) + rods };
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

/** A curtain that opens on a spot of light. */
const stageCurtain = scene(({ w, h, c, random }) => {
  const open = w * random.between(0.14, 0.22);
  const drape = (flip: boolean): string => {
    const folds = repeat(4, (i) => {
      const x = (i * (w / 2 - open)) / 4;
      const width = (w / 2 - open) / 4;
      return fillPath(
        `M${num(x)} 0h${num(width + 0.5)}Q${num(x + width * 1.3)} ${num(h * 0.6)} ${num(x * 0.66 + width * 0.8)} ${num(h * 0.93)}H${num(x * 0.66)}Q${num(x + width * 0.1)} ${num(h * 0.5)} ${num(x)} 0Z`,
        i % 2 ? c.detail : c.shape,
      );
    });
    return flip ? `<g transform="translate(${num(w)} 0)scale(-1 1)">${folds}</g>` : folds;
  };
  const scallops = repeat(6, (i) => circle(((i + 0.5) * w) / 6, 0, w / 11, c.shape));
  return {
    art:
      polygon(
        [
          [w * 0.44, 0],
          [w * 0.56, 0],
          [w * 0.74, h * 0.9],
          [w * 0.26, h * 0.9],
        ],
        c.accent,
      ) +
      ellipse(w / 2, h * 0.9, w * 0.24, h * 0.04, c.accent) +
      figure(w / 2, h * 0.9, h * 0.3, c.ground === c.accent ? c.ink : c.ground) +
      drape(false) +
      drape(true) +
      scallops,
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

export const TOWN = { skyline, road, stairs, columns, house, door, bars, bridge, stageCurtain, train };
