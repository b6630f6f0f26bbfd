import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { addedDiagonal, type EaseParameters, fitEase, preparedMatrix } from '../../training/fitEase.ts';
import { seededRandom } from '../../training/random.ts';
import { plainSolver } from '../../training/solver.ts';
import { buildTrainingMatrix, popularityOf, type TrainingMatrix } from '../../training/trainingMatrix.ts';
import {
  columnByRegression,
  denseOf,
  freeColumn,
  largestDifference,
  symmetricOf,
  weightsOf,
} from './denseReference.ts';
import { GOLDEN_USERS, tableOf } from './goldenModel.ts';

const golden = buildTrainingMatrix(tableOf(GOLDEN_USERS), { input: 'graded', minRatings: 1 });

/** 60 people × 9 titles with falling popularity and mixed ratings: far from symmetric. */
const lopsided: TrainingMatrix = (() => {
  const random = seededRandom(5);
  const users = Array.from({ length: 60 }, () =>
    Array.from({ length: 9 }, (_, at) => at + 1).filter((title) => random() < 0.9 / title ** 0.6),
  ).filter((user) => user.length > 0);
  const table = tableOf(users, () => 6 + Math.floor(random() * 5));
  return buildTrainingMatrix(table, { input: 'graded', minRatings: 1 });
})();

const fit = (matrix: TrainingMatrix, parameters: EaseParameters) =>
  fitEase(plainSolver(), matrix, parameters);

describe('EASE', () => {
  it('gives the documented weights, and not their transpose', async () => {
    const ease = await fit(golden, { algorithm: 'ease', lambda: 1 });
    const at = (title: number) => ease.movieIds.indexOf(10 * title);
    const weights = weightsOf(ease);
    expect(weights.get(at(1), at(2))).toBeCloseTo(0.335938, 6);
    expect(weights.get(at(2), at(1))).toBeCloseTo(0.475138, 6);
    expect(weights.get(at(1), at(6))).toBeCloseTo(-0.1, 6);
    expect(weights.get(at(6), at(1))).toBeCloseTo(-0.220994, 6);
  });

  it('equals a ridge regression of each title on the others', async () => {
    const weights = weightsOf(await fit(lopsided, { algorithm: 'ease', lambda: 3 }));
    const gamma = new Array<number>(9).fill(3);
    for (let j = 0; j < 9; j++)
      columnByRegression(denseOf(lopsided), gamma, j, 0).forEach((value, i) =>
        expect(weights.get(i, j)).toBeCloseTo(value, 12),
      );
    expect(largestDifference(weights, weights.transpose())).toBeGreaterThan(0.05);
  });

  it('leaves no gradient of the objective off the diagonal', async () => {
    const weights = weightsOf(await fit(lopsided, { algorithm: 'ease', lambda: 3 }));
    const x = denseOf(lopsided);
    const gram = x.transpose().mmul(x);
    // ∇ of ‖X − XB‖² + λ‖B‖² is −2G + 2GB + 2λB.
    const gradient = gram.mmul(weights).sub(gram).add(Matrix.mul(weights, 3));
    for (let i = 0; i < 9; i++)
      for (let j = 0; j < 9; j++) if (i !== j) expect(Math.abs(gradient.get(i, j))).toBeLessThan(1e-12);
    expect(Math.abs(gradient.get(0, 0))).toBeGreaterThan(1);
  });
});

describe('EDLAE, RLAE and RDLAE', () => {
  it('EDLAE equals regressions whose ridge grows with popularity', async () => {
    const parameters: EaseParameters = { algorithm: 'edlae', lambda: 2, dropout: 0.4 };
    const weights = weightsOf(await fit(lopsided, parameters));
    const gamma = Array.from(popularityOf(lopsided), (count) => 2 + (0.4 / 0.6) * count);
    for (let j = 0; j < 9; j++)
      columnByRegression(denseOf(lopsided), gamma, j, 0).forEach((value, i) =>
        expect(weights.get(i, j)).toBeCloseTo(value, 12),
      );
  });

  it.each([
    { algorithm: 'rdlae', lambda: 12, dropout: 0.3, xi: 0.35 } as const,
    { algorithm: 'rlae', lambda: 15, xi: 0.5 } as const,
  ])(
    '$algorithm bounds the own weight by ξ where it would exceed it, and leaves it free elsewhere',
    async (parameters) => {
      const relaxed = await fit(lopsided, parameters);
      const weights = weightsOf(relaxed);
      const x = denseOf(lopsided);
      const gamma = addedDiagonal(popularityOf(lopsided), parameters);
      let bound = 0;
      for (let j = 0; j < 9; j++) {
        const free = freeColumn(x, gamma, j);
        const isBound = free[j]! > parameters.xi;
        if (isBound) bound++;
        const expected = isBound ? columnByRegression(x, gamma, j, parameters.xi) : free;
        for (let i = 0; i < 9; i++) if (i !== j) expect(weights.get(i, j)).toBeCloseTo(expected[i]!, 12);
      }
      // The data must show both cases, or this test would prove half of the formula.
      expect(bound).toBeGreaterThan(0);
      expect(bound).toBeLessThan(9);
    },
  );

  it('RDLAE without dropout and relaxation is EASE, without relaxation EDLAE, without dropout RLAE', async () => {
    const weights = async (parameters: EaseParameters) => weightsOf(await fit(lopsided, parameters));
    const same = async (a: EaseParameters, b: EaseParameters) =>
      expect(largestDifference(await weights(a), await weights(b))).toBe(0);
    await same({ algorithm: 'rdlae', lambda: 4, dropout: 0, xi: 0 }, { algorithm: 'ease', lambda: 4 });
    await same(
      { algorithm: 'rdlae', lambda: 4, dropout: 0.5, xi: 0 },
      { algorithm: 'edlae', lambda: 4, dropout: 0.5 },
    );
    await same(
      { algorithm: 'rdlae', lambda: 4, dropout: 0, xi: 0.2 },
      { algorithm: 'rlae', lambda: 4, xi: 0.2 },
    );
  });
});

describe('DAN and side information', () => {
  it('DAN weighs people by activity and titles by popularity as its formula says', async () => {
    const parameters: EaseParameters = { algorithm: 'dan', lambda: 2, dropout: 0.25, alpha: 0.3, beta: 0.5 };
    const weights = weightsOf(await fit(lopsided, parameters));
    const x = denseOf(lopsided);
    const counts = popularityOf(lopsided);
    const weighted = x.clone();
    for (let user = 0; user < x.rows; user++) {
      const activity = Math.max(
        1,
        x.getRow(user).reduce((sum, value) => sum + value * value, 0),
      );
      weighted.mulRow(user, activity ** (-0.5 / 2));
    }
    const gamma = Array.from(counts, (count) => 2 + (0.25 / 0.75) * count);
    for (let j = 0; j < 9; j++)
      columnByRegression(weighted, gamma, j, 0).forEach((value, i) => {
        if (i === j) return;
        expect(weights.get(i, j)).toBeCloseTo(counts[i]! ** 0.3 * value * counts[j]! ** -0.3, 8);
      });
  });

  it('side information adds a²·TᵀT to the Gram matrix and gives a title nobody rated its weights', async () => {
    const cold: TrainingMatrix = { ...lopsided, movieIds: Int32Array.from([...lopsided.movieIds, 9999]) };
    const side = {
      weight: 3,
      rows: [
        { items: [1, 4, 9], values: [1, 0.5, 1] },
        { items: [2, 9], values: [1, 0.25] },
      ],
    };
    const parameters: EaseParameters = { algorithm: 'ease', lambda: 2 };
    const gram = symmetricOf(await plainSolver().gram(preparedMatrix(cold, parameters, side)));
    const x = denseOf(cold);
    const tags = Matrix.zeros(2, 10);
    side.rows.forEach((row, tag) => row.items.forEach((item, at) => tags.set(tag, item, row.values[at]!)));
    const expected = x.transpose().mmul(x).add(tags.transpose().mmul(tags).mul(9));
    expect(largestDifference(gram, expected)).toBeLessThan(1e-12);
    const weights = weightsOf(await fitEase(plainSolver(), cold, parameters, side));
    expect(weights.get(1, 9)).toBeGreaterThan(0.1);
    expect(weightsOf(await fitEase(plainSolver(), cold, parameters)).getColumn(9)).toEqual(
      new Array(10).fill(-0).map(() => expect.closeTo(0, 15)),
    );
  });
});

it.each([
  [{ algorithm: 'ease', lambda: 0 }, 'lambda must be greater than 0, not 0'],
  [{ algorithm: 'ease', lambda: NaN }, 'lambda must be greater than 0, not NaN'],
  [{ algorithm: 'edlae', lambda: 1, dropout: 1 }, 'dropout must be at least 0 and less than 1, not 1'],
  [{ algorithm: 'rlae', lambda: 1, xi: -0.1 }, 'xi must be at least 0 and less than 1, not -0.1'],
] as [EaseParameters, string][])('%o is refused by name', async (parameters, message) => {
  await expect(fit(golden, parameters)).rejects.toThrow(message);
});
