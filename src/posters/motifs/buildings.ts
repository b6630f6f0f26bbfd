import { num, type Point, circle, ellipse, rect, fillPath, line, polygon, repeat } from '../shapes.ts';
import { scene } from '../types.ts';
import { figure } from './figure.ts';

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

export const BUILDINGS = { stairs, columns, house, door, bars, stageCurtain };
