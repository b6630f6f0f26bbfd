import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeRatings } from '../../training/ratingsFile.ts';
import type { BaseData } from '../dataSet.ts';
import { HELD_OUT_MINIMUM_RATINGS, HELD_OUT_SEED } from './heldOut.ts';
import type { StagedFiles } from './stagedFiles.ts';

export const RATINGS_FILE = 'ratings.bin';
export const HELD_OUT_FILE = 'heldOut.json';
export const REVIEWS_FILE = 'reviews.json';

/** The ratings and, beside them, who is held out: positions of people in that file, the seed, the file's hash. */
export async function stageRatings(
  { folder }: StagedFiles,
  { table, heldOut }: NonNullable<BaseData['ratings']>,
): Promise<void> {
  const { sha256 } = await writeRatings(join(folder, RATINGS_FILE), table);
  await writeFile(
    join(folder, HELD_OUT_FILE),
    JSON.stringify({
      seed: HELD_OUT_SEED,
      minimumRatings: HELD_OUT_MINIMUM_RATINGS,
      dataHash: sha256,
      users: [...heldOut],
    }),
  );
}

export const stageReviews = (
  { folder }: StagedFiles,
  reviews: NonNullable<BaseData['reviews']>,
): Promise<void> => writeFile(join(folder, REVIEWS_FILE), JSON.stringify(Object.fromEntries(reviews)));
