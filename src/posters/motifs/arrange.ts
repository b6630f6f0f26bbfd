import { contrast } from '../contrast.ts';
import { at, circle, num, repeat } from '../shapes.ts';
import type { Random } from '../random.ts';
import type { Motif, Palette, Stage } from '../types.ts';

/** Draws a thing in a box of 100 × 100 around the origin. */
export type Draw = (colours: Palette, random: Random) => string;

/**
 * alone: in the middle. huge: so large that it runs off the page. crowd: rows of small ones, of which one differs.
 * disc: on a disc, like a sign. echo: three prints of it, out of register. pair: two, facing.
 */
export type Way = 'alone' | 'huge' | 'crowd' | 'disc' | 'echo' | 'pair';

export interface Manner {
  ways?: readonly Way[];
  /** Degrees it may lean to either side. */
  lean?: number;
}

const ALL: readonly Way[] = ['alone', 'alone', 'huge', 'crowd', 'disc', 'echo'];

/** A motif from one thing, in one of several arrangements. */
export function icon(draw: Draw, { ways = ALL, lean = 0 }: Manner = {}): Motif {
  return {
    kind: 'object',
    draw: (stage) => {
      const way = stage.random.pick(ways);
      const turn = lean === 0 ? 0 : stage.random.between(-lean, lean);
      return { art: ARRANGE[way](stage, draw, turn) };
    },
  };
}

function put(x: number, y: number, scale: number, turn: number, content: string): string {
  const turned = Math.round(turn) === 0 ? '' : `rotate(${num(turn)})`;
  return `<g transform="translate(${at(x, y)})${turned}scale(${Math.round(scale * 1e3) / 1e3})">${content}</g>`;
}

const mirrored = (x: number, content: string): string =>
  `<g transform="translate(${num(x)} 0)scale(-1 1)">${content}</g>`;

/** The same colours with the two loud ones changed about. */
const swapped = (c: Palette): Palette => ({ ...c, shape: c.accent, accent: c.shape });

const ARRANGE: Record<Way, (stage: Stage, draw: Draw, turn: number) => string> = {
  alone({ w, h, cx, cy, c, random }, draw, turn) {
    return put(cx, cy, Math.min(w * 0.9, h * 0.84) / 100, turn, draw(c, random));
  },

  huge({ w, h, cx, cy, c, random }, draw, turn) {
    const scale = (Math.max(w, h) * random.between(1.05, 1.3)) / 100;
    const x = cx + random.sign() * w * random.between(0.12, 0.26);
    const y = cy + h * random.between(-0.08, 0.14);
    return put(x, y, scale, turn * 1.4, draw(c, random));
  },

  crowd({ w, h, c, random }, draw) {
    const columns = h > w * 1.7 ? 2 : random.pick([3, 3, 4]);
    const cell = (w * 0.9) / columns;
    const rows = Math.max(1, Math.floor((h * 0.94) / cell));
    const odd = random.whole(0, rows * columns - 1);
    const scale = (cell * 0.8) / 100;
    const plain = draw({ ...c, accent: c.detail }, random);
    const other = draw(swapped(c), random);
    const top = (h - rows * cell) / 2;
    const cells = repeat(rows * columns, (i) => {
      const x = w * 0.05 + ((i % columns) + 0.5) * cell;
      const y = top + (Math.floor(i / columns) + 0.5) * cell;
      if (i === odd) return put(x, y, scale, 0, other);
      return `<use href="#m" transform="translate(${at(x, y)})scale(${Math.round(scale * 1e3) / 1e3})"/>`;
    });
    return `<defs><g id="m">${plain}</g></defs>${cells}`;
  },

  disc({ w, h, cx, cy, c, random }, draw, turn) {
    const radius = Math.min(w, h) * 0.46;
    const disc = contrast(c.shape, c.ground) >= 1.5 ? c.shape : c.accent;
    const other = disc === c.shape ? c.accent : c.shape;
    const loud = contrast(other, disc) >= 1.6 ? other : c.ink;
    const inside: Palette = { ...c, ground: disc, shape: c.ground, accent: loud, detail: c.detail };
    return circle(cx, cy, radius, disc) + put(cx, cy, (radius * 1.32) / 100, turn, draw(inside, random));
  },

  echo({ w, h, cx, cy, c, random }, draw, turn) {
    const scale = Math.min(w * 0.8, h * 0.78) / 100;
    const [dx, dy] = [random.sign() * scale * 9, scale * -6];
    const ghost = draw({ ...c, shape: c.detail, accent: c.detail }, random);
    const middle = draw({ ...c, shape: c.accent, accent: c.accent }, random);
    return (
      put(cx + dx, cy + dy, scale, turn, ghost) +
      put(cx, cy, scale, turn, middle) +
      put(cx - dx, cy - dy, scale, turn, draw(c, random))
    );
  },

  pair({ w, h, cx, cy, c, random }, draw, turn) {
    const scale = Math.min(w * 0.47, h * 0.8) / 100;
    const dx = scale * 52;
    const drop = random.pick([0, 0, scale * 14]);
    return (
      put(cx - dx, cy - drop, scale, turn, draw(c, random)) +
      mirrored(cx + dx, put(0, cy + drop, scale, turn, draw(swapped(c), random)))
    );
  },
};
