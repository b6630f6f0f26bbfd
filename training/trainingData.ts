import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Store } from '../src/store/database.ts';
import { emptyRatings, ofKnownTitles } from './mergeRatings.ts';
import { type RatingsTable, readRatings } from './ratingsFile.ts';
import { type TrainOptions } from './trainModel.ts';
import { type TrainRequest } from './trainOptions.ts';

/** @param folder where `ratings.bin` is; without one there are no data-set ratings */
export function readDataSet(folder: string): RatingsTable {
  const path = join(folder, 'ratings.bin');
  return existsSync(path) ? readRatings(path) : emptyRatings();
}

/** Every tag count of the catalogue, for side information of weight a. */
export async function readSide(store: Store, weight: number): Promise<TrainOptions['side']> {
  if (weight === 0) return undefined;
  const { counts } = await store.tags.readAll();
  const tagCounts = Array.from(counts.movieIds, (movieId, at) => ({
    movieId,
    tagId: counts.tagIds[at]!,
    count: counts.counts[at]!,
  }));
  return { weight, tagCounts };
}

const DEFAULT_MIN_RATINGS = 20;

/** What the data set was set up with; a catalogue without ratings was set up with none. */
export async function minRatingsOfSetup(store: Store): Promise<number> {
  const loaded = await store.settings.get<{ minRatings?: number }>('dataset');
  return loaded?.minRatings || DEFAULT_MIN_RATINGS;
}

/** Says which titles are left out. A setup trains for a catalogue that is not in SQL yet, and knows its titles. */
export async function withoutUnknownTitles(
  store: Store,
  merged: RatingsTable,
  { staged }: TrainRequest,
): Promise<RatingsTable> {
  if (staged || (await store.movies.count()) === 0) return merged;
  const catalogue = new Set((await store.movies.readAll()).map(({ movieId }) => movieId));
  const { ratings, unknown } = ofKnownTitles(merged, catalogue);
  if (unknown.length > 0)
    process.stderr.write(
      `Left out: ratings of ${unknown.length} titles that are not in the catalogue (movieId ${unknown.slice(0, 5).join(', ')}${unknown.length > 5 ? ', …' : ''})\n`,
    );
  return ratings;
}
