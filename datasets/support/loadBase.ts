import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Title } from '../../src/domain.ts';
import type { Store } from '../../src/store/database.ts';
import { writeRatings } from '../../training/ratingsFile.ts';
import type { BaseData } from '../dataSet.ts';
import { HELD_OUT_MINIMUM_RATINGS, HELD_OUT_SEED } from './heldOut.ts';

/** Which data sets the catalogue was made from; the settings row `dataset`. */
export interface LoadedDataSets {
  base: string;
  addOns: string[];
  /** Titles that came with an add-on, by its name: a rerun of the base set keeps them. */
  addedTitles: Record<string, number[]>;
  minRatings: number;
}

/**
 * Puts a catalogue into SQL in one transaction. Another base set replaces everything; the same one again keeps what
 * add-ons brought: their titles, and facts the set itself does not have.
 */
export async function loadBase(
  store: Store,
  name: string,
  data: BaseData,
  minRatings: number,
): Promise<LoadedDataSets> {
  return store.write(async () => {
    const before = await store.settings.get<LoadedDataSets>('dataset');
    const isSame = before?.base === name;
    const addedTitles = isSame ? before.addedTitles : {};
    const existing = isSame
      ? new Map((await store.movies.readAll()).map((title) => [title.movieId, title]))
      : null;
    const titles = existing
      ? data.titles.map((title) => fillIn(title, existing.get(title.movieId)))
      : data.titles;
    await store.movies.upsertMany(titles);
    await store.movies.retireOthers(
      new Set([...titles.map(({ movieId }) => movieId), ...Object.values(addedTitles).flat()]),
    );
    await store.tags.replaceAll(data.tags, data.tagCounts);
    const loaded = { base: name, addOns: isSame ? before.addOns : [], addedTitles, minRatings };
    await store.settings.set('dataset', loaded);
    return loaded;
  });
}

/** A title as a set gives it, with what an add-on found out before where the set knows nothing. */
export function fillIn(title: Title, known: Title | undefined): Title {
  if (!known || known.isRetired) return title;
  const filled: Record<string, unknown> = { ...title };
  for (const [field, value] of Object.entries(title)) {
    const isMissing = value === null || value === 0 || (Array.isArray(value) && value.length === 0);
    if (isMissing && field !== 'ratingCount' && field !== 'ratingMean')
      filled[field] = known[field as keyof Title];
  }
  return filled as unknown as Title;
}

/**
 * Writes `ratings.bin` and, beside it, who is held out (`heldOut.json`: positions of people in that file, the seed, the
 * file's hash). A set without ratings takes the old file away.
 */
export async function placeRatings(dataDir: string, ratings: BaseData['ratings']): Promise<void> {
  const path = join(dataDir, 'ratings.bin');
  const heldOutPath = join(dataDir, 'heldOut.json');
  if (!ratings) {
    await rm(path, { force: true });
    await rm(heldOutPath, { force: true });
    return;
  }
  const { sha256 } = await writeRatings(path, ratings.table);
  const aside = `${heldOutPath}.${process.pid}.part`;
  const heldOut = {
    seed: HELD_OUT_SEED,
    minimumRatings: HELD_OUT_MINIMUM_RATINGS,
    dataHash: sha256,
    users: [...ratings.heldOut],
  };
  await writeFile(aside, JSON.stringify(heldOut));
  await rename(aside, heldOutPath);
}
