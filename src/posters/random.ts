import { hashText, seededRandom as seededNumbers } from '../seededRandom.ts';

/** A seeded source of numbers: the same seed gives the same poster for ever. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** A whole number from low to high, both included. */
  whole(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  chance(probability: number): boolean;
  /** −1 or 1. */
  sign(): number;
  shuffle<T>(list: readonly T[]): T[];
}

/** Each purpose (layout, colours, art) takes a stream of its own, so that a change to one does not reshuffle the others. */
export function seededRandom(movieId: number, purpose: string): Random {
  const next = seededNumbers(hashText(`${purpose}:${movieId}`));
  const whole = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    whole,
    between: (low, high) => low + next() * (high - low),
    pick: (list) => {
      if (list.length === 0) throw new RangeError('nothing to pick from');
      return list[whole(0, list.length - 1)] as (typeof list)[number];
    },
    chance: (probability) => next() < probability,
    sign: () => (next() < 0.5 ? -1 : 1),
    shuffle: (list) => {
      const copy = [...list];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = whole(0, i);
        [copy[i], copy[j]] = [copy[j] as (typeof copy)[number], copy[i] as (typeof copy)[number]];
      }
      return copy;
    },
  };
}
