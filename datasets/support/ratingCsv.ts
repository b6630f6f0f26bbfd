import type { Readable } from 'node:stream';
import { UsageError } from '../../src/errors.ts';
import type { BadRows } from './badRows.ts';
import { eachLine } from './jsonLines.ts';
import type { OnProgress } from './progress.ts';
import { isHalfStars, isId } from './ratingLines.ts';
import { RatingRows } from './ratingRows.ts';

const COLUMNS = ['userId', 'movieId', 'rating'];
const COMMA = 44;
const QUOTE = 34;

/**
 * MovieLens' `ratings.csv` (userId, movieId, rating, timestamp; in any order): numbers without quotes, tens of millions
 * of lines, so the bytes are read by hand. A lone quoted number is read too.
 */
export async function readRatingCsv(
  stream: Readable,
  bad: BadRows,
  onProgress: OnProgress,
): Promise<RatingRows> {
  let rows: RatingRows | null = null;
  let place = { userId: -1, movieId: -1, rating: -1, timestamp: -1 };
  const values: number[] = [];
  await eachLine(stream, (buffer, start, end, line) => {
    if (!rows) {
      place = columnPlaces(buffer.toString('utf8', start, end));
      rows = new RatingRows({ hasTimes: place.timestamp >= 0 });
      return;
    }
    readNumbers(buffer, start, end, values);
    const userId = values[place.userId] ?? NaN;
    const movieId = values[place.movieId] ?? NaN;
    const halfStars = (values[place.rating] ?? NaN) * 2;
    if (!isId(userId)) return bad.add(line, '"userId" is not an id');
    if (!isId(movieId)) return bad.add(line, '"movieId" is not an id');
    if (!isHalfStars(halfStars)) return bad.add(line, '"rating" is not 0.5 to 5 by halves');
    rows.push(userId, movieId, halfStars, values[place.timestamp] || 0);
    if ((line & 0xffff) === 0) onProgress({ step: 'read ratings', done: line });
  });
  if (!rows) throw new UsageError('ratings.csv: the file is empty');
  return rows;
}

function columnPlaces(header: string): {
  userId: number;
  movieId: number;
  rating: number;
  timestamp: number;
} {
  const columns = header
    .replace(/^\uFEFF/, '')
    .split(',')
    .map((column) => column.trim().replace(/^"|"$/g, ''));
  const missing = COLUMNS.filter((column) => !columns.includes(column));
  if (missing.length > 0)
    throw new UsageError(`ratings.csv: missing column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}`);
  const at = (column: string) => columns.indexOf(column);
  return { userId: at('userId'), movieId: at('movieId'), rating: at('rating'), timestamp: at('timestamp') };
}

/** The numbers of one line, NaN where something else stands. */
function readNumbers(buffer: Buffer, start: number, end: number, into: number[]): void {
  into.length = 0;
  let whole = 0;
  let scale = 0;
  let digits = 0;
  let isNumber = true;
  for (let at = start; at <= end; at++) {
    const byte = at === end ? COMMA : buffer[at]!;
    if (byte >= 48 && byte <= 57) {
      whole = whole * 10 + (byte - 48);
      scale *= 10;
      digits++;
    } else if (byte === 46 && scale === 0) scale = 1;
    else if (byte === COMMA) {
      into.push(isNumber && digits > 0 ? whole / (scale || 1) : NaN);
      whole = scale = digits = 0;
      isNumber = true;
    } else if (byte !== QUOTE) isNumber = false;
  }
}
