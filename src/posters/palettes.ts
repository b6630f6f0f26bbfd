import type { Palette } from './types.ts';

/** ground · shape · accent · detail · ink, four to five to a mood. */
const MOODS = {
  noir: [
    '#16181b #3c4650 #e3b23c #c9cfd4 #f1efe8', '#e6e2d8 #23272b #c8102e #8a9096 #191b1d', '#22303c #8899a6 #ff6b35 #dfe5ea #f2f4f5',
    '#0f0f10 #d8d4c8 #b3202c #5a5a5c #f0ece2', '#f0b429 #17181a #f6f1e4 #a8741a #17181a',
  ],
  night: [
    '#0d1b2a #1f4a75 #e0b03f #8fb3cf #f4ead5', '#14121f #4a3a86 #e4576b #b9a8e0 #f3e9dc', '#0f211f #23655a #f2a65a #9cc7b4 #eef3e7',
    '#1b2a49 #f3e9d2 #d1495b #5b7db1 #f3e9d2', '#241734 #ff7a59 #ffd166 #6b4a8e #f8ecd8',
  ],
  blood: [
    '#150b0c #8e1624 #e8d9c5 #4a1218 #f2e6d5', '#b21e2b #1a0d0e #f0e2cd #7d1220 #fbf0e0', '#ece0cb #a11d22 #1a1413 #c9b698 #1a1413',
    '#101312 #c6d0c4 #d7263d #3d4a44 #eef1ea', '#2b0f1c #d1495b #f3d8b6 #6b1f3a #f7e8d8',
  ],
  warm: [
    '#f2e3c6 #d9562b #17414f #eab54b #1e1b16', '#f0c64b #d2452d #1f2a44 #fbeec5 #1c1a17', '#c23b22 #f6e7c8 #2a1c18 #f2b84b #fff4dd',
    '#efe6d6 #e2725b #2e4a62 #f0b86c #22201d', '#17414f #f2a541 #f4ebd6 #e0603c #f7efdc',
  ],
  cold: [
    '#dfe7ea #33586e #d7263d #9fb8c4 #14242e', '#1d3b4f #a9c9d8 #f2c14e #4f7d96 #eef5f7', '#f4f6f5 #7fa9bd #22313a #e4572e #16232a',
    '#b9d3dc #12384b #f5f3ea #e8804c #0d2733', '#0b2530 #e8f1f2 #3fa7b5 #f26b50 #eef6f6',
  ],
  candy: [
    '#1f6f8b #f6c445 #ef6461 #fdf6e3 #fffaee', '#ffd15c #3d5a80 #ee6c4d #fff6e0 #22304a', '#f7e7ce #2a9d8f #e76f51 #f4b942 #1f3a44',
    '#ef5d60 #ffe3a9 #27334d #7fd1c7 #1d1730', '#5b3a8c #ffc93c #ff6f91 #86e3ce #fff5e0',
  ],
  pastel: [
    '#f3d9d3 #c8506b #3a2440 #eab8a4 #35203a', '#e6dff0 #7a5ea8 #f0a36b #c9b8e3 #2d2342', '#d9e4dd #4f8a76 #e9a178 #f4efe0 #1f352e',
    '#fbe8d3 #e58f7b #4f6d7a #f4c9a8 #2c3a42', '#d5e5f0 #e8798a #2f4b6e #f7d9a8 #1f3350',
  ],
  earth: [
    '#e7e2d5 #5d6b4f #b5793f #c9c3a6 #24291f', '#22302a #7c8f6a #d9b15f #44584c #f1ecdd', '#d5d9cf #3f5d57 #c4623d #9fb0a0 #1d2a27',
    '#4a3526 #c98a4b #efe0c2 #7d5a3c #f5ead4', '#c9b98f #3d4a33 #8c3b1f #efe4c4 #23281b',
  ],
  dust: [
    '#d9a05b #8c3b1f #f4e0b8 #b86f33 #2a1610', '#a9471f #f0cf8e #3a1710 #d77a3d #fbeed2', '#e9cb96 #a5502c #2f3d3a #d18f4e #2a1c14',
    '#2c1a14 #c8602d #f1c979 #7a3b20 #f6e5c6', '#f0dfc0 #c9572b #325a62 #e3a857 #2b1a12',
  ],
  forest: [
    '#12291f #2f6b4a #e9c46a #7fb08a #f0f0dc', '#e4ead9 #2d5a44 #d97b3d #a3bf94 #17281f', '#1f4037 #99c2a2 #f2e8cf #e07a5f #f4f1e0',
    '#a8c29a #1c3d2e #f5efd8 #c65d3b #142a20',
  ],
  neon: [
    '#120c2b #ff2e88 #22d3ee #5b2fbf #f5efff', '#0a0f1e #00c2a8 #f6e05e #2a3b6e #eefcf8', '#1a0b1f #ff5e3a #ffd23f #8a1c7c #fff0e6',
    '#f4f1ff #5a31f4 #ff4d6d #b9a7ff #180b3d',
  ],
  paper: [
    '#efeae0 #1b1b1b #d3382c #b8b0a0 #1b1b1b', '#f5f1e6 #1d3f8f #e8b21f #c9d2e6 #14213f', '#e8e4da #2f6b5e #e0532f #bfc7bb #1a2b27',
    '#1b1b1b #efeae0 #e8b21f #6a665e #f5f0e4', '#f2c9b0 #22344f #d43d2a #f9ead8 #1b2638',
  ],
} as const; // prettier-ignore

export type Mood = keyof typeof MOODS;

function parse(colours: string): Palette {
  const [ground = '', shape = '', accent = '', detail = '', ink = ''] = colours.split(' ');
  return { ground, shape, accent, detail, ink };
}

export const PALETTES: Readonly<Record<Mood, readonly Palette[]>> = Object.fromEntries(
  Object.entries(MOODS).map(([mood, lines]) => [mood, lines.map(parse)]),
) as unknown as Record<Mood, Palette[]>;
