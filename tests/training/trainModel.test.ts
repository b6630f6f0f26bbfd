import { describe, expect, it } from 'vitest';
import { foldInValue, neighbours, scoreProfile, weightOf } from '../../src/recommender/ease.ts';
import { emptyRatings } from '../../training/mergeRatings.ts';
import { seededRandom } from '../../training/random.ts';
import { hashRatings } from '../../training/ratingsFile.ts';
import { plainSolver, type Solver } from '../../training/solver.ts';
import { type Progress, trainModel } from '../../training/trainModel.ts';
import { holdOut, keepPeopleOut } from '../../training/validationPeople.ts';
import { GOLDEN_USERS, tableOf } from './goldenModel.ts';

/** Two tastes: people like titles 1–20 or 21–40, and a few of the others. */
function twoTastes(people = 300) {
  const random = seededRandom(2);
  return tableOf(
    Array.from({ length: people }, (_, user) =>
      Array.from({ length: 40 }, (_, at) => at + 1).filter(
        (title) => random() < (title <= 20 === (user % 2 === 0) ? 0.5 : 0.05) / (1 + (title % 20) / 20),
      ),
    ).map((titles) => (titles.length > 0 ? titles : [1])),
  );
}

describe('trainModel', () => {
  it('serves the documented weights', async () => {
    const { model } = await trainModel(tableOf(GOLDEN_USERS), {
      minRatings: 1,
      parameters: { algorithm: 'ease', lambda: 1 },
    });
    const at = (title: number) => model.indexOf.get(10 * title)!;
    expect(weightOf(model, at(1), at(2))).toBeCloseTo(0.3359375, 6);
    expect(weightOf(model, at(2), at(1))).toBeCloseTo(0.475138, 6);
    const scores = scoreProfile(model, [{ index: at(1), value: foldInValue(5) }], new Float32Array(6));
    expect(scores[at(6)]).toBeCloseTo(-0.1, 6);
  });

  it('says what it was trained on and how', async () => {
    const table = tableOf(GOLDEN_USERS);
    const { model, metrics } = await trainModel(table, {
      minRatings: 3,
      parameters: { algorithm: 'edlae', lambda: 7, dropout: 0.25 },
      trainedAt: '2025-01-31T14:25:30.000Z',
    });
    expect(model.header).toMatchObject({
      algorithm: 'edlae',
      parameters: { lambda: 7, dropout: 0.25, input: 'graded', minRatings: 3 },
      dataHash: hashRatings(table),
      titles: 2,
      entries: 2,
      trainedAt: '2025-01-31T14:25:30.000Z',
    });
    expect(model.movieIds).toHaveLength(2);
    expect([...model.counts]).toEqual([6, 4]);
    expect(metrics).toMatchObject({ titles: 2, users: 7, ratings: 10, entries: 2, keptShare: 1 });
  });

  it('tells its steps in order, each to the end', async () => {
    const seen: Progress[] = [];
    await trainModel(twoTastes(), { search: { lambdas: [1, 10, 100] } }, (progress) => seen.push(progress));
    expect([...new Set(seen.map(({ step }) => step))]).toEqual([
      'prepare',
      'search',
      'gram',
      'solve',
      'prune',
    ]);
    for (const step of ['prepare', 'search', 'gram', 'solve', 'prune']) {
      const last = seen.filter((progress) => progress.step === step).at(-1)!;
      expect(last.done).toBe(last.total);
    }
  });

  it('a DAN nobody gave exponents has α of its own and β 0, which can be unlearned', async () => {
    const { model } = await trainModel(twoTastes(), { parameters: { algorithm: 'dan' } });
    expect(model.header.parameters).toMatchObject({ alpha: 0.2, beta: 0, dropout: 0.35, lambda: 200 });
    expect((await trainModel(twoTastes())).model.header.parameters).not.toHaveProperty('alpha');
  });

  it('keeps titles of one taste together', async () => {
    const { model } = await trainModel(twoTastes());
    const nearest = neighbours(model, model.indexOf.get(50)!, 8).map(
      ({ index }) => model.movieIds[index]! / 10,
    );
    expect(nearest.filter((title) => title <= 20)).toHaveLength(8);
  });

  it('gives a tagged title that nobody rated a place and neighbours, when asked', async () => {
    const tagCounts = [10, 20, 30, 99_990].map((movieId) => ({ movieId, tagId: 1, count: 4 }));
    const far = [250, 260].map((movieId) => ({ movieId, tagId: 2, count: 1 }));
    const { model } = await trainModel(twoTastes(), {
      side: { weight: 5, tagCounts: [...tagCounts, ...far] },
    });
    const cold = model.indexOf.get(99_990)!;
    expect(cold).toBe(model.movieIds.length - 1);
    const nearest = neighbours(model, cold, 3).map(({ index }) => model.movieIds[index]!);
    expect(nearest.sort((a, b) => a - b)).toEqual([10, 20, 30]);
    expect(weightOf(model, model.indexOf.get(10)!, cold)).toBeGreaterThan(0.05);
    expect((await trainModel(twoTastes())).model.indexOf.has(99_990)).toBe(false);
  });

  it.each([
    ['no ratings', emptyRatings(), 'There are no ratings to train on'],
    ['too few for any title', tableOf([[1]]), 'No title has 20 ratings or more'],
    ['a rating of 6', tableOf([[1]], () => 12), 'rated title 10 with 6'],
    ['a pair that stands twice', tableOf([[1, 1]]), 'rated title 10 twice'],
  ])('refuses %s in plain words', async (_name, table, message) => {
    await expect(trainModel(table)).rejects.toThrow(message);
  });

  it.each([
    ['one user', tableOf([[1, 2, 3]]), 3],
    ['one title', tableOf([[1], [1], [1]]), 1],
    ['a title nobody rated', { ...tableOf([[1, 2], [1]]), itemIds: Int32Array.from([10, 20, 30]) }, 2],
  ])('trains on %s', async (_name, table, titles) => {
    const { model } = await trainModel(table, { minRatings: 1 });
    expect(model.movieIds).toHaveLength(titles);
    expect([...model.values].every(Number.isFinite)).toBe(true);
  });
});

describe('the search for parameters', () => {
  it('takes the λ with the best nDCG of those it tried, and leaves λ that only get worse', async () => {
    const lambdas = [0.5, 5, 50, 500, 5000, 50_000, 500_000];
    const { metrics, model } = await trainModel(twoTastes(), { search: { lambdas } });
    const { tried, chosen, validationUsers } = metrics.search!;
    const best = tried.reduce((a, b) => (b.ndcgAt10 > a.ndcgAt10 ? b : a));
    expect(chosen.lambda).toBe(best.lambda);
    expect(model.header.parameters['lambda']).toBe(best.lambda);
    expect(tried[0]!.lambda).toBe(500);
    expect(validationUsers).toBeGreaterThan(40);
    expect(validationUsers).toBeLessThanOrEqual(60);
    expect(best.ndcgAt10).toBeGreaterThan(0.2);
  });

  it('the same seed finds the same', async () => {
    const run = async () => (await trainModel(twoTastes(), { search: { seed: 4 } })).metrics.search!.tried;
    expect(await run()).toEqual(await run());
  });

  it('says when there is nobody to try on', async () => {
    await expect(trainModel(tableOf(GOLDEN_USERS), { minRatings: 1, search: {} })).rejects.toThrow(
      'name a lambda instead',
    );
  });

  it('keeps those it asks out of training, a fifth of the people at most', () => {
    const { validation, training } = keepPeopleOut(twoTastes(), 800, 3);
    expect([validation.length, training.length]).toEqual([60, 240]);
    expect(new Set([...validation, ...training]).size).toBe(300);
  });

  it('never folds in what it asks for', () => {
    const people = holdOut(
      twoTastes(),
      Uint32Array.from([1, 2, 3, 4]),
      Int32Array.from({ length: 40 }, (_, at) => 10 * (at + 1)),
      1,
    );
    expect(people.length).toBeGreaterThan(0);
    for (const { indexes, seen, relevant } of people) {
      for (const index of seen) expect(relevant.has(index)).toBe(false);
      for (const index of indexes) expect(seen).toContain(index);
    }
  });

  describe('with a solver of their own for two λ at once', () => {
    const lambdas = [0.5, 5, 50, 500, 5000, 50_000];
    const notesOf = async (openSolver?: (threads: number) => Solver) => {
      const notes: string[] = [];
      const search = { lambdas, threads: 4, ...(openSolver && { openSolver }) };
      const { metrics } = await trainModel(twoTastes(), { search }, ({ step, note }) => {
        if (step === 'search') notes.push(note!);
      });
      return { notes, search: metrics.search! };
    };

    it('finds what one after the other finds, and closes both', async () => {
      const threadsGiven: number[] = [];
      let open = 0;
      const both = await notesOf((threads) => {
        threadsGiven.push(threads);
        open++;
        return { ...plainSolver(), close: async () => void open-- };
      });
      expect(both.search).toEqual((await notesOf()).search);
      expect(threadsGiven).toEqual([2, 2]);
      expect(open).toBe(0);
      expect(both.notes.some((note) => note.includes('one λ after the other'))).toBe(false);
    });

    it('goes on with one where memory for two is not there, and says so', async () => {
      const { notes, search } = await notesOf(() => ({
        ...plainSolver(),
        gram: () => Promise.reject(new Error('Training 40 titles needs about 9 GB')),
      }));
      expect(notes[1]).toBe('one λ after the other: Training 40 titles needs about 9 GB');
      expect(search.tried.length).toBeGreaterThan(2);
    });

    it('says how far it is and how long it may still take', async () => {
      const { notes } = await notesOf();
      expect(notes[0]).toMatch(/^40 titles, \d+ people to ask$/);
      expect(notes[1]).toMatch(/^lambda 500: nDCG@10 0\.\d{4}, at most \d+ s left$/);
      expect(notes.at(-1)).toMatch(/^lambda \d+ chosen$/);
    });
  });
});
