import { PALETTES } from './palettes.ts';
import { seededRandom } from './random.ts';
import type { Palette, PosterSubject } from './types.ts';

export function chooseColours(subject: PosterSubject): Palette {
  const random = seededRandom(subject.movieId, 'colours');
  return random.pick(PALETTES[random.pick(['warm', 'cold', 'night', 'paper', 'earth'] as const)]);
}
