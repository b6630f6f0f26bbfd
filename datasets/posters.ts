import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Title } from '../src/domain.ts';
import { UsageError } from '../src/errors.ts';
import { popularityOf } from '../src/services/buildSnapshot.ts';
import { findPhotograph } from '../src/services/photographs/findPhotograph.ts';
import { PhotographFiles, photographKey } from '../src/services/photographs/photographFiles.ts';
import { imageTypeOf } from '../src/tmdb/imageType.ts';
import type { Tmdb } from '../src/tmdb/tmdb.ts';
import type { AddOn, Enrichment, SetupOptions } from './dataSet.ts';
import { askEach, connectToTmdb } from './support/askTmdb.ts';
import { imdbIdOf } from './support/imdbId.ts';
import { timed } from './support/progress.ts';
import { counts, ReasonCounter, step } from './support/report.ts';

/** Photographs of posters into `<dataDir>/posters`: from TMDB, or from a folder of `tt*.jpg`. */
export const posters: AddOn = {
  kind: 'add-on',
  name: 'posters',
  licence: "TMDB's terms of use: with attribution, not for commerce without an agreement",
  citation: 'This product uses the TMDB API but is not endorsed or certified by TMDB',
  page: 'https://www.themoviedb.org',
  needsNoFile: true,
  enrich: (titles, options) =>
    options.path === null
      ? fetchPosters(titles, options, connectToTmdb())
      : takePosters(titles, options, options.path),
};

/** Best known titles first; those that have a picture, and those TMDB lately had none of, are not asked for again. */
export async function fetchPosters(
  titles: readonly Title[],
  options: Pick<SetupOptions, 'dataDir' | 'onProgress'>,
  tmdb: Tmdb,
): Promise<Enrichment> {
  const files = new PhotographFiles(options.dataDir);
  await files.refresh();
  const dropped = new ReasonCounter();
  const numbers = { alreadyHere: 0, fetched: 0 };
  const wanted = new Map<string, Title>();
  for (const title of titles.toSorted((a, b) => popularityOf(b) - popularityOf(a) || a.movieId - b.movieId)) {
    const key = photographKey(title);
    if (key === null) dropped.add('neither an IMDb id nor a TMDB id', nameOf(title));
    else if (files.nameOf(key) !== undefined || wanted.has(key)) numbers.alreadyHere++;
    else if (files.isKnownAbsent(key)) dropped.add('TMDB has no poster of it', nameOf(title));
    else wanted.set(key, title);
  }
  await askEach(
    [...wanted],
    { step: 'fetch posters', onProgress: options.onProgress },
    async ([key, title]) => {
      const photograph = await findPhotograph(tmdb, title);
      if (photograph) {
        await files.save(key, photograph.bytes, photograph.type);
        numbers.fetched++;
      } else {
        await files.saveAbsence(key);
        dropped.add('TMDB has no poster of it', nameOf(title));
      }
    },
    ([, title], error) => dropped.add(error.message, nameOf(title)),
  );
  return report(titles.length, 'fetch posters', dropped, numbers);
}

const MAX_BYTES = 10_000_000;
const PICTURE = /^(tt\d+)\.(?:jpe?g|png|webp)$/i;

/** Copies `tt0113277.jpg` and the like for titles that are in the catalogue. */
async function takePosters(
  titles: readonly Title[],
  options: SetupOptions,
  folder: string,
): Promise<Enrichment> {
  if (!(await stat(folder)).isDirectory())
    throw new UsageError(`--from: ${basename(folder)} is no folder of tt*.jpg files`);
  const names = (await readdir(folder)).filter((name) => PICTURE.test(name)).sort();
  if (names.length === 0) throw new UsageError(`--from: there is no tt*.jpg file in ${basename(folder)}`);
  const files = new PhotographFiles(options.dataDir);
  await files.refresh();
  const dropped = new ReasonCounter();
  const inCatalogue = new Set(titles.map(({ imdbId }) => imdbId));
  let taken = 0;
  await timed(options.onProgress, 'take posters', async () => {
    for (const [at, name] of names.entries()) {
      options.onProgress({ step: 'take posters', done: at, total: names.length });
      const imdbId = imdbIdOf(PICTURE.exec(name)![1]!.toLowerCase());
      const path = join(folder, name);
      if (imdbId === null || !inCatalogue.has(imdbId)) dropped.add('no title of that IMDb id', name);
      else if ((await stat(path)).size > MAX_BYTES) dropped.add(`larger than ${MAX_BYTES / 1e6} MB`, name);
      else {
        const bytes = await readFile(path);
        const type = imageTypeOf(bytes);
        if (type === null) dropped.add('not a JPEG, PNG or WebP picture', name);
        else {
          await files.save(imdbId, bytes, type);
          taken++;
        }
      }
    }
    return { result: null, done: names.length };
  });
  return report(names.length, 'take posters', dropped, { taken });
}

const report = (
  read: number,
  name: string,
  dropped: ReasonCounter,
  numbers: Record<string, number>,
): Enrichment => ({
  updates: [],
  newTitles: [],
  steps: [step(name, counts(read), counts(read - dropped.total), dropped.list())],
  numbers,
});

const nameOf = ({ title, year }: Title): string => `${title} (${year})`;
