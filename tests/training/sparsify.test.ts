import { describe, expect, it } from 'vitest';
import { fitEase } from '../../training/fitEase.ts';
import { seededRandom } from '../../training/random.ts';
import { plainSolver } from '../../training/solver.ts';
import { type Keep, sparsify, type SparseWeights } from '../../training/sparsify.ts';
import { buildTrainingMatrix } from '../../training/trainingMatrix.ts';
import { weightsOf } from './denseReference.ts';
import { tableOf } from './goldenModel.ts';

const random = seededRandom(11);
const users = Array.from({ length: 150 }, () =>
  Array.from({ length: 24 }, (_, at) => at + 1).filter((title) => random() < 1 / Math.sqrt(title)),
).filter((user) => user.length > 0);
const matrix = buildTrainingMatrix(tableOf(users), { input: 'binary', minRatings: 1 });
const fit = await fitEase(plainSolver(), matrix, {
  algorithm: 'dan',
  lambda: 3,
  dropout: 0.2,
  alpha: 0.4,
  beta: 0.3,
});
const titles = fit.movieIds.length;
const full = weightsOf(fit)
  .to2DArray()
  .map((row) => row.map(Math.fround));

/** [i, j] → weight of everything that `wanted` keeps, from the dense matrix. */
const keptOf = (weights: SparseWeights): Map<string, number> => {
  const kept = new Map<string, number>();
  for (let i = 0; i < titles; i++)
    for (let at = weights.rowStart[i]!; at < weights.rowStart[i + 1]!; at++)
      kept.set(`${i},${weights.columns[at]}`, weights.values[at]!);
  return kept;
};
const entries = full.flatMap((row, i) =>
  row.flatMap((weight, j) => (i === j ? [] : [{ key: `${i},${j}`, j, weight }])),
);
const largest = (list: typeof entries, n: number) =>
  new Map(
    list
      .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
      .slice(0, n)
      .map(({ key, weight }) => [key, weight]),
  );

describe('what is kept of B', () => {
  it.each([
    ['everything', 'all', () => largest(entries, entries.length)],
    ['a number of entries', { entries: 77 }, () => largest(entries, 77)],
    ['a share', { share: 0.1 }, () => largest(entries, Math.ceil(entries.length * 0.1))],
    ['more than there is', { entries: 1e9 }, () => largest(entries, entries.length)],
    [
      'the largest of each column',
      { perColumn: 3 },
      () =>
        new Map(
          Array.from({ length: titles }, (_, j) => [
            ...largest(
              entries.filter((entry) => entry.j === j),
              3,
            ),
          ]).flat(),
        ),
    ],
  ] as [string, Keep, () => Map<string, number>][])(
    '%s: exactly the largest, at their places',
    (_name, keep, wanted) => {
      const kept = keptOf(sparsify(fit, keep));
      const expected = wanted();
      expect([...kept.keys()].sort()).toEqual([...expected.keys()].sort());
      for (const [key, weight] of kept) expect(weight).toBeCloseTo(expected.get(key)!, 6);
    },
  );

  it('rows have ascending columns and never their own', () => {
    const { rowStart, columns } = sparsify(fit, { share: 0.4 });
    for (let i = 0; i < titles; i++) {
      const row = [...columns.subarray(rowStart[i], rowStart[i + 1])];
      expect(row).toEqual(row.toSorted((a, b) => a - b));
      expect(row).not.toContain(i);
    }
  });
});
