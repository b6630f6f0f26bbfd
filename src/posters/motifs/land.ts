import { circle, fillPath, line, num, polygon, rect, repeat, ring, type Point } from '../shapes.ts';
import { scene, type Stage } from '../types.ts';

/** A ridge from edge to edge, closed at the foot of the page. */
function ridge(w: number, h: number, heights: readonly number[], fill: string, isSharp: boolean): string {
  const step = w / (heights.length - 1);
  const points = heights.map((y, i): Point => [i * step, y]);
  if (isSharp) return polygon([...points, [w, h + 1], [0, h + 1]], fill);
  const curve = points.slice(1).map(([x, y], i) => {
    const before = points[i] as Point;
    return `C${num(before[0] + step / 2)} ${num(before[1])} ${num(x - step / 2)} ${num(y)} ${num(x)} ${num(y)}`;
  });
  return fillPath(`M0 ${num(heights[0] ?? h)}${curve.join('')}V${num(h + 1)}H0Z`, fill);
}

const someHeights = ({ random }: Stage, count: number, high: number, low: number): number[] =>
  Array.from({ length: count }, () => random.between(high, low));

/** Swells, one behind the other; sometimes one great wave. */
const sea = scene((stage) => {
  const { w, h, u, c, random } = stage;
  if (random.chance(0.4)) {
    const flip = random.chance(0.5) ? ` transform="translate(${num(w)} 0)scale(-1 1)"` : '';
    const d = `M0 ${num(h * 0.4)}C${num(w * 0.24)} ${num(h * 0.02)} ${num(w * 0.74)} ${num(h * 0.04)} ${num(w * 0.82)} ${num(h * 0.46)}C${num(w * 0.66)} ${num(h * 0.28)} ${num(w * 0.46)} ${num(h * 0.42)} ${num(w * 0.56)} ${num(h * 0.66)}C${num(w * 0.64)} ${num(h * 0.82)} ${num(w * 0.84)} ${num(h * 0.82)} ${num(w)} ${num(h * 0.74)}V${num(h + 1)}H0Z`;
    const foam = `M${num(w * 0.04)} ${num(h * 0.5)}C${num(w * 0.2)} ${num(h * 0.2)} ${num(w * 0.5)} ${num(h * 0.12)} ${num(w * 0.64)} ${num(h * 0.24)}M${num(w * 0.1)} ${num(h * 0.62)}C${num(w * 0.2)} ${num(h * 0.4)} ${num(w * 0.34)} ${num(h * 0.28)} ${num(w * 0.48)} ${num(h * 0.3)}`;
    return {
      art:
        circle(w * 0.8, h * 0.2, u * 0.08, c.accent) +
        `<g${flip}>${fillPath(d, c.shape)}${line(foam, c.detail, 5, 'round')}</g>`,
      floor: c.shape,
    };
  }
  const swell = (y: number, size: number, shift: number, fill: string): string => {
    const length = w / 3;
    const arcs = repeat(
      5,
      (i) =>
        `${i ? '' : `M${num(shift - length)} ${num(y)}`}q${num(length / 4)} ${num(-size)} ${num(length / 2)} 0t${num(length / 2)} 0`,
    );
    return fillPath(`${arcs}V${num(h + 1)}H0Z`, fill);
  };
  const top = h * random.between(0.42, 0.6);
  const layers = repeat(4, (i) =>
    swell(
      top + i * (h - top) * 0.25,
      u * 0.09,
      random.between(-60, 0),
      [c.detail, c.accent, c.detail, c.shape][i] ?? c.shape,
    ),
  );
  return {
    art: circle(w * random.between(0.25, 0.75), top - u * 0.16, u * 0.15, c.accent) + layers,
    floor: c.shape,
  };
});

/** Dunes with a lit and a dark side, a small sun. */
const desert = scene((stage) => {
  const { w, h, u, c, random } = stage;
  const x = w * random.between(0.25, 0.75);
  const crest = h * random.between(0.42, 0.56);
  const lit = fillPath(
    `M0 ${num(h * 0.82)}C${num(x * 0.5)} ${num(h * 0.78)} ${num(x * 0.8)} ${num(crest)} ${num(x)} ${num(crest)}C${num(x + w * 0.1)} ${num(crest)} ${num(w * 0.8)} ${num(h * 0.76)} ${num(w)} ${num(h * 0.7)}V${num(h + 1)}H0Z`,
    c.shape,
  );
  const dark = fillPath(
    `M${num(x)} ${num(crest)}C${num(x - w * 0.12)} ${num(h * 0.66)} ${num(x + w * 0.2)} ${num(h * 0.76)} ${num(x + w * 0.04)} ${num(h + 1)}H0V${num(h * 0.82)}C${num(x * 0.5)} ${num(h * 0.78)} ${num(x * 0.8)} ${num(crest)} ${num(x)} ${num(crest)}Z`,
    c.detail,
  );
  const walker = random.chance(0.5)
    ? rect(x + 30, crest + h * 0.09, 3, 13, c.ink) + circle(x + 31.5, crest + h * 0.09 - 3, 2.6, c.ink)
    : '';
  const near = ridge(w, h, [h * 0.95, h * 0.9, h * 0.97], c.shape, false);
  return {
    art:
      circle(w - x * 0.7, h * random.between(0.2, 0.34), u * random.between(0.1, 0.24), c.accent) +
      lit +
      dark +
      walker +
      near,
    floor: c.shape,
  };
});

/** Trunks that stand close, or firs on a hill. */
const forest = scene((stage) => {
  const { w, h, u, c, random } = stage;
  if (random.chance(0.5)) {
    const count = random.whole(6, 8);
    const light = circle(w * random.between(0.3, 0.7), h * 0.38, u * 0.2, c.accent);
    const trunks = repeat(count, (i) => {
      const x = ((i + random.between(0.2, 0.8)) / count) * w;
      const width = random.between(9, 34);
      const lean = random.between(-8, 8);
      return polygon(
        [
          [x, 0],
          [x + width, 0],
          [x + width * 1.25 + lean, h + 1],
          [x - width * 0.25 + lean, h + 1],
        ],
        i % 3 === 1 ? c.detail : c.shape,
      );
    });
    return {
      art: light + trunks + ridge(w, h, [h * 0.9, h * 0.86, h * 0.92], c.shape, false),
      floor: c.shape,
    };
  }
  const fir = (x: number, y: number, size: number, fill: string): string =>
    fillPath(
      `M${num(x)} ${num(y - size)}l${num(size * 0.2)} ${num(size * 0.42)}h${num(-size * 0.07)}l${num(size * 0.18)} ${num(size * 0.58)}h${num(-size * 0.62)}l${num(size * 0.18)} ${num(-size * 0.58)}h${num(-size * 0.07)}Z`,
      fill,
    );
  const row = (y: number, size: number, count: number, fill: string): string =>
    repeat(count, (i) =>
      fir(((i + random.between(0.2, 0.8)) / count) * w, y, size * random.between(0.7, 1.15), fill),
    );
  return {
    art:
      circle(w * random.between(0.3, 0.7), h * 0.28, u * 0.13, c.accent) +
      row(h * 0.78, h * 0.3, 8, c.detail) +
      rect(0, h * 0.77, w, h, c.detail) +
      row(h * 0.98, h * 0.44, 6, c.shape) +
      rect(0, h * 0.965, w, h, c.shape),
    floor: c.shape,
  };
});

/** One peak with a cap of snow, or ranges in the haze. */
const mountain = scene((stage) => {
  const { w, h, u, c, random } = stage;
  if (random.chance(0.5)) {
    const x = w * random.between(0.4, 0.6);
    const top = h * 0.14;
    const [left, right] = [x - w * 0.6, x + w * 0.6];
    const slope = (h - top) / (w * 0.6);
    const snow = h * 0.26;
    const cap: Point[] = [
      [x, top],
      [x + snow / slope, top + snow],
      [x + w * 0.06, top + snow * 0.78],
      [x + w * 0.01, top + snow * 1.2],
      [x - w * 0.06, top + snow * 0.8],
      [x - snow / slope, top + snow],
    ];
    const shade: Point[] = [
      [x, top],
      [right, h + 1],
      [x + w * 0.12, h + 1],
      [x - w * 0.03, h * 0.66],
      [x + w * 0.05, h * 0.44],
    ];
    return {
      art:
        circle(w * random.pick([0.16, 0.84]), h * 0.2, u * 0.09, c.accent) +
        polygon(
          [
            [x, top],
            [right, h + 1],
            [left, h + 1],
          ],
          c.shape,
        ) +
        polygon(shade, c.detail) +
        polygon(cap, c.accent === c.shape ? c.ink : c.accent) +
        rect(0, h * 0.97, w, h, c.shape),
      floor: c.shape,
    };
  }
  const sun = circle(w * random.between(0.3, 0.7), h * 0.34, u * 0.2, c.accent);
  return {
    art:
      sun +
      ridge(w, h, someHeights(stage, 6, h * 0.3, h * 0.56), c.detail, true) +
      ridge(w, h, someHeights(stage, 8, h * 0.58, h * 0.86), c.shape, true),
    floor: c.shape,
  };
});

/** Flakes over a white hill with one tree or one house. */
const snow = scene((stage) => {
  const { w, h, u, c, random } = stage;
  const ground = ridge(w, h, [h * 0.8, h * random.between(0.68, 0.78), h * 0.86], c.ink, false);
  const x = w * random.between(0.25, 0.75);
  const tree = random.chance(0.55)
    ? line(
        `M${num(x)} ${num(h * 0.84)}V${num(h * 0.34)}M${num(x)} ${num(h * 0.66)}l${num(-u * 0.16)} ${num(-u * 0.2)}m${num(u * 0.16)} ${num(u * 0.1)}l${num(u * 0.18)} ${num(-u * 0.22)}m${num(-u * 0.18)} ${num(u * 0.08)}l${num(-u * 0.1)} ${num(-u * 0.14)}m${num(-u * 0.05)} ${num(u * 0.13)}v${num(-u * 0.1)}m${num(u * 0.23)} ${num(u * 0.01)}v${num(-u * 0.12)}`,
        c.shape,
        5,
        'round',
      )
    : polygon(
        [
          [x - 34, h * 0.8],
          [x - 34, h * 0.66],
          [x, h * 0.56],
          [x + 34, h * 0.66],
          [x + 34, h * 0.8],
        ],
        c.shape,
      ) + rect(x - 7, h * 0.69, 14, 16, c.accent);
  const flakes = repeat(26, () =>
    circle(random.between(0, w), random.between(0, h * 0.72), random.between(1.5, 4.5), c.ink),
  );
  return { art: flakes + tree + ground, floor: c.ink };
});

/** Furrows or a river running to a low sun. */
const field = scene((stage) => {
  const { w, h, u, c, random } = stage;
  const horizon = h * random.between(0.45, 0.58);
  const x = w * random.between(0.3, 0.7);
  const furrows = repeat(7, (i) => {
    const foot = x + (i - 3) * w * 0.42;
    return polygon(
      [
        [x + (i - 3) * 9, horizon],
        [x + (i - 3) * 9 + 3, horizon],
        [foot + w * 0.2, h + 1],
        [foot, h + 1],
      ],
      c.detail,
    );
  });
  return {
    art:
      circle(x, horizon, u * random.between(0.18, 0.3), c.accent) +
      rect(0, horizon, w, h, c.shape) +
      furrows +
      rect(0, h * 0.96, w, h, c.shape),
    floor: c.shape,
  };
});

/** An island with a palm, the sun as a plate behind it. */
const island = scene(({ w, h, u, c, random }) => {
  const [x, y] = [w * random.between(0.4, 0.6), h * 0.82];
  const lean = random.sign() * u * 0.12;
  const [tx, ty] = [x + lean, h * 0.34];
  const leaf = (dx: number, dy: number): string =>
    fillPath(
      `M${num(tx)} ${num(ty)}q${num(dx * 0.45)} ${num(dy - u * 0.16)} ${num(dx)} ${num(dy)}q${num(-dx * 0.55)} ${num(-u * 0.04)} ${num(-dx)} ${num(-dy)}Z`,
      c.shape,
    );
  const leaves = [
    [-0.34, 0.1],
    [-0.26, -0.08],
    [0.3, -0.1],
    [0.36, 0.1],
    [-0.16, 0.24],
    [0.2, 0.24],
  ]
    .map(([a = 0, b = 0]) => leaf(a * u, b * u))
    .join('');
  return {
    art:
      circle(w / 2, h * 0.46, u * 0.34, c.accent) +
      line(`M${num(x)} ${num(y)}Q${num(x - lean * 0.3)} ${num(h * 0.55)} ${num(tx)} ${num(ty)}`, c.shape, 9) +
      leaves +
      fillPath(
        `M${num(x - u * 0.4)} ${num(y + 4)}Q${num(x)} ${num(y - u * 0.2)} ${num(x + u * 0.4)} ${num(y + 4)}Z`,
        c.shape,
      ) +
      rect(0, y, w, h, c.shape) +
      line(`M0 ${num(y + 14)}H${num(w * 0.7)}M${num(w * 0.45)} ${num(y + 28)}H${num(w)}`, c.detail, 4),
    floor: c.shape,
  };
});

/** Rain on the slant, an umbrella under it. */
const rain = scene(({ w, h, u, c, random }) => {
  const slant = random.sign() * random.between(8, 22);
  const drops = repeat(34, () => {
    const [x, y, length] = [random.between(-20, w + 20), random.between(-20, h), random.between(26, 60)];
    return `M${num(x)} ${num(y)}l${num((-slant * length) / 60)} ${num(length)}`;
  });
  const [x, y, r] = [w * random.between(0.35, 0.65), h * 0.6, u * 0.33];
  const scallop = (r * 2) / 3;
  const roof =
    `M${num(x - r)} ${num(y)}A${num(r)} ${num(r)} 0 0 1 ${num(x + r)} ${num(y)}` +
    repeat(3, () => `q${num(-scallop / 2)} ${num(-scallop * 0.36)} ${num(-scallop)} 0`) +
    'Z';
  const handle = line(
    `M${num(x)} ${num(y - 8)}V${num(h * 0.86)}q0 ${num(u * 0.07)} ${num(u * 0.07)} ${num(u * 0.07)}t${num(u * 0.07)} ${num(-u * 0.07)}`,
    c.ink,
    5,
    'round',
  );
  return {
    art: line(drops, c.shape, 3) + handle + fillPath(roof, c.accent) + ring(x, y - r - 4, 2, c.accent, 4),
  };
});

export const LAND = { sea, desert, forest, mountain, snow, field, island, rain };
