import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { readStarterRows } from '../../datasets/starter/rows.ts';
import { seededRandom } from '../../training/random.ts';
import { hashRatings, readRatings } from '../../training/ratingsFile.ts';
import { invertPositive } from '../../training/starter/dense.ts';
import { drawPeople } from '../../training/starter/drawPeople.ts';
import { upperQuantile, upperTail } from '../../training/starter/normal.ts';
import { predictByKernel } from '../../training/starter/placeTitles.ts';
import { ratingCounts } from '../../training/starter/realRatings.ts';
import { readTasteModel, type TasteModel, writeTasteModel } from '../../training/starter/tasteModel.ts';

const folder = resolve(import.meta.dirname, '../../datasets/starter');
const temporary = mkdtempSync(join(tmpdir(), 'marquee-starter-ratings-'));
afterAll(() => rmSync(temporary, { recursive: true }));

describe('the starter’s synthetic ratings', () => {
  const packed = join(folder, 'ratings.bin.gz');
  const plain = join(temporary, 'ratings.bin');
  writeFileSync(plain, gunzipSync(readFileSync(packed)));
  const table = readRatings(plain);

  test('are about 4,000 people’s 300,000 in less than 3 MB', () => {
    expect(statSync(packed).size).toBeLessThan(3_000_000);
    expect(table.userStart.length - 1).toBeGreaterThan(3800);
    expect(table.userStart.length - 1).toBeLessThan(4800);
    expect(Math.abs(table.items.length - 300_000)).toBeLessThan(20_000);
  });

  test('cover every title of the catalogue with at least twenty each, so that all are trained', () => {
    expect([...table.itemIds].sort()).toEqual(
      readStarterRows()
        .map(({ movieId }) => movieId!)
        .sort(),
    );
    expect(Math.min(...ratingCounts(table))).toBeGreaterThanOrEqual(20);
  });

  test('hold no title twice in one person’s row', () => {
    let outOfOrder = 0;
    for (let user = 0; user + 1 < table.userStart.length; user++)
      for (let at = table.userStart[user]! + 1; at < table.userStart[user + 1]!; at++)
        if (table.items[at]! <= table.items[at - 1]!) outOfOrder++;
    expect(outOfOrder).toBe(0);
  });
});

/** Two pairs of titles that go together, one early cohort that cannot know the last title. */
function smallModel(): TasteModel {
  const factors = [
    [0.9, 0],
    [0.9, 0],
    [0, 0.9],
    [0, 0.9],
  ];
  const cohort = (name: string, share: number, base: number[]) => ({
    name,
    share,
    activity: [-1, 0, 1],
    base: Float32Array.from(base),
    slope: new Float32Array(4).fill(0.5),
    starFactors: [1, 1, 1, 1, 1],
    split: [2, 4, 6, 8, 10].map((halfStars) => [{ halfStars, share: 1 }]),
  });
  return {
    movieIds: Int32Array.of(10, 20, 30, 40),
    rank: 2,
    factors: Float32Array.from(factors.flat()),
    starShares: Float32Array.from(factors.flatMap(() => [0.1, 0.1, 0.2, 0.4, 0.2])),
    leniency: 0.2,
    cohorts: [cohort('early', 0.4, [0, 0, 0, -30]), cohort('late', 0.6, [0, 0, -1, -4])],
  };
}

describe('drawPeople', () => {
  const draw = (seed: number, minRatings = 0) =>
    drawPeople(smallModel(), { people: 5000, random: seededRandom(seed), minRatings });

  test('draws the same people from the same seed and others from another', () => {
    expect(hashRatings(draw(1).table)).toBe(hashRatings(draw(1).table));
    expect(hashRatings(draw(1).table)).not.toBe(hashRatings(draw(2).table));
  });

  test('keeps the chance of each title, the cohorts’ shares and the star shares', () => {
    const { table, cohorts } = draw(3);
    const early = cohorts.reduce((sum, cohort) => sum + (cohort === 0 ? 1 : 0), 0);
    expect(early).toBe(2000);
    const counts = ratingCounts(table);
    expect(counts[0]! / 5000).toBeCloseTo(0.5, 1);
    // Logistic at −4 ± .5, in the late cohort alone.
    expect(counts[3]! / 3000).toBeGreaterThan(0.01);
    expect(counts[3]! / 3000).toBeLessThan(0.03);
    const fives = table.halfStars.reduce((sum, half) => sum + (half === 10 ? 1 : 0), 0);
    expect(fives / table.halfStars.length).toBeCloseTo(0.2, 1);
  });

  test('lets the same people rate titles that lie together, and not those that lie apart', () => {
    const { table } = draw(4);
    const rated = (user: number) =>
      new Set(table.items.subarray(table.userStart[user], table.userStart[user + 1]));
    let both = 0;
    let apart = 0;
    for (let user = 0; user < 5000; user++) {
      if (rated(user).has(0) && rated(user).has(1)) both++;
      if (rated(user).has(0) && rated(user).has(2)) apart++;
    }
    const counts = ratingCounts(table);
    expect(both / counts[0]!).toBeGreaterThan(0.75);
    expect(apart / counts[0]!).toBeCloseTo(counts[2]! / 5000, 1);
  });

  test('tops up a title too few would have rated', () => {
    const rare = { ...smallModel() };
    rare.cohorts[1]!.base[3] = -12;
    const { table } = drawPeople(rare, { people: 500, random: seededRandom(5), minRatings: 24 });
    expect(ratingCounts(table)[3]).toBe(24);
  });

  test('gives a lenient cohort the higher stars', () => {
    const lenient = smallModel();
    lenient.cohorts.forEach((cohort) => (cohort.starFactors = [0.5, 0.5, 0.5, 1, 3]));
    const { table } = drawPeople(lenient, { people: 5000, random: seededRandom(6) });
    const fives = table.halfStars.reduce((sum, half) => sum + (half === 10 ? 1 : 0), 0);
    // .2·3 of .05 + .05 + .1 + .4 + .6.
    expect(fives / table.halfStars.length).toBeCloseTo(0.5, 1);
  });
});

test('a taste model is read back as it was written, its factors to 1/32,000', () => {
  const path = join(temporary, 'taste.bin.gz');
  const model = smallModel();
  writeTasteModel(path, model);
  const read = readTasteModel(path);
  expect({ ...read, factors: [] }).toEqual({ ...model, factors: [] });
  read.factors.forEach((factor, at) =>
    expect(Math.abs(factor - model.factors[at]!)).toBeLessThan(1 / 32_000),
  );
});

test('tails and quantiles of the normal distribution are those of the tables', () => {
  expect(upperTail(0)).toBeCloseTo(0.5, 7);
  expect(upperTail(1.959964)).toBeCloseTo(0.025, 7);
  expect(upperTail(-1)).toBeCloseTo(0.8413447, 6);
  expect(upperQuantile(0.025)).toBeCloseTo(1.959964, 5);
  for (const p of [1e-5, 0.01, 0.3, 0.7, 0.999]) expect(upperTail(upperQuantile(p)) / p).toBeCloseTo(1, 5);
});

test('invertPositive gives the inverse', () => {
  expect([...invertPositive(Float64Array.of(4, 1, 1, 3), 2)].map((value) => Math.round(value * 11))).toEqual([
    3, -1, -1, 4,
  ]);
});

test('predictByKernel answers for a known title what it would have said without it', () => {
  const kernel = Float64Array.of(1, 0.8, 0.1, 0.8, 1, 0.1, 0.1, 0.1, 1);
  const { predicted } = predictByKernel(kernel, 3, [0, 2], Float32Array.of(2, -1), 1, [0.5]);
  const without = predictByKernel(kernel, 3, [2], Float32Array.of(-1), 1, [0.5]).predicted;
  expect(predicted[0]).toBeCloseTo(without[0]!, 5);
  // By hand: (1.5, .1; .1, 1.5)⁻¹·(2, −1) = (3.1, −1.7) ÷ 2.24; title 1 is .8 of the first and .1 of the second.
  expect(predicted[1]).toBeCloseTo((0.8 * 3.1 - 0.1 * 1.7) / 2.24, 5);
});
