import { describe, expect, it } from 'vitest';
import { type EaseFit, fitFromGram } from '../../training/fitEase.ts';
import { seededRandom } from '../../training/random.ts';
import { plainSolver } from '../../training/solver.ts';
import { buildTrainingMatrix, popularityOf, type TrainingMatrix } from '../../training/trainingMatrix.ts';
import { changePerson, learnPerson, type PersonEntry, unlearnPerson } from '../../training/unlearn.ts';
import { largestDifference, weightsOf } from './denseReference.ts';
import { tableOf } from './goldenModel.ts';

const random = seededRandom(3);
const people = Array.from({ length: 90 }, () =>
  Array.from({ length: 30 }, (_, at) => at + 1).filter((title) => random() < 0.8 / Math.sqrt(title)),
);
// Everyone knows title 1: all matrices below have the same titles in the same order.
const everyone = buildTrainingMatrix(tableOf(people.map((titles) => [...new Set([1, ...titles, 30])])), {
  input: 'graded',
  minRatings: 1,
});

const rowsOfPeople = (matrix: TrainingMatrix): PersonEntry[][] =>
  Array.from({ length: matrix.userStart.length - 1 }, (_, user) =>
    Array.from(matrix.items.subarray(matrix.userStart[user], matrix.userStart[user + 1]), (index, at) => ({
      index,
      value: matrix.values[matrix.userStart[user]! + at]!,
    })),
  );

function matrixOf(rows: PersonEntry[][]): TrainingMatrix {
  const userStart = [0];
  for (const row of rows) userStart.push(userStart.at(-1)! + row.length);
  return {
    movieIds: everyone.movieIds,
    userStart: Uint32Array.from(userStart),
    items: Uint32Array.from(rows.flat(), ({ index }) => index),
    values: Float32Array.from(rows.flat(), ({ value }) => value),
  };
}

/** A full training with γ as the first one had it. */
async function retrain(rows: PersonEntry[][], frozen?: EaseFit): Promise<EaseFit> {
  const matrix = matrixOf(rows);
  const solver = plainSolver();
  const counts = popularityOf(matrix);
  const parameters = { algorithm: 'rdlae', lambda: 5, dropout: 0.3, xi: 0.1 } as const;
  const gram = await solver.gram(matrix);
  if (!frozen) return fitFromGram(solver, gram, { movieIds: matrix.movieIds, counts }, parameters);
  // λ is the frozen γ where it does not depend on the counts.
  const keepsAdded = { ...solver, invert: (triangle: typeof gram) => solver.invert(triangle, frozen.added) };
  const fit = await fitFromGram(keepsAdded, gram, { movieIds: matrix.movieIds, counts }, parameters);
  const { scalesOf } = await import('../../training/fitEase.ts');
  const { diagonalOf } = await import('../../training/lowerTriangle.ts');
  return {
    ...fit,
    added: frozen.added,
    ...scalesOf(diagonalOf(fit.inverse), frozen.added, counts, parameters),
  };
}

describe('one person more, less or changed equals a full retrain to 1e-10', () => {
  const rows = rowsOfPeople(everyone);

  it('unlearning a person', async () => {
    const full = await retrain(rows);
    const expected = await retrain(rows.slice(1), full);
    const before = weightsOf(full);
    const unlearned = unlearnPerson(full, rows[0]!);
    expect(largestDifference(weightsOf(unlearned), weightsOf(expected))).toBeLessThan(1e-10);
    expect(largestDifference(before, weightsOf(expected))).toBeGreaterThan(1e-4);
    expect(unlearned.counts).toEqual(expected.counts);
  });

  it('learning a person', async () => {
    const part = await retrain(rows.slice(1));
    const expected = await retrain(rows, part);
    const learned = learnPerson(part, rows[0]!);
    expect(largestDifference(weightsOf(learned), weightsOf(expected))).toBeLessThan(1e-10);
  });

  it('changing what a person said', async () => {
    const changed: PersonEntry[] = [
      { index: 0, value: 0.5 },
      { index: 7, value: 1 },
      { index: 29, value: 1 },
    ];
    const full = await retrain(rows);
    const expected = await retrain([changed, ...rows.slice(1)], full);
    const result = changePerson(full, rows[0]!, changed);
    expect(largestDifference(weightsOf(result), weightsOf(expected))).toBeLessThan(1e-10);
  });

  it('ratings that were never trained on are refused, and P stays as it was', async () => {
    const full = await retrain(rows);
    const before = weightsOf(full);
    const strange = Array.from({ length: 30 }, (_, index) => ({ index, value: 40 }));
    expect(() => unlearnPerson(full, strange)).toThrow('was not trained on them');
    expect(largestDifference(weightsOf(full), before)).toBe(0);
  });
});
