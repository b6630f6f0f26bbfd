import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { foldInValue, scoreProfile } from '../../src/recommender/ease.ts';
import { syntheticRatings } from '../../training/bench/syntheticRatings.ts';
import { type EaseFit, type EaseParameters } from '../../training/fitEase.ts';
import { judge, type Judgement } from '../../training/promotion/judge.ts';
import { judgedPeople } from '../../training/promotion/judgedPeople.ts';
import { meanInterval } from '../../training/promotion/meanInterval.ts';
import { decidePromotion } from '../../training/promotion/promotion.ts';
import { type FinishedTraining, scoreWithoutEach } from '../../training/promotion/scoreWithoutPerson.ts';
import { hashRatings, type RatingsTable, userCount } from '../../training/ratingsFile.ts';
import { bootstrapIntervals } from '../../training/significance.ts';
import { trainModel } from '../../training/trainModel.ts';
import { type TrainingMatrix } from '../../training/trainingMatrix.ts';

const table = syntheticRatings(60);
let dataDir: string;
beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'marquee-promotion-'))));
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

async function train(ratings: RatingsTable, parameters: Partial<EaseParameters>): Promise<FinishedTraining> {
  let whole: { fit: EaseFit; matrix: TrainingMatrix } | undefined;
  const { model } = await trainModel(ratings, {
    parameters,
    minRatings: 1,
    keep: 'all',
    onFit: (fit, matrix) => (whole = { fit, matrix }),
  });
  return { model, ...whole! };
}

/** The same ratings without one person's. */
function without(ratings: RatingsTable, user: number): RatingsTable {
  const [from, to] = [ratings.userStart[user]!, ratings.userStart[user + 1]!];
  const cut = <T extends Uint32Array | Uint8Array>(array: T) =>
    array.filter((_: number, at: number) => at < from || at >= to) as T;
  return {
    itemIds: ratings.itemIds,
    userStart: ratings.userStart.map((start, at) => (at > user ? start - (to - from) : start)),
    items: cut(ratings.items),
    halfStars: cut(ratings.halfStars),
  };
}

describe('a model asked about people without them', () => {
  it.each([
    { algorithm: 'ease', lambda: 30 },
    { algorithm: 'rlae', lambda: 30, xi: 0.2 },
    { algorithm: 'dan', lambda: 30, dropout: 0, alpha: 0.3, beta: 0.4 },
  ] as const)('$algorithm scores as one that was trained without the person', async (parameters) => {
    const whole = await train(table, parameters);
    const people = judgedPeople(dataDir, table).people.slice(0, 4);
    const scored: Float64Array[] = [];
    scoreWithoutEach(whole, people, (_, scores) => scored.push(scores.slice()));
    for (const [at, person] of people.entries()) {
      const { model } = await train(without(table, person.user), parameters);
      const profile = person.foldedIn.map(({ movieId, halfStars }) => ({
        index: model.indexOf.get(movieId)!,
        value: foldInValue(halfStars / 2),
      }));
      const expected = scoreProfile(model, profile, new Float32Array(model.movieIds.length));
      const served = new Map([...whole.model.movieIds].map((movieId, j) => [movieId, scored[at]![j]!]));
      const farthest = Math.max(
        ...[...model.movieIds].map((movieId, j) => Math.abs(served.get(movieId)! - expected[j]!)),
      );
      expect(farthest).toBeLessThan(2e-6);
    }
  });

  it('does not praise a model for remembering them: hardly regularised weights lose', async () => {
    const question = judgedPeople(dataDir, table);
    const sound = judge(await train(table, { algorithm: 'ease', lambda: 100 }), question);
    const memory = judge(await train(table, { algorithm: 'ease', lambda: 1e-3 }), question);
    expect(memory!.ndcgAt10).toBeLessThan(sound!.ndcgAt10);
    expect(sound!.interval[0]).toBeLessThan(sound!.ndcgAt10);
    expect(sound!.interval[1]).toBeGreaterThan(sound!.ndcgAt10);
    expect(sound!.perPerson).toHaveLength(sound!.people);
  });
});

describe('who is asked', () => {
  it('is whoever heldOut.json names, as long as it belongs to these ratings', () => {
    const path = join(dataDir, 'heldOut.json');
    writeFileSync(path, JSON.stringify({ dataHash: hashRatings(table), users: [3, 5, 8, 11] }));
    const named = judgedPeople(dataDir, table).people.map(({ user }) => user);
    expect(named.length).toBeGreaterThan(0);
    expect([3, 5, 8, 11]).toEqual(expect.arrayContaining(named));
    writeFileSync(path, JSON.stringify({ dataHash: 'of other ratings', users: [3] }));
    expect(judgedPeople(dataDir, table).people.length).toBeGreaterThan(userCount(table) / 2);
  });

  it('is the same question every time, and another one for other people', () => {
    const once = judgedPeople(dataDir, table);
    expect(judgedPeople(dataDir, table)).toEqual(once);
    expect(judgedPeople(dataDir, syntheticRatings(60, 2)).questionHash).not.toBe(once.questionHash);
  });

  it('has four fifths of their ratings folded in and only likes to be found, none of them known', () => {
    for (const { user, foldedIn, likes } of judgedPeople(dataDir, table).people) {
      const all = table.userStart[user + 1]! - table.userStart[user]!;
      expect(foldedIn).toHaveLength(Math.ceil(all * 0.8));
      expect(foldedIn.some(({ movieId }) => likes.has(movieId))).toBe(false);
      for (let at = table.userStart[user]!; at < table.userStart[user + 1]!; at++)
        if (likes.has(table.itemIds[table.items[at]!]!))
          expect(table.halfStars[at]).toBeGreaterThanOrEqual(8);
    }
  });
});

it('the interval of a mean is the one that reports print', async () => {
  const values = Float64Array.from({ length: 90 }, (_, at) => ((at * 37) % 90) / 90);
  const { values: printed } = await bootstrapIntervals({ values });
  const [low, high] = meanInterval([...values]);
  expect(low).toBeCloseTo(printed![0], 12);
  expect(high).toBeCloseTo(printed![1], 12);
  expect(high - low).toBeGreaterThan(0.05);
});

describe('a new model', () => {
  const judgement = (perPerson: number[], questionHash = 'q'): Judgement => ({
    ndcgAt10: perPerson.reduce((sum, value) => sum + value, 0) / perPerson.length,
    interval: [0, 1],
    popularityNdcgAt10: 0.1,
    people: perPerson.length,
    questionHash,
    perPerson,
  });
  const spread = Array.from({ length: 200 }, (_, at) => (at % 10) / 10);
  const shifted = (by: number) => judgement(spread.map((value) => value + by));
  const active = (candidate: Judgement | null, dataSetHash = 'd', problem: string | null = null) => ({
    modelId: 'old',
    judgement: candidate,
    dataSetHash,
    problem,
  });
  const decide = (fresh: Judgement | null, old: Parameters<typeof decidePromotion>[1], force = false) =>
    decidePromotion({ judgement: fresh, dataSetHash: 'd' }, old, force);

  it('that is the first, or for other data, or stands beside a broken one, is activated unasked', () => {
    expect(decide(shifted(0), null)).toMatchObject({ isActivated: true, activeModelId: null });
    expect(decide(shifted(-0.3), active(shifted(0), 'other'))).toMatchObject({
      isActivated: true,
      reason: 'the active one was trained on the ratings of another data set',
    });
    expect(decide(shifted(-0.3), active(shifted(0), 'd', 'it is cut short')).reason).toContain(
      'it is cut short',
    );
    expect(decide(shifted(-0.3), active(judgement(spread, 'another question')))).toMatchObject({
      isActivated: true,
      difference: null,
    });
  });

  it('that is surely worse, by however little, stays out, and both numbers are said', () => {
    const promotion = decide(shifted(-0.002), active(shifted(0)));
    expect(promotion).toMatchObject({ isActivated: false, activeModelId: 'old' });
    expect(promotion.difference).toBeCloseTo(-0.002, 10);
    expect(promotion.reason).toContain('nDCG@10 0.4480 against 0.4500');
  });

  it('that is worse only within the noise is activated, but not when it loses more than a hundredth', () => {
    const noisy = (loss: number) =>
      judgement(spread.map((value, at) => value - loss + (at % 2 === 0 ? 0.4 : -0.4)));
    const small = decide(noisy(0.005), active(shifted(0)));
    expect(small.interval![0]).toBeLessThan(0);
    expect(small.interval![1]).toBeGreaterThan(0);
    expect(small.isActivated).toBe(true);
    const large = decide(noisy(0.02), active(shifted(0)));
    expect(large.interval![1]).toBeGreaterThan(0);
    expect(large.isActivated).toBe(false);
  });

  it('that is worse is activated by force, and says so', () => {
    const promotion = decide(shifted(-0.1), active(shifted(0)), true);
    expect(promotion.isActivated).toBe(true);
    expect(promotion.reason).toContain('worse, but it was forced');
  });
});
