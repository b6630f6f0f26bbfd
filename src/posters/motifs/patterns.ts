import { circle, fillPath, line, num, polar, polygon, rect, repeat, type Point } from '../shapes.ts';
import { object, pattern } from '../types.ts';
import { figure } from './figure.ts';

/** Quarter discs, triangles and squares in a grid, like a box of bricks. */
const blocks = pattern(({ w, h, c, random }) => {
  const columns = random.pick([3, 4, 4]);
  const s = w / columns;
  const rows = Math.ceil(h / s);
  const fills = [c.shape, c.accent, c.detail, c.ink];
  return repeat(columns * rows, (i) => {
    const [x, y] = [(i % columns) * s, Math.floor(i / columns) * s];
    const fill = random.pick(fills);
    const kind = random.whole(0, 6);
    if (kind === 0) return circle(x + s / 2, y + s / 2, s / 2, fill);
    if (kind === 1) return rect(x, y, s, s, fill);
    if (kind === 2)
      return polygon(
        [
          [x, y + s],
          [x + s / 2, y],
          [x + s, y + s],
        ],
        fill,
      );
    if (kind === 3)
      return fillPath(`M${num(x)} ${num(y)}h${num(s)}a${num(s)} ${num(s)} 0 0 1${num(-s)} ${num(s)}Z`, fill);
    if (kind === 4)
      return fillPath(
        `M${num(x + s)} ${num(y + s)}h${num(-s)}a${num(s)} ${num(s)} 0 0 1 ${num(s)}${num(-s)}Z`,
        fill,
      );
    if (kind === 5)
      return (
        fillPath(`M${num(x)} ${num(y + s / 2)}a${num(s / 2)} ${num(s / 2)} 0 0 1 ${num(s)} 0Z`, fill) +
        rect(x + s * 0.25, y + s / 2, s / 2, s / 2, fill)
      );
    return '';
  });
});

/** Dots that swell toward one place. */
const halftone = pattern(({ w, h, c, random }) => {
  const columns = 11;
  const s = w / columns;
  const [x, y] = [w * random.between(0.25, 0.75), h * random.between(0.3, 0.7)];
  const reach = Math.max(w, h) * random.between(0.42, 0.6);
  let d = '';
  for (let row = 0; row * s < h + s; row++) {
    for (let column = 0; column <= columns; column++) {
      const [px, py] = [(column + (row % 2) / 2) * s, row * s];
      const size = s * 0.62 * Math.max(0, 1 - Math.hypot(px - x, py - y) / reach);
      if (size > 1.2)
        d +=
          `M${Math.round(px)} ${Math.round(py)}h0`.replace('h0', '') +
          `m${num(-size)} 0a${num(size)} ${num(size)} 0 1 0 ${num(size * 2)} 0a${num(size)} ${num(size)} 0 1 0${num(-size * 2)} 0`;
    }
  }
  return fillPath(d, c.shape) + circle(x, y, s * 1.5, c.accent);
});

/** Rings on water, or the lines of a map. */
const contours = pattern(({ w, h, c, random }) => {
  const [x, y] = [w * random.between(0.3, 0.7), h * random.between(0.3, 0.7)];
  const phases = [random.between(0, 6), random.between(0, 6)];
  const loud = random.whole(1, 6);
  return repeat(9, (i) => {
    const r = Math.max(w, h) * (0.05 + i * 0.085);
    const points = Array.from({ length: 12 }, (_, k): Point =>
      polar(
        x,
        y,
        r * (1 + 0.16 * Math.sin(k * 1.05 + phases[0]!) + 0.1 * Math.sin(k * 1.57 + phases[1]! + i * 0.3)),
        k * 30,
      ),
    );
    const middle = (k: number): Point => {
      const [a, b] = [points[k % 12]!, points[(k + 1) % 12]!];
      return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
    };
    const d =
      `M${num(middle(11)[0])} ${num(middle(11)[1])}` +
      points
        .map(([px, py], k) => `Q${num(px)} ${num(py)} ${num(middle(k)[0])} ${num(middle(k)[1])}`)
        .join('');
    return i === 0
      ? fillPath(d, c.accent)
      : line(d, i === loud ? c.accent : i % 3 ? c.shape : c.detail, i === loud ? 6 : 3);
  });
});

/** Rays from a point, like a flag or a fair. */
const rays = pattern(({ w, h, c, random }) => {
  const count = random.whole(9, 14);
  const [x, y] = [w * random.between(0.3, 0.7), h * random.pick([0.5, 0.75, 1, 0.3])];
  const turn = random.between(0, 30);
  const beams = repeat(count, (i) =>
    polygon(
      [
        [x, y],
        polar(x, y, 900, turn + (i * 360) / count),
        polar(x, y, 900, turn + ((i + 0.5) * 360) / count),
      ],
      i % 3 ? c.shape : c.detail,
    ),
  );
  return beams + circle(x, y, Math.min(w, h) * random.between(0.14, 0.24), c.accent);
});

/** A square maze with one way marked. */
const maze = object(({ w, h, u, c, random }) => {
  const count = random.whole(5, 6);
  const step = (u * 0.94) / 2 / count;
  const walls = repeat(count, (i) => {
    const r = (i + 1) * step;
    const gap = random.between(0, 300);
    return `<circle cx="${num(w / 2)}" cy="${num(h / 2)}" r="${num(r)}" fill="none" stroke="${c.shape}" stroke-width="${num(step * 0.42)}" stroke-dasharray="${num((r * 6.2832 * 300) / 360)} ${num((r * 6.2832 * 60) / 360)}" transform="rotate(${num(gap)} ${num(w / 2)} ${num(h / 2)})"/>`;
  });
  const spoke = repeat(3, (i) => {
    const angle = i * 120 + random.between(0, 60);
    const [a, b] = [polar(w / 2, h / 2, step * (i + 1), angle), polar(w / 2, h / 2, step * (i + 2), angle)];
    return line(`M${num(a[0])} ${num(a[1])}L${num(b[0])} ${num(b[1])}`, c.shape, step * 0.42);
  });
  return walls + spoke + circle(w / 2, h / 2, step * 0.5, c.accent);
});

/** Threads from a corner with something caught in them. */
const web = pattern(({ w, h, c, random }) => {
  const flip = random.chance(0.5);
  const reach = Math.hypot(w, h);
  const spokes = repeat(7, (i) => {
    const [x, y] = polar(0, 0, reach, i * 15);
    return `M0 0L${num(x)} ${num(y)}`;
  });
  const arcs = repeat(7, (ring) => {
    const r = reach * (0.12 + ring * 0.125);
    const points = Array.from({ length: 7 }, (_, i) => polar(0, 0, r, i * 15));
    return points
      .map(([x, y], i) => {
        if (i === 0) return `M${num(x)} ${num(y)}`;
        const [mx, my] = polar(0, 0, r * 0.88, i * 15 - 7.5);
        return `Q${num(mx)} ${num(my)} ${num(x)} ${num(y)}`;
      })
      .join('');
  });
  const art =
    line(spokes, c.shape, 2.5) +
    line(arcs, c.shape, 2.5) +
    circle(w * 0.54, h * 0.52, Math.min(w, h) * 0.075, c.accent);
  return flip ? `<g transform="translate(${num(w)} 0)scale(-1 1)">${art}</g>` : art;
});

/** A crowd seen from far, one of them another colour. */
const people = pattern(({ w, h, c, random }) => {
  const columns = random.pick([5, 6, 7]);
  const cell = w / columns;
  const size = cell * 1.35;
  const rows = Math.max(1, Math.floor(h / (size * 1.08)));
  const odd = random.whole(0, columns * rows - 1);
  const top = (h - rows * size * 1.08) / 2;
  const cells = repeat(columns * rows, (i) => {
    const [x, y] = [((i % columns) + 0.5) * cell, top + (Math.floor(i / columns) + 1) * size * 1.08];
    return i === odd ? figure(x, y, size, c.accent) : `<use href="#p" x="${num(x)}" y="${num(y)}"/>`;
  });
  return `<defs><g id="p">${figure(0, 0, size, c.shape)}</g></defs>${cells}`;
});

/** Squares within squares. */
const squares = object(({ w, h, u, c, random }) => {
  const turn = random.pick([0, 0, 4, 7, 10]);
  const fills = random.shuffle([c.shape, c.accent, c.detail]);
  const drop = random.pick([0, 0.04, 0.06]);
  return repeat(6, (i) => {
    const s = u * (0.94 - i * 0.155);
    return `<g transform="rotate(${turn * i} ${num(w / 2)} ${num(h / 2)})">${rect(w / 2 - s / 2, h / 2 - s / 2 + drop * u * i * 0.6, s, s, fills[i % 3] ?? c.shape)}</g>`;
  });
});

/** Half of the page another colour, a disc that changes over at the edge. */
const halves = pattern(({ w, h, u, c, random }) => {
  const isUpright = random.chance(0.5);
  const at = random.between(0.4, 0.6);
  const r = u * random.between(0.28, 0.36);
  const [x, y] = isUpright ? [w * at, h * 0.5] : [w * 0.5, h * at];
  const half = isUpright ? rect(x, 0, w, h, c.shape) : rect(0, y, w, h, c.shape);
  const cut = isUpright
    ? `M${num(x)} ${num(y - r)}a${num(r)} ${num(r)} 0 0 1 0 ${num(r * 2)}Z`
    : `M${num(x - r)} ${num(y)}a${num(r)} ${num(r)} 0 0 0 ${num(r * 2)} 0Z`;
  return half + circle(x, y, r, c.accent) + fillPath(cut, c.ground);
});

/** Windows of a block of flats, a few lit. */
const windows = pattern(({ w, h, c, random }) => {
  const columns = random.whole(4, 6);
  const [cw, ch] = [w / columns, (w / columns) * 1.25];
  const rows = Math.ceil(h / ch);
  const lit = random.whole(0, columns * Math.max(1, rows - 2));
  const all = repeat(columns * rows, (i) =>
    rect(
      (i % columns) * cw + cw * 0.18,
      Math.floor(i / columns) * ch + ch * 0.16,
      cw * 0.64,
      ch * 0.68,
      i === lit ? c.accent : random.chance(0.12) ? c.detail : c.shape,
    ),
  );
  const [x, y] = [((lit % columns) + 0.5) * cw, (Math.floor(lit / columns) + 0.84) * ch];
  return all + figure(x, y, ch * 0.5, c.ground);
});

/** A screen that has lost its picture. */
const noise = pattern(({ w, h, c, random }) => {
  const rows = random.whole(12, 17);
  const step = h / rows;
  return repeat(rows, (i) => {
    const x = w * random.between(0, 0.6);
    const width = w * random.between(0.08, 0.7);
    return (
      rect(0, i * step + step * 0.25, w, step * 0.3, c.detail) +
      rect(x, i * step + step * 0.1, width, step * 0.6, i % 5 === 2 ? c.accent : c.shape)
    );
  });
});

/** Bricks, a few of them gone. */
const wall = pattern(({ w, h, c, random }) => {
  const rows = random.whole(7, 9);
  const [bw, bh] = [w / 4, h / rows];
  const gap = [random.whole(2, rows - 4), random.whole(1, 2)];
  return (
    circle((gap[1]! + 0.6) * bw, (gap[0]! + 1) * bh, bh * 2.2, c.accent) +
    repeat(rows * 5, (i) => {
      const [row, column] = [Math.floor(i / 5), i % 5];
      const isGone =
        Math.abs(row - gap[0]! - 0.5) + Math.abs(column - (row % 2 ? 0.5 : 0) - gap[1]! + 0.2) * 1.4 < 1.9;
      return isGone
        ? ''
        : rect(
            (column - (row % 2 ? 0.5 : 0)) * bw + 2,
            row * bh + 2,
            bw - 4,
            bh - 4,
            (row * 3 + column) % 7 === 3 ? c.detail : c.shape,
          );
    })
  );
});

export const PATTERNS = {
  blocks,
  halftone,
  contours,
  rays,
  maze,
  web,
  people,
  squares,
  halves,
  windows,
  noise,
  wall,
};
