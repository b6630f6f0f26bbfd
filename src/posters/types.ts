import type { Kind } from '../domain.ts';
import type { Random } from './random.ts';

/** What a drawn poster needs to know about a title. */
export interface PosterSubject {
  movieId: number;
  title: string;
  year: number | null;
  /** The director or creator, as one line; may be empty. */
  byline: string;
  genres: readonly string[];
  tags: readonly { name: string; /** 0–1. */ relevance: number }[];
  kind?: Kind;
  /** 0–2: which of the fitting motifs is drawn; a shelf avoids repeating its neighbours with it. */
  variant?: number;
}

/** Five colours that belong together; `ink` is legible on `ground` (contrast ≥ 4.5). */
export interface Palette {
  ground: string;
  shape: string;
  accent: string;
  detail: string;
  ink: string;
}

/** Where a motif is drawn: a box from (0, 0) to (w, h) that clips. */
export interface Stage {
  w: number;
  h: number;
  /** The middle. */
  cx: number;
  cy: number;
  /** The shorter side. */
  u: number;
  c: Palette;
  random: Random;
}

/** What a motif drew. `sky` and `floor` are the colours its upper and lower edge run out into; absent = the ground. */
export interface Scene {
  art: string;
  sky?: string;
  floor?: string;
}

/**
 * How a motif may be laid out. An `object` stands on empty ground; a `scene` has a horizon and a floor that lettering can
 * stand on; a `pattern` fills whatever it is given.
 */
export type MotifKind = 'object' | 'scene' | 'pattern';

export interface Motif {
  kind: MotifKind;
  draw(stage: Stage): Scene;
}

export const object = (draw: (stage: Stage) => string): Motif => ({
  kind: 'object',
  draw: (stage) => ({ art: draw(stage) }),
});
export const pattern = (draw: (stage: Stage) => string): Motif => ({
  kind: 'pattern',
  draw: (stage) => ({ art: draw(stage) }),
});
export const scene = (draw: (stage: Stage) => Scene): Motif => ({ kind: 'scene', draw });
