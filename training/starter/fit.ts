import { resolve } from 'node:path';
import { readStarterRows } from '../../datasets/starter/rows.ts';
import { fitTaste } from './fitTaste.ts';
import { peopleOf, readRealRatings, splitPeople } from './realRatings.ts';
import { writeTasteModel } from './tasteModel.ts';

/**
 * Fits the taste model of the starter catalogue to real ratings and writes its parameters (no one's row):
 * `node --import tsx training/starter/fit.ts [genome_2021_sample.zip]`. Then `datasets/starter/drawRatings.ts` draws people
 * from it. The people kept out for `measure.ts` are not looked at.
 */
const archive =
  process.argv[2] ?? resolve(import.meta.dirname, '../../../shared/data/genome_2021_sample.zip');
const rows = readStarterRows();
const movieIds = Int32Array.from(rows, ({ movieId }) => movieId!);
const real = await readRealRatings(archive, movieIds);
const started = performance.now();
const report = (line: string) =>
  console.log(`${((performance.now() - started) / 1000).toFixed(0)} s  ${line}`);
report(`${real.userStart.length - 1} people, ${real.items.length} ratings`);
const model = fitTaste(rows, peopleOf(real, splitPeople(real).fit), {
  rank: 120,
  rounds: 2,
  minRatings: 20,
  leastShare: 0.013,
  report,
});
const path = resolve(import.meta.dirname, '../../datasets/starter/tasteModel.bin.gz');
writeTasteModel(path, model);
report(`${path} written`);
