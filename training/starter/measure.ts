import { resolve } from 'node:path';
import { drawStarterRatings } from '../../datasets/starter/drawRatings.ts';
import { readStarterRows } from '../../datasets/starter/rows.ts';
import { type EaseParameters, fitEase } from '../fitEase.ts';
import { type RatingsTable } from '../ratingsFile.ts';
import { type HeldOut, holdOut, meanNdcg, ndcg, topOf } from '../searchParameters.ts';
import { plainSolver } from '../solver.ts';
import { buildTrainingMatrix, popularityOf, range, type TrainingMatrix } from '../trainingMatrix.ts';
import { tableOfItems } from './fitTaste.ts';
import { peopleOf, ratingCounts, readRealRatings, splitPeople } from './realRatings.ts';

/**
 * What the drawn ratings are worth: EASE trained on them against EASE trained on the real ratings they were fitted to, over
 * the same titles, by nDCG@10 of held-out likes of real people neither has seen. λ is chosen for each on other real people.
 * `node --import tsx training/starter/measure.ts [genome_2021_sample.zip]`
 */
const archive = process.argv[2] ?? resolve(import.meta.dirname, '../../../shared/data/genome_2021_sample.zip');
const rows = readStarterRows();
const real = await readRealRatings(archive, Int32Array.from(rows, ({ movieId }) => movieId!));
const { test, validation, fit } = splitPeople(real);
const fitted = peopleOf(real, fit);
const counts = ratingCounts(fitted);
const measured = [...rows.keys()].filter((title) => counts[title]! >= 20);
const folder = process.env['FOLDER'];
const drawn = drawStarterRatings(folder);

const MOST_FOLDED_IN = [25, 50, 100, 200, 400];
const solver = plainSolver();

const results = [];
for (const [name, table] of [['real', fitted], ['drawn', drawn]] as const) {
  const matrix = inOrder(buildTrainingMatrix(tableOfItems(table, measured), { input: 'graded', minRatings: 1 }));
  for (const algorithm of ['ease', 'rdlae'] as const) results.push(await measure(name, matrix, algorithm));
  if (name === 'real') {
    const popularity = popularityOf(matrix);
    const people = holdOut(real, test, matrix.movieIds, 1);
    results.push({ name: 'popularity', titles: matrix.movieIds.length, people: people.length, ndcg: byPopularity(popularity, people) });
  }
}
console.table(results);
const of = (name: string, algorithm: string) => results.find((row) => row.name === name && 'algorithm' in row && row.algorithm === algorithm)!.ndcg;
for (const algorithm of ['ease', 'rdlae'])
  console.log(`${algorithm}: ${((100 * of('drawn', algorithm)) / of('real', algorithm)).toFixed(1)} % of the real`);

async function measure(name: string, matrix: TrainingMatrix, algorithm: EaseParameters['algorithm']) {
  const tuning = holdOut(real, validation, matrix.movieIds, 2);
  const people = holdOut(real, test, matrix.movieIds, 1);
  let best = { lambda: 0, ndcg: -1, tested: 0 };
  for (const lambda of MOST_FOLDED_IN) {
    const trained = await fitEase(solver, matrix, { algorithm, lambda, dropout: 0.35, xi: 0.2 });
    const ndcg = meanNdcg(trained, tuning, 10);
    if (ndcg > best.ndcg) best = { lambda, ndcg, tested: meanNdcg(trained, people, 10) };
    else if (lambda > 2 * best.lambda) break;
  }
  const row = { name, algorithm, titles: matrix.movieIds.length, entries: matrix.items.length, people: people.length, lambda: best.lambda, ndcg: best.tested };
  console.log(JSON.stringify(row));
  return row;
}

function byPopularity(popularity: Float64Array, people: HeldOut[]): number {
  let sum = 0;
  for (const { likes, seen } of people) {
    const scores = popularity.slice();
    for (const index of seen) scores[index] = -Infinity;
    sum += ndcg(topOf(scores, 10), likes, 10);
  }
  return sum / people.length;
}

function inOrder(matrix: TrainingMatrix): TrainingMatrix {
  return matrix;
}
