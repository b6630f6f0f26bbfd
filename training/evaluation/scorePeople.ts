import { type EaseFit } from '../fitEase.ts';
import { rowsOf } from '../lowerTriangle.ts';
import { type SparseWeights } from '../sparsify.ts';
import { type SparseVector, timesTriangle } from '../timesTriangle.ts';
import { type Evaluation, Evaluator, type MeasurePlan, type Person } from './evaluate.ts';

/** People scored in one walk over the triangle: enough to pay for reading it, few enough for the cache. */
const BATCH = 64;

/**
 * Evaluates models that share P and rowScale and differ in columnScale only (EDLAE and RDLAE with any ξ): x·P is computed
 * once for all. Exact, with the whole of P; no square copy of it is made.
 * @param counts ratings of each title in training
 */
export function evaluateFits(
  fit: Pick<EaseFit, 'inverse' | 'rowScale'>,
  columnScales: Float64Array[],
  people: Person[],
  counts: Float64Array,
  plan: MeasurePlan,
): Evaluation[] {
  const size = counts.length;
  const rows = rowsOf(fit.inverse);
  const evaluators = columnScales.map(() => new Evaluator(plan, people, counts));
  const products = Array.from({ length: Math.min(BATCH, people.length) }, () => new Float64Array(size));
  const scores = new Float64Array(size);
  const scaled = ({ indexes, values }: Person): SparseVector => ({
    indexes,
    values: values.map((value, at) => value * fit.rowScale[indexes[at]!]!),
  });
  for (let from = 0; from < people.length; from += BATCH) {
    const batch = people.slice(from, from + BATCH);
    timesTriangle(rows, batch.map(scaled), products, { withDiagonal: false });
    batch.forEach((_, at) => {
      const product = products[at]!;
      columnScales.forEach((columnScale, variant) => {
        for (let j = 0; j < size; j++) scores[j] = -product[j]! * columnScale[j]!;
        evaluators[variant]!.add(from + at, scores);
      });
    });
  }
  return evaluators.map((evaluator) => evaluator.result());
}

/** Evaluates any other recommender. @param score fills one score a title; the array comes zeroed */
export function evaluateScores(
  score: (person: Person, scores: Float64Array) => void,
  people: Person[],
  counts: Float64Array,
  plan: MeasurePlan,
): Evaluation {
  const evaluator = new Evaluator(plan, people, counts);
  const scores = new Float64Array(counts.length);
  people.forEach((person, at) => {
    scores.fill(0);
    score(person, scores);
    evaluator.add(at, scores);
  });
  return evaluator.result();
}

/** x·W for weights in compressed sparse rows. */
export const scoreSparse =
  ({ rowStart, columns, values }: SparseWeights) =>
  (person: Person, scores: Float64Array): void => {
    person.indexes.forEach((row, at) => {
      const factor = person.values[at]!;
      for (let entry = rowStart[row]!; entry < rowStart[row + 1]!; entry++)
        scores[columns[entry]!]! += factor * values[entry]!;
    });
  };
