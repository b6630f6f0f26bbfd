import { type EaseFit, type EaseParameters, fitFromGram } from './fitEase.ts';
import { copyInto, copyOf, type LowerTriangle } from './lowerTriangle.ts';
import { type Solver } from './solver.ts';
import { type TrainingMatrix } from './trainingMatrix.ts';

/**
 * Solves for several parameters from one Gram matrix. Asking people about a fit takes one thread about as long as solving
 * takes two, so where memory allows there are two lanes, each a solver with half of the threads and a triangle of its own:
 * while one fit is asked about, the next is being made. Measured at 4,000 titles on two cores: 1.7 s for each λ, 2.2 s one
 * after the other.
 */
export interface SearchLanes {
  /** One sentence when solves run one after the other although more was wanted, else null. */
  whyOne: string | null;
  /** Lanes take turns; the fit is `use`'s until it returns. */
  withFit<Result>(parameters: EaseParameters, use: (fit: EaseFit) => Result): Promise<Result>;
  /** How many fits can be in the making. */
  count: number;
  close(): Promise<void>;
}

const LANES = 2;

export interface LaneOptions {
  /** Opens a solver for one lane; without it all solves run in the solver that made the Gram matrix. */
  openSolver?: (threads: number) => Solver;
  /** To be divided among the lanes. */
  threads: number;
}

interface Lane {
  solver: Solver;
  triangle: LowerTriangle;
  /** Settles when the lane is free again. */
  busy: Promise<unknown>;
}

/** @param triangle the Gram matrix as `solver` has just made it */
export async function openLanes(
  solver: Solver,
  triangle: LowerTriangle,
  titles: { movieIds: Int32Array; counts: Float64Array },
  { openSolver, threads }: LaneOptions,
): Promise<SearchLanes> {
  const opened =
    openSolver && threads >= LANES ? await openSeveral(openSolver, titles.movieIds, threads) : null;
  const lanes = opened?.lanes ?? [{ solver, triangle, busy: Promise.resolve() }];
  // In lanes of their own the first triangle is never inverted: no copy is needed.
  const gram = opened?.lanes ? triangle : copyOf(triangle);
  let next = 0;
  let isClosed = false;
  return {
    whyOne: opened?.problem ?? null,
    count: lanes.length,
    withFit: (parameters, use) => {
      const lane = lanes[next++ % lanes.length]!;
      const work = lane.busy.then(async () => {
        copyInto(gram, lane.triangle);
        const fit = await fitFromGram(lane.solver, lane.triangle, titles, parameters);
        if (isClosed) throw new Error('The search is over');
        return use(fit);
      });
      lane.busy = work.catch(() => {});
      return work;
    },
    close: async () => {
      isClosed = true;
      if (opened?.lanes) await Promise.all(lanes.map((lane) => lane.solver.close()));
    },
  };
}

async function openSeveral(
  openSolver: (threads: number) => Solver,
  movieIds: Int32Array,
  threads: number,
): Promise<{ lanes: Lane[]; problem: null } | { lanes: null; problem: string }> {
  const lanes: Lane[] = [];
  try {
    for (let lane = 0; lane < LANES; lane++) {
      const solver = openSolver(Math.floor(threads / LANES));
      lanes.push({ solver, triangle: await solver.gram(emptyMatrix(movieIds)), busy: Promise.resolve() });
    }
    return { lanes, problem: null };
  } catch (error) {
    await Promise.all(lanes.map(({ solver }) => solver.close()));
    return { lanes: null, problem: `one λ after the other: ${(error as Error).message}` };
  }
}

/** Nobody's ratings of these titles: a triangle of zeros, made where the solver can work on it. */
const emptyMatrix = (movieIds: Int32Array): TrainingMatrix => ({
  movieIds,
  userStart: new Uint32Array(1),
  items: new Uint32Array(0),
  values: new Float32Array(0),
});
