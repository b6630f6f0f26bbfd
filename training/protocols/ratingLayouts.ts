import { isHalfStars, isId } from '../../datasets/support/ratingLines.ts';
import { UsageError } from '../../src/errors.ts';

/** One line of a ratings file; the reader fills the same object for every line. */
export interface RatingLine {
  userId: number;
  itemId: number;
  /** The rating times two; 0 where an empty field says "below 4, not known how much". */
  halfStars: number;
  timestamp: number;
}

export interface LineReader {
  hasHeader: boolean;
  hasTimestamps: boolean;
  /** The layout is known to hold the same row twice. */
  mayRepeat: boolean;
  /** Fills `row`. @returns what is wrong with the line, null when nothing is */
  read: (text: string, row: RatingLine) => string | null;
}

/** Tells the layout from the first line of the file. */
export function lineReaderFor(firstLine: string, name: string): LineReader {
  const text = firstLine.replace(/^\u00EF\u00BB\u00BF/, '');
  if (text.startsWith('{')) return jsonLines();
  if (text.includes('\t')) return columns(text.split('\t'), '\t');
  if (text.includes('::')) return columns(text.split('::'), '::');
  if (text.includes(',')) return csv(text, name);
  throw new UsageError(
    `${name}: line 1: not a layout that is known here; u.data with tabs, CSV with userId,movieId,rating, and JSON lines are`,
  );
}

/** `userId itemId rating [timestamp]` without a header, as ml-100k and ml-1m have it. */
function columns(first: string[], separator: string): LineReader {
  const hasTimestamps = first.length > 3;
  return {
    hasHeader: false,
    hasTimestamps,
    mayRepeat: false,
    read: (text, row) => {
      const fields = text.split(separator);
      if (fields.length < 3) return 'fewer than three columns';
      return fill(row, fields[0], fields[1], fields[2], hasTimestamps ? fields[3] : undefined);
    },
  };
}

/** A header names the columns; an empty rating is one below 4. */
function csv(header: string, name: string): LineReader {
  const names = header.split(',').map((field) => field.trim().replace(/^"|"$/g, ''));
  const at = (column: string) => names.indexOf(column);
  const missing = ['userId', 'movieId', 'rating'].filter((column) => at(column) < 0);
  if (missing.length > 0) throw new UsageError(`${name}: line 1: there is no column ${missing.join(', ')}`);
  const [user, item, rating, time] = ['userId', 'movieId', 'rating', 'timestamp'].map(at) as [
    number,
    number,
    number,
    number,
  ];
  return {
    hasHeader: true,
    hasTimestamps: time >= 0,
    mayRepeat: false,
    read: (text, row) => {
      const fields = text.split(',');
      if (fields[rating] !== '') return fill(row, fields[user], fields[item], fields[rating], fields[time]);
      const problem = fill(row, fields[user], fields[item], '3', fields[time]);
      row.halfStars = 0;
      return problem;
    },
  };
}

function jsonLines(): LineReader {
  return {
    hasHeader: false,
    hasTimestamps: false,
    mayRepeat: true,
    read: (text, row) => {
      let line: Record<string, unknown> | null;
      try {
        line = JSON.parse(text) as Record<string, unknown> | null;
      } catch {
        return 'not JSON';
      }
      return fill(row, line?.['user_id'], line?.['item_id'], line?.['rating'], undefined);
    },
  };
}

function fill(row: RatingLine, user: unknown, item: unknown, rating: unknown, time: unknown): string | null {
  row.userId = numberOf(user);
  row.itemId = numberOf(item);
  row.halfStars = numberOf(rating) * 2;
  if (!isId(row.userId)) return 'the user is not an id';
  if (!isId(row.itemId)) return 'the title is not an id';
  if (!isHalfStars(row.halfStars)) return 'the rating is not 0.5 to 5 by halves';
  if (time === undefined) return null;
  row.timestamp = numberOf(time);
  return Number.isFinite(row.timestamp) ? null : 'the timestamp is not a number';
}

/** NaN for everything that is no number, an empty text included. */
const numberOf = (value: unknown): number =>
  typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
