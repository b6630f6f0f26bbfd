import { type EaseModel } from '../src/recommender/ease.ts';
import { indexByMovieId } from '../src/recommender/idMap.ts';
import {
  checkParameters,
  type EaseFit,
  type EaseParameters,
  fitFromGram,
  preparedMatrix,
} from './fitEase.ts';
import { checkRatings } from './mergeRatings.ts';
import { presetParameters } from './presets.ts';
import { hashRatings, type RatingsTable } from './ratingsFile.ts';
import { chooseParameters, type SearchOptions, type SearchResult } from './searchParameters.ts';
import { plainSolver, type Solver } from './solver.ts';
import { DEFAULT_KEEP, type Keep, sparsify } from './sparsify.ts';
import { type TagCount, tagSide } from './tagSide.ts';
import { buildTrainingMatrix, type InputKind, popularityOf, type TrainingMatrix } from './trainingMatrix.ts';

export interface TrainOptions {
  /** Missing parts come from the preset for this size of data. */
  parameters?: Partial<EaseParameters>;
  /** Choose the parameters on validation users first; `parameters` then sets the algorithm. */
  search?: SearchOptions;
  input?: InputKind;
  /** Titles with fewer ratings are not trained. */
  minRatings?: number;
  keep?: Keep;
  valueType?: 'f32' | 'f16';
  /** Tags as side information (tagSide.ts): every tagged title is trained, also one without ratings. */
  side?: { weight: number; tagCounts: TagCount[] };
  /** Created and closed by the caller; one plain solver for this call when absent. */
  solver?: Solver;
  /** Sees the fit, with P still whole, before it is cut down to the model. */
  onFit?: (fit: EaseFit, matrix: TrainingMatrix) => void;
  /** ISO 8601; now when absent. */
  trainedAt?: string;
}

export interface Progress {
  step: 'prepare' | 'search' | 'gram' | 'solve' | 'prune';
  done: number;
  total: number;
  note?: string;
}

export interface TrainingMetrics {
  titles: number;
  users: number;
  /** Entries of X. */
  ratings: number;
  /** Stored weights, and their share of all off-diagonal ones. */
  entries: number;
  keptShare: number;
  seconds: { prepare: number; search: number; gram: number; solve: number; prune: number };
  solver: string;
  search?: SearchResult;
}

/**
 * Ratings to a model that can be served, without files or database.
 * @throws Error with a message for people when there is nothing to train on or a parameter is out of range
 */
export async function trainModel(
  ratings: RatingsTable,
  options: TrainOptions = {},
  onProgress: (progress: Progress) => void = () => {},
): Promise<{ model: EaseModel; metrics: TrainingMetrics }> {
  const solver = options.solver ?? plainSolver();
  try {
    return await trainWith(solver, ratings, options, onProgress);
  } finally {
    if (!options.solver) await solver.close();
  }
}

async function trainWith(
  solver: Solver,
  ratings: RatingsTable,
  options: TrainOptions,
  onProgress: (progress: Progress) => void,
): Promise<{ model: EaseModel; metrics: TrainingMetrics }> {
  const { input = 'graded', minRatings = 20 } = options;
  const lap = stopwatch();
  checkRatings(ratings);
  onProgress({ step: 'prepare', done: 0, total: 1 });
  const matrix = buildTrainingMatrix(ratings, {
    input,
    minRatings,
    coldTitles: options.side?.tagCounts.map(({ movieId }) => movieId) ?? [],
  });
  const counts = popularityOf(matrix);
  const titles = counts.length;
  const side = options.side && tagSide(matrix.movieIds, options.side.tagCounts, options.side.weight);
  const seconds = { prepare: lap(), search: 0, gram: 0, solve: 0, prune: 0 };
  onProgress({
    step: 'prepare',
    done: 1,
    total: 1,
    note: `${titles} titles, ${matrix.items.length} ratings`,
  });

  let parameters: EaseParameters = {
    ...presetParameters(matrix.items.length, options.parameters?.algorithm),
    ...options.parameters,
  };
  checkParameters(parameters);
  let search: SearchResult | undefined;
  if (options.search) {
    search = await chooseParameters(
      solver,
      ratings,
      { input, minRatings, parameters, ...options.search },
      (done, total, note) => onProgress({ step: 'search', done, total, note }),
    );
    parameters = search.chosen;
  }
  seconds.search = lap();

  const gram = await solver.gram(preparedMatrix(matrix, parameters, side), (done, total) =>
    onProgress({ step: 'gram', done, total }),
  );
  seconds.gram = lap();
  const fit = await fitFromGram(
    solver,
    gram,
    { movieIds: matrix.movieIds, counts },
    parameters,
    (done, total) => onProgress({ step: 'solve', done, total }),
  );
  seconds.solve = lap();
  options.onFit?.(fit, matrix);
  onProgress({ step: 'prune', done: 0, total: 1 });
  const model = modelOf(fit, { ...options, input, minRatings, dataHash: hashRatings(ratings) });
  seconds.prune = lap();
  onProgress({ step: 'prune', done: 1, total: 1 });
  const entries = model.values.length;
  const metrics: TrainingMetrics = {
    titles,
    users: matrix.userStart.length - 1,
    ratings: matrix.items.length,
    entries,
    keptShare: titles > 1 ? entries / (titles * (titles - 1)) : 1,
    seconds,
    solver: solver.name,
    ...(search ? { search } : {}),
  };
  return { model, metrics };
}

/** A fit cut down to what is served. */
export function modelOf(
  fit: EaseFit,
  options: Pick<TrainOptions, 'keep' | 'valueType' | 'trainedAt' | 'input' | 'minRatings'> & {
    dataHash: string;
  },
): EaseModel {
  const weights = sparsify(fit, options.keep ?? DEFAULT_KEEP);
  return {
    header: {
      version: 1,
      algorithm: fit.parameters.algorithm,
      parameters: {
        ...numbersOf(fit.parameters),
        input: options.input ?? 'graded',
        minRatings: options.minRatings ?? 0,
      },
      dataHash: options.dataHash,
      titles: fit.movieIds.length,
      entries: weights.values.length,
      valueType: options.valueType ?? 'f32',
      columnType: weights.columns instanceof Uint16Array ? 'u16' : 'u32',
      trainedAt: options.trainedAt ?? new Date().toISOString(),
    },
    movieIds: fit.movieIds,
    indexOf: indexByMovieId(fit.movieIds),
    counts: Float32Array.from(fit.counts),
    ...weights,
  };
}

function numbersOf(parameters: EaseParameters): Record<string, number> {
  const { algorithm: _, ...numbers } = parameters;
  return numbers;
}

/** Seconds since the last call. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const seconds = (now - last) / 1000;
    last = now;
    return seconds;
  };
}
