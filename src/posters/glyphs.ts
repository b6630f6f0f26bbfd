import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype from 'opentype.js';
import { num } from './shapes.ts';

/**
 * League Gothic as outlines. The three subsets are read when a letter first asks for them, and each letter's outline is kept:
 * drawing a poster after that opens no file and parses no font.
 */
interface Font {
  unitsPerEm: number;
  charToGlyphIndex(character: string): number;
  charToGlyph(character: string): Glyph;
}
interface Glyph {
  index: number;
  advanceWidth?: number;
  path: { commands: Command[] };
}
type Command = { type: string; x?: number; y?: number; x1?: number; y1?: number; x2?: number; y2?: number };

const SUBSETS = ['latin', 'latin-ext', 'vietnamese'] as const;
const require = createRequire(import.meta.url);
const fonts = new Map<string, Font>();
const found = new Map<string, { font: Font; glyph: Glyph } | null>();
const outlines = new Map<string, Outline>();

/** Height of a capital, in em. */
export const CAP_HEIGHT = 0.735;

function fontOf(subset: string): Font {
  const known = fonts.get(subset);
  if (known) return known;
  const bytes = readFileSync(
    require.resolve(`@fontsource/league-gothic/files/league-gothic-${subset}-400-normal.woff`),
  );
  const font = opentype.parse(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
  ) as unknown as Font;
  fonts.set(subset, font);
  return font;
}

function find(character: string): { font: Font; glyph: Glyph } | null {
  const known = found.get(character);
  if (known !== undefined) return known;
  const subset = SUBSETS.find((name) => fontOf(name).charToGlyphIndex(character) > 0);
  const font = subset ? fontOf(subset) : null;
  const answer = font ? { font, glyph: font.charToGlyph(character) } : null;
  found.set(character, answer);
  return answer;
}

/** Whether every letter of a text is in the font. */
export function isInFont(text: string): boolean {
  return [...text].every((character) => find(character) !== null);
}

/** Width of one letter, in em; 0 when it is not in the font. */
function advanceOf(character: string): number {
  const entry = find(character);
  return entry ? (entry.glyph.advanceWidth ?? 0) / entry.font.unitsPerEm : 0;
}

/** Width of a text, in em, with extra space after each letter but the last. */
export function widthOf(text: string, spacing = 0): number {
  let width = 0;
  let letters = 0;
  for (const character of text) {
    width += advanceOf(character);
    letters++;
  }
  return width + Math.max(0, letters - 1) * spacing;
}

/** One contour after its starting point, as relative path commands. */
interface Outline {
  contours: { x: number; y: number; tail: string }[];
}

/** A letter on a grid of whole numbers, `grid` to an em: whole numbers make short paths. */
function outlineOf(character: string, grid: number): Outline {
  const key = `${grid}${character}`;
  const known = outlines.get(key);
  if (known) return known;
  const entry = find(character);
  const outline: Outline = { contours: [] };
  const scale = entry ? grid / entry.font.unitsPerEm : 1;
  const place = (value: number | undefined): number => Math.round((value ?? 0) * scale);
  let x = 0;
  let y = 0;
  for (const command of entry?.glyph.path.commands ?? []) {
    const [toX, toY] = [place(command.x), -place(command.y)];
    const contour = outline.contours.at(-1);
    if (command.type === 'M') outline.contours.push({ x: toX, y: toY, tail: '' });
    else if (contour && command.type === 'Z') contour.tail += 'z';
    else if (contour) contour.tail += segment(command, x, y, toX, toY, place);
    if (command.type !== 'Z') [x, y] = [toX, toY];
  }
  outlines.set(key, outline);
  return outline;
}

function segment(
  command: Command,
  x: number,
  y: number,
  toX: number,
  toY: number,
  place: (value: number | undefined) => number,
): string {
  const [dx, dy] = [toX - x, toY - y];
  if (command.type === 'Q') return 'q' + join([place(command.x1) - x, -place(command.y1) - y, dx, dy]);
  if (dx === 0 && dy === 0) return '';
  if (dy === 0) return `h${dx}`;
  if (dx === 0) return `v${dy}`;
  return 'l' + join([dx, dy]);
}

/** Numbers with the fewest separators SVG allows: a minus sign separates by itself. */
function join(values: readonly number[]): string {
  return values.map((value, i) => (i > 0 && value >= 0 ? ` ${value}` : String(value))).join('');
}

function place(outline: Outline, x: number, y: number): string {
  return outline.contours
    .map((contour) => `M${join([contour.x + x, contour.y + y])}${contour.tail}`)
    .join('');
}

/** Coarse enough to be short, fine enough that the rounding stays under a fifth of a unit. */
function gridFor(size: number): number {
  return [60, 100, 160, 240, 320, 480].find((grid) => grid >= size * 2.6) ?? 480;
}

export interface SetRow {
  text: string;
  /** Left end and baseline, in poster units. */
  x: number;
  y: number;
}

/**
 * Rows of one size as outlines. A short text becomes one path; a long one draws each letter once and repeats it.
 */
export function setRows(rows: readonly SetRow[], size: number, fill: string, spacing = 0): string {
  const grid = gridFor(size);
  const scale = size / grid;
  const letters = rows.flatMap((row) => {
    let x = row.x / scale;
    return [...row.text].map((character) => {
      const letter = { character, x: Math.round(x), y: Math.round(row.y / scale) };
      x += (advanceOf(character) + spacing) * grid;
      return letter;
    });
  });
  const drawn = letters.filter(({ character }) => character.trim() !== '');
  const transform = `scale(${Math.round(scale * 1e4) / 1e4})`;
  if (drawn.length <= 26) {
    const d = drawn.map(({ character, x, y }) => place(outlineOf(character, grid), x, y)).join('');
    return `<path transform="${transform}" fill="${fill}" d="${d}"/>`;
  }
  const id = (character: string): string => `l${grid}-${(character.codePointAt(0) ?? 0).toString(36)}`;
  const kinds = [...new Set(drawn.map(({ character }) => character))];
  const defined = kinds
    .map((kind) => `<path id="${id(kind)}" d="${place(outlineOf(kind, grid), 0, 0)}"/>`)
    .join('');
  const used = drawn.map(
    ({ character, x, y }) => `<use href="#${id(character)}" x="${num(x)}" y="${num(y)}"/>`,
  );
  return `<defs>${defined}</defs><g transform="${transform}" fill="${fill}">${used.join('')}</g>`;
}
