import type { Readable } from 'node:stream';
import type { BadRows } from './badRows.ts';
import { eachNumberRow } from './numberRows.ts';
import type { OnProgress } from './progress.ts';
import { isHalfStars, isId } from './ratingLines.ts';
import { RatingRows } from './ratingRows.ts';

/** MovieLens' `ratings.csv`: userId, movieId, rating and mostly a timestamp, in any order. */
export async function readRatingCsv(
  stream: Readable,
  bad: BadRows,
  onProgress: OnProgress,
): Promise<RatingRows> {
  let rows = new RatingRows({ hasTimes: false });
  const table = {
    name: 'ratings.csv',
    required: ['userId', 'movieId', 'rating'],
    optional: ['timestamp'],
    onHeader: (columns: readonly string[]) => {
      rows = new RatingRows({ hasTimes: columns.includes('timestamp') });
    },
  };
  await eachNumberRow(stream, table, (values, line) => {
    const [userId = NaN, movieId = NaN, rating = NaN, timestamp] = values;
    const halfStars = rating * 2;
    if (!isId(userId)) return bad.add(line, '"userId" is not an id');
    if (!isId(movieId)) return bad.add(line, '"movieId" is not an id');
    if (!isHalfStars(halfStars)) return bad.add(line, '"rating" is not 0.5 to 5 by halves');
    rows.push(userId, movieId, halfStars, timestamp || 0);
    if ((line & 0xffff) === 0) onProgress({ step: 'read ratings', done: line });
  });
  return rows;
}
