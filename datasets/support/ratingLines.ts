import type { Readable } from 'node:stream';
import type { BadRows } from './badRows.ts';
import { eachLine } from './jsonLines.ts';
import type { OnProgress } from './progress.ts';
import { RatingRows } from './ratingRows.ts';

/**
 * Ratings as JSON lines, `{"item_id": 1, "user_id": 2, "rating": 4.0}`. The lines have that shape by the million, so
 * their bytes are read by hand; a line of any other shape goes through JSON.parse.
 */
export async function readRatingLines(
  stream: Readable,
  bad: BadRows,
  onProgress: OnProgress,
): Promise<RatingRows> {
  const rows = new RatingRows({ hasTimes: false });
  const line: RatingLine = { itemId: 0, userId: 0, halfStars: 0 };
  await eachLine(stream, (buffer, start, end, number) => {
    const problem = readFast(buffer, start, end, line) ? problemOf(line) : readSlow(buffer, start, end, line);
    if (problem !== null) return bad.add(number, problem);
    rows.push(line.userId, line.itemId, line.halfStars);
    if ((number & 0xffff) === 0) onProgress({ step: 'read ratings', done: number });
  });
  return rows;
}

interface RatingLine {
  itemId: number;
  userId: number;
  halfStars: number;
}

const BEFORE_ITEM = Buffer.from('{"item_id": ');
const BEFORE_USER = Buffer.from(', "user_id": ');
const BEFORE_RATING = Buffer.from(', "rating": ');
const ZERO = 48;
const NINE = 57;
const POINT = 46;
const CLOSING_BRACE = 125;
const LARGEST_ID = 2_147_483_647;

/** Where digits end is handed back here, so that no object is made for each number. */
let numberEnd = 0;

function readFast(buffer: Buffer, start: number, end: number, line: RatingLine): boolean {
  if (!hasBytes(buffer, start, BEFORE_ITEM)) return false;
  line.itemId = readDigits(buffer, start + BEFORE_ITEM.length);
  if (line.itemId < 0 || !hasBytes(buffer, numberEnd, BEFORE_USER)) return false;
  line.userId = readDigits(buffer, numberEnd + BEFORE_USER.length);
  if (line.userId < 0 || !hasBytes(buffer, numberEnd, BEFORE_RATING)) return false;
  const at = numberEnd + BEFORE_RATING.length;
  if (end !== at + 4 || buffer[at + 1] !== POINT || buffer[at + 3] !== CLOSING_BRACE) return false;
  const whole = buffer[at]! - ZERO;
  const tenths = buffer[at + 2]! - ZERO;
  if (whole < 0 || whole > 9 || (tenths !== 0 && tenths !== 5)) return false;
  line.halfStars = whole * 2 + (tenths === 5 ? 1 : 0);
  return true;
}

function hasBytes(buffer: Buffer, at: number, wanted: Buffer): boolean {
  for (let offset = 0; offset < wanted.length; offset++)
    if (buffer[at + offset] !== wanted[offset]) return false;
  return true;
}

/** A number of at most ten digits, −1 when there is none. Sets `numberEnd`. */
function readDigits(buffer: Buffer, at: number): number {
  let value = 0;
  let place = at;
  for (; place < at + 10; place++) {
    const digit = buffer[place]!;
    if (digit < ZERO || digit > NINE) break;
    value = value * 10 + (digit - ZERO);
  }
  numberEnd = place;
  return place === at ? -1 : value;
}

function readSlow(buffer: Buffer, start: number, end: number, line: RatingLine): string | null {
  let row: Record<string, unknown> | null;
  try {
    row = JSON.parse(buffer.toString('utf8', start, end)) as Record<string, unknown> | null;
  } catch {
    return 'not JSON';
  }
  line.itemId = Number(row?.['item_id'] ?? NaN);
  line.userId = Number(row?.['user_id'] ?? NaN);
  line.halfStars = Number(row?.['rating'] ?? NaN) * 2;
  return problemOf(line);
}

function problemOf({ itemId, userId, halfStars }: RatingLine): string | null {
  if (!isId(itemId)) return '"item_id" is not an id';
  if (!isId(userId)) return '"user_id" is not an id';
  return isHalfStars(halfStars) ? null : '"rating" is not 0.5 to 5 by halves';
}

export const isId = (id: number): boolean => Number.isInteger(id) && id >= 0 && id <= LARGEST_ID;
export const isHalfStars = (halfStars: number): boolean =>
  Number.isInteger(halfStars) && halfStars >= 1 && halfStars <= 10;
