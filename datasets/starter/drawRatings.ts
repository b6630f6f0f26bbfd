import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { seededRandom } from '../../src/seededRandom.ts';
import { type RatingsTable, writeRatings } from '../../training/ratingsFile.ts';
import { drawPeople } from '../../training/starter/drawPeople.ts';
import { readTasteModel } from '../../training/starter/tasteModel.ts';

/**
 * Draws the starter's synthetic ratings from its taste model: `node --import tsx datasets/starter/drawRatings.ts`. The same
 * model and seed always give the same file.
 */
export const PEOPLE = 4400;
const SEED = 2026;
const MIN_RATINGS = 24;

export function drawStarterRatings(folder = import.meta.dirname, people = PEOPLE, seed = SEED): RatingsTable {
  const model = readTasteModel(join(folder, 'tasteModel.bin.gz'));
  return drawPeople(model, { people, random: seededRandom(seed), minRatings: MIN_RATINGS }).table;
}

/** gzip of the ratings file; without a time stamp, so that the same ratings are the same bytes. */
export async function writePackedRatings(path: string, table: RatingsTable): Promise<number> {
  const plain = `${path}.plain`;
  await writeRatings(plain, table);
  const packed = gzipSync(readFileSync(plain), { level: 9 });
  writeFileSync(path, packed);
  rmSync(plain);
  return packed.length;
}

if (process.argv[1] === import.meta.filename) {
  const table = drawStarterRatings();
  const bytes = await writePackedRatings(join(import.meta.dirname, 'ratings.bin.gz'), table);
  console.log(
    `${table.userStart.length - 1} people, ${table.items.length} ratings, ${(bytes / 1e6).toFixed(2)} MB packed`,
  );
}
