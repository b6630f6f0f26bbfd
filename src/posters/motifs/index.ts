import { SKY } from './sky.ts';
import { ABSTRACT } from './abstract.ts';

/** Every motif by name. */
export const MOTIFS = { ...SKY, ...ABSTRACT };
export type MotifName = keyof typeof MOTIFS;
