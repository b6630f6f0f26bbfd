import { resolve } from 'node:path';
import { drawStarterRatings } from '../../datasets/starter/drawRatings.ts';
import { readStarterRows } from '../../datasets/starter/rows.ts';
import { type Algorithm, fitEase } from '../fitEase.ts';
import { type RatingsTable } from '../ratingsFile.ts';
import { MEASURES_AT_10, meanOf } from '../evaluation/evaluate.ts';
import { evaluateScores } from '../evaluation/scorePeople.ts';
import { scorePopularity } from '../baselines/popularity.ts';
import { plainSolver } from '../solver.ts';
import { buildTrainingMatrix, popularityOf } from '../trainingMatrix.ts';
import { holdOut, meanNdcgAt10 } from '../validationPeople.ts';
import { tableOfItems } from './fitTaste.ts';
import { marginalsOf, titleCorrelations } from './marginals.ts';
import { peopleOf, ratingCounts, readRealRatings, splitPeople } from './realRatings.ts';

/**
 * What the drawn ratings are worth, for docs/starter.md: their marginals beside the real ones, and EASE trained on them beside
 * EASE trained on the real ratings they were fitted to, over the same titles, by nDCG@10 of held-out likes of real people
 * neither has seen. λ is chosen for each on other real people.
 * `node --import tsx training/starter/measure.ts [genome_2021_sample.zip]`
 */
const archive =
  process.argv[2] ?? resolve(import.meta.dirname, '../../../shared/data/genome_2021_sample.zip');
const LAMBDAS = [25, 50, 100, 200, 400, 800];

const rows = readStarterRows();
const real = await readRealRatings(
  archive,
  Int32Array.from(rows, ({ movieId }) => movieId!),
);
const { test, validation, fit } = splitPeople(real);
const fitted = peopleOf(real, fit);
const counts = ratingCounts(fitted);
/** The titles both can be trained on. */
const measured = [...rows.keys()].filter((title) => counts[title]! >= 20);
const years = measured.map((title) => rows[title]!.year);
const tables = { real: tableOfItems(fitted, measured), drawn: tableOfItems(drawStarterRatings(), measured) };
const solver = plainSolver();

for (const [cohort, name] of ['early', 'late'].entries())
  for (const [source, table] of Object.entries(tables))
    console.log(`${name}, ${source}:`, JSON.stringify(marginalsOf(table, years, cohort)));
console.log('titles, real and drawn:', titleCorrelations(tables.real, tables.drawn));
console.log(`popularity: ${ndcgOfPopularity(tables.real).toFixed(4)} (${measured.length} titles)`);
for (const algorithm of ['ease', 'rdlae'] as const) {
  const onReal = await ndcgOf(tables.real, algorithm);
  const onDrawn = await ndcgOf(tables.drawn, algorithm);
  const share = ((100 * onDrawn.ndcg) / onReal.ndcg).toFixed(1);
  console.log(`${algorithm}: real`, onReal, 'drawn', onDrawn, `${share} %`);
}

async function ndcgOf(table: RatingsTable, algorithm: Algorithm): Promise<{ lambda: number; ndcg: number }> {
  const matrix = buildTrainingMatrix(table, { input: 'graded', minRatings: 1 });
  const tuning = holdOut(real, validation, matrix.movieIds, 2);
  const people = holdOut(real, test, matrix.movieIds, 1);
  let best = { lambda: 0, chosenBy: -1, ndcg: 0 };
  for (const lambda of LAMBDAS) {
    const trained = await fitEase(solver, matrix, { algorithm, lambda, dropout: 0.35, xi: 0.2 });
    const chosenBy = meanNdcgAt10(trained, tuning);
    if (chosenBy > best.chosenBy) best = { lambda, chosenBy, ndcg: meanNdcgAt10(trained, people) };
  }
  return { lambda: best.lambda, ndcg: best.ndcg };
}

function ndcgOfPopularity(table: RatingsTable): number {
  const matrix = buildTrainingMatrix(table, { input: 'graded', minRatings: 1 });
  const counts = popularityOf(matrix);
  const people = holdOut(real, test, matrix.movieIds, 1);
  const plan = { measures: MEASURES_AT_10, depth: 10, shownPlaces: 10 };
  return meanOf(evaluateScores(scorePopularity(counts), people, counts, plan).perPerson['nDCG@10']!);
}
