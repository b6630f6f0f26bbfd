import { ABSTRACT } from './abstract.ts';
import { SIGNS } from './signs.ts';
import { SKY } from './sky.ts';

/** Every motif by name. */
export const MOTIFS = { ...SKY, ...ABSTRACT, ...SIGNS };
export type MotifName = keyof typeof MOTIFS;
