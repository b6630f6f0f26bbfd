import { availableParallelism } from 'node:os';
import { wasmSolver, whyNoWasm } from './kernel/wasmSolver.ts';
import { plainSolver, type Solver } from './solver.ts';
import { type TrainRequest } from './trainOptions.ts';

/** What work is solved by: the solver itself, and one with fewer threads beside it where that is possible. */
export interface Engine {
  solver: Solver;
  openSolver?: (threads: number) => Solver;
  threads: number;
}

/**
 * The fast one wherever it can run; a plain one is a notice on stderr, not a secret.
 * @throws Error with the reason when the fast one was asked for and cannot run
 */
export function chooseEngine({
  engine,
  precision,
  threads = availableParallelism(),
}: Pick<TrainRequest, 'engine' | 'precision' | 'threads'>): Engine {
  const problem = engine === 'plain' ? null : whyNoWasm();
  if (problem && engine === 'wasm') throw new Error(problem);
  if (problem) process.stderr.write(`${problem}\n`);
  if (engine === 'plain' || problem) return { solver: plainSolver(), threads: 1 };
  const openSolver = (ofThreads: number) => wasmSolver({ valueType: precision, threads: ofThreads });
  return { solver: openSolver(threads), openSolver, threads };
}
