import { availableParallelism } from 'node:os';
import { UsageError } from '../src/errors.ts';
import { type Person } from './evaluation/evaluate.ts';
import { type EaseParameters, preparedMatrix } from './fitEase.ts';
import { type RatingsTable } from './ratingsFile.ts';
import { type LaneOptions, openLanes, type SearchLanes } from './searchLanes.ts';
import { type Solver } from './solver.ts';
import { buildTrainingMatrix, type InputKind, popularityOf } from './trainingMatrix.ts';
import { holdOut, keepPeopleOut, meanNdcgAt10 } from './validationPeople.ts';

/**
 * Parameters chosen on people the Gram matrix has not seen: one Gram, then one solve for each λ on a geometric grid that is
 * walked from the middle outwards and left once it only gets worse. The measure is nDCG@10 of held-out likes.
 */
export interface SearchOptions extends Partial<LaneOptions> {
  /** λ to try, ascending; a grid around the preset's when absent. */
  lambdas?: number[];
  /** The most rated titles only: the best λ moves little with the rest, and the time goes with the cube. */
  maxTitles?: number;
  validationUsers?: number;
  seed?: number;
}

export interface SearchResult {
  chosen: EaseParameters;
  /** In the order tried. */
  tried: { lambda: number; ndcgAt10: number }[];
  validationUsers: number;
  titles: number;
  seed: number;
}

const GRID = [1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8];

export async function chooseParameters(
  solver: Solver,
  ratings: RatingsTable,
  options: SearchOptions & { input: InputKind; minRatings: number; parameters: EaseParameters },
  report: (done: number, total: number, note: string) => void,
): Promise<SearchResult> {
  const { maxTitles = 4000, validationUsers = 800, seed = 1, parameters } = options;
  const lambdas = options.lambdas ?? GRID.map((factor) => factor * parameters.lambda);
  const { training, validation } = keepPeopleOut(ratings, validationUsers, seed);
  const matrix = buildTrainingMatrix(ratings, { ...options, maxTitles, users: training });
  const people = holdOut(ratings, validation, matrix.movieIds, seed);
  if (people.length === 0)
    throw new UsageError(
      'A search needs people with at least two likes outside training: there are none; name a lambda instead',
    );
  report(0, lambdas.length, `${matrix.movieIds.length} titles, ${people.length} people to ask`);
  const triangle = await solver.gram(preparedMatrix(matrix, parameters));
  const titles = { movieIds: matrix.movieIds, counts: popularityOf(matrix) };
  const { threads = availableParallelism() } = options;
  const lanes = await openLanes(solver, triangle, titles, { ...options, threads });
  try {
    if (lanes.whyOne) report(0, lambdas.length, lanes.whyOne);
    const tried = await walk(lambdas, measureIn(lanes, people, parameters), lanes.count - 1, report);
    const best = tried.reduce((a, b) => (b.ndcgAt10 > a.ndcgAt10 ? b : a));
    report(lambdas.length, lambdas.length, `lambda ${best.lambda} chosen`);
    return {
      chosen: { ...parameters, lambda: best.lambda },
      tried,
      validationUsers: people.length,
      titles: matrix.movieIds.length,
      seed,
    };
  } finally {
    await lanes.close();
  }
}

type Measure = (lambda: number) => Promise<number>;

/** Each λ once, however often it is asked for. */
function measureIn(lanes: SearchLanes, people: Person[], parameters: EaseParameters): Measure {
  const known = new Map<number, Promise<number>>();
  return (lambda) => {
    const begun =
      known.get(lambda) ?? lanes.withFit({ ...parameters, lambda }, (fit) => meanNdcgAt10(fit, people));
    // Begun ahead and then not needed: its failure is nobody's.
    begun.catch(() => {});
    known.set(lambda, begun);
    return begun;
  };
}

/**
 * From the middle in the better direction, until a step down: the measure has one peak in log λ but for noise. What is begun
 * ahead of the walk and not reached does not count, so that a machine with more memory finds the same.
 * @param ahead how many λ further on are begun before the answer is there
 */
async function walk(
  lambdas: number[],
  measure: Measure,
  ahead: number,
  report: (done: number, total: number, note: string) => void,
): Promise<SearchResult['tried']> {
  const startedAt = performance.now();
  const tried: SearchResult['tried'] = [];
  const step = async (at: number, direction: number): Promise<number> => {
    const lambda = lambdas[at]!;
    const answer = measure(lambda);
    for (let further = 1; further <= ahead; further++) {
      const coming = lambdas[at + further * direction];
      if (coming !== undefined) void measure(coming).catch(() => {});
    }
    const ndcgAt10 = await answer;
    tried.push({ lambda, ndcgAt10 });
    const secondsEach = (performance.now() - startedAt) / 1000 / tried.length;
    const left = Math.ceil(secondsEach * (lambdas.length - tried.length));
    report(
      tried.length,
      lambdas.length,
      `lambda ${lambda}: nDCG@10 ${ndcgAt10.toFixed(4)}, at most ${left} s left`,
    );
    return ndcgAt10;
  };
  const middle = Math.floor(lambdas.length / 2);
  const start = await step(middle, 1);
  for (const direction of [1, -1]) {
    let best = start;
    for (let at = middle + direction; at >= 0 && at < lambdas.length; at += direction) {
      const value = await step(at, direction);
      if (value < best) break;
      best = value;
    }
    if (best > start) break;
  }
  return tried;
}
