import { breakInto, cutLongWords } from './breakLines.ts';
import { cleanText, escapeXml } from './escapeXml.ts';
import { CAP_HEIGHT, isInFont, setRows, widthOf } from './glyphs.ts';
import { num } from './shapes.ts';

export type Align = 'left' | 'centre' | 'right';

export interface Row {
  text: string;
  size: number;
  /** Set width in poster units. */
  width: number;
}

/** A title broken into rows that fit a box. */
export interface Block {
  rows: Row[];
  width: number;
  /** From the top of the first row's capitals (or their accents) to the last baseline. */
  height: number;
  /** Whether the letters are in our font, so that they can be drawn as outlines. */
  isOutlined: boolean;
  isRightToLeft: boolean;
  /** Room above a capital, in em: larger where letters carry accents. */
  rise: number;
}

export interface Box {
  width: number;
  height: number;
  maxSize: number;
  maxLines?: number;
  /** Every row as wide as the box, in a size of its own. */
  isStacked?: boolean;
}

/** No name is longer; more is a mistake or malice, and would only cost time. */
const LONGEST = 160;
const MAX_LINES = 5;
const GAP = 0.11;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const ACCENTED = /[^\u0000-\u007f\u2010-\u2026\u00b0-\u00bf]/; // eslint-disable-line no-control-regex
const SYSTEM_FONTS = "'Arial Narrow','Noto Sans','Noto Sans CJK JP','Helvetica Neue',Arial,sans-serif";

/** Width of letters in system fonts at size 1, on the safe side: what is drawn is narrower, never wider. */
function systemWidth(text: string): number {
  let width = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    width += code === 32 ? 0.3 : code < 0x250 ? 0.72 : code < 0x530 ? 0.84 : code < 0x1100 ? 0.72 : 1.04;
  }
  return width;
}

function shortened(text: string): string {
  const letters = [...cleanText(text.slice(0, LONGEST * 4))];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST).join('').trimEnd()}…` : letters.join('');
}

/** What is lettered: upper case, typographic apostrophes. */
export function letteringOf(title: string): string {
  const clean = shortened(title)
    .toLocaleUpperCase('en')
    .replace(/'/g, '’')
    .replace(/\.\.\./g, '…');
  return clean === '' ? 'UNTITLED' : clean;
}

/** Words a break may stand between; scripts without spaces may break anywhere. */
function wordsOf(text: string): string[] {
  const words = text.split(' ');
  if (words.length > 1 || !/[\u2e80-\uffef]/.test(text) || RIGHT_TO_LEFT.test(text)) return words;
  const letters = [...text];
  const pieces = Math.min(MAX_LINES, Math.ceil(letters.length / 5));
  const length = Math.ceil(letters.length / pieces);
  return Array.from({ length: pieces }, (_, i) =>
    letters.slice(i * length, (i + 1) * length).join(''),
  ).filter(Boolean);
}

/**
 * Breaks a title into 1–5 rows at the largest size that fits a box. Words that would force the size below a sixth of
 * the box's width are cut with a hyphen.
 */
export function fitTitle(title: string, box: Box): Block {
  const text = letteringOf(title);
  const isOutlined = isInFont(text);
  const width = isOutlined ? (row: string) => widthOf(row) : systemWidth;
  const rise = isOutlined ? (ACCENTED.test(text) ? 0.93 : CAP_HEIGHT) : 0.95;
  const gap = isOutlined ? GAP : 0.22;
  const words = cutLongWords(wordsOf(text), box.width / Math.min(box.maxSize, 52), width);
  const lines = Math.min(box.maxLines ?? MAX_LINES, MAX_LINES, words.length);
  let best: Block | null = null;
  let bestWorth = 0;
  for (let count = 1; count <= lines; count++) {
    const broken = breakInto(words, count, width);
    if (!broken) continue;
    const block = layRows(broken.rows, box, width, { rise, gap, isOutlined });
    const smallest = Math.min(...block.rows.map((row) => row.size));
    const worth = box.isStacked ? smallest * 0.4 + block.height * 0.6 : smallest;
    if (!best || worth > bestWorth * 1.02) [best, bestWorth] = [block, worth];
  }
  if (!best) throw new RangeError('a title has at least one word');
  return { ...best, isRightToLeft: RIGHT_TO_LEFT.test(text) };
}

function layRows(
  texts: readonly string[],
  box: Box,
  width: (text: string) => number,
  letters: { rise: number; gap: number; isOutlined: boolean },
): Block {
  const { rise, gap, isOutlined } = letters;
  const units = texts.map(width);
  const even = Math.min(box.width / Math.max(...units), box.maxSize);
  let sizes = units.map((unit) =>
    box.isStacked ? Math.min(box.width / unit, even * 2.4, box.maxSize) : even,
  );
  const heightOf = (list: readonly number[]): number =>
    list.reduce((sum, size, i) => sum + size * (rise + (i > 0 ? gap : 0)), 0);
  const tooHigh = heightOf(sizes) / box.height;
  if (tooHigh > 1) sizes = sizes.map((size) => size / tooHigh);
  const rows = texts.map((text, i) => ({
    text,
    size: sizes[i] ?? even,
    width: (units[i] ?? 0) * (sizes[i] ?? even),
  }));
  return {
    rows,
    width: Math.max(...rows.map((row) => row.width)),
    height: heightOf(sizes),
    isOutlined,
    isRightToLeft: false,
    rise,
  };
}

/** Draws a block with its top at `y`, aligned inside a column from `x` of a width. */
export function drawBlock(
  block: Block,
  x: number,
  y: number,
  width: number,
  align: Align,
  ink: string,
): string {
  const side = block.isRightToLeft && align === 'left' ? 'right' : align;
  const gap = block.isOutlined ? GAP : 0.22;
  let baseline = y;
  const placed = block.rows.map((row, i) => {
    baseline += row.size * (block.rise + (i > 0 ? gap : 0));
    const left = side === 'left' ? x : side === 'right' ? x + width - row.width : x + (width - row.width) / 2;
    return { ...row, x: left, y: baseline };
  });
  if (!block.isOutlined) return placed.map((row) => systemRow(row, block, x, width, side, ink)).join('');
  const sizes = [...new Set(placed.map((row) => row.size))];
  return sizes
    .map((size) =>
      setRows(
        placed.filter((row) => row.size === size),
        size,
        ink,
      ),
    )
    .join('');
}

function systemRow(
  row: Row & { y: number },
  block: Block,
  x: number,
  width: number,
  side: Align,
  ink: string,
): string {
  const middle = side === 'centre';
  const atX = middle ? x + width / 2 : side === 'right' ? x + width : x;
  const isEnd = (side === 'right') !== block.isRightToLeft;
  const anchor = middle ? ' text-anchor="middle"' : isEnd ? ' text-anchor="end"' : '';
  const direction = block.isRightToLeft ? ' direction="rtl"' : '';
  return `<text x="${num(atX)}" y="${num(row.y - row.size * 0.1)}" font-family="${SYSTEM_FONTS}" font-weight="700" font-size="${num(row.size)}" fill="${ink}"${direction}${anchor}>${escapeXml(row.text)}</text>`;
}

export interface Small {
  markup: string;
  width: number;
}

/** The small line: year and maker. Shortened with … when it is longer than its column. */
export function smallLine(
  parts: readonly string[],
  x: number,
  y: number,
  width: number,
  align: Align,
  ink: string,
): string {
  const size = 17;
  const spacing = 0.09;
  let text = parts.map(shortened).filter((part) => part !== '').join('  ·  ').toLocaleUpperCase('en').replace(/'/g, '’'); // prettier-ignore
  if (text === '') return '';
  const isOutlined = isInFont(text);
  const measure = (value: string): number =>
    (isOutlined ? widthOf(value, spacing) : systemWidth(value)) * size;
  if (measure(text) > width) {
    while (measure(`${text}…`) > width) text = text.slice(0, -1).trimEnd();
    text += '…';
  }
  const set = measure(text);
  const left = align === 'left' ? x : align === 'right' ? x + width - set : x + (width - set) / 2;
  if (isOutlined) return setRows([{ text, x: left, y }], size, ink, spacing);
  return `<text x="${num(left)}" y="${num(y)}" font-family="${SYSTEM_FONTS}" font-size="${size * 0.8}" fill="${ink}">${escapeXml(text)}</text>`;
}
