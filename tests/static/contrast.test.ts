import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, '../../static/css/tokens.css'), 'utf8');
const colours = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name, light, dark]) => [name!, { light: light!, dark: dark! }],
  ),
);

const grounds = ['paper', 'card', 'sunk'];
const pairs: [text: string, ground: string, least: number][] = [
  ...['ink', 'muted', 'accent', 'taste', 'words'].flatMap((text) =>
    grounds.map((ground): [string, string, number] => [text, ground, 4.5]),
  ),
  ['on-accent', 'accent', 4.5],
  ['paper', 'ink', 4.5],
  ['taste', 'taste-wash', 4.5],
  ['ink', 'words-wash', 4.5],
  ['edge', 'paper', 3],
  ['edge', 'card', 3],
];

describe.each(['light', 'dark'] as const)('colours, %s', (theme) => {
  it.each(pairs)('%s on %s reaches its contrast', (text, ground, least) => {
    expect(contrast(colours.get(text)![theme], colours.get(ground)![theme])).toBeGreaterThanOrEqual(least);
  });
});

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
