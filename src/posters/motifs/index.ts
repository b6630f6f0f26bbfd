import { ABSTRACT } from './abstract.ts';
import { BEASTS } from './beasts.ts';
import { BUILDINGS } from './buildings.ts';
import { CONFLICT } from './conflict.ts';
import { DEVICES } from './devices.ts';
import { LAND } from './land.ts';
import { PATTERNS } from './patterns.ts';
import { SIGNS } from './signs.ts';
import { SKY } from './sky.ts';
import { SOUND } from './sound.ts';
import { THINGS } from './things.ts';
import { TOWN } from './town.ts';
import { TRAVEL } from './travel.ts';

/** Every motif by name. */
export const MOTIFS = {
  ...SKY, ...LAND, ...TOWN, ...BUILDINGS, ...SIGNS, ...THINGS, ...DEVICES, ...BEASTS, ...TRAVEL, ...CONFLICT, ...SOUND, ...PATTERNS, ...ABSTRACT,
}; // prettier-ignore
export type MotifName = keyof typeof MOTIFS;
