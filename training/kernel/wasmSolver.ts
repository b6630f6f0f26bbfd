import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { addToDiagonal, type LowerTriangle, panelShape, type ValueType } from '../lowerTriangle.ts';
import { availableBytes } from '../memory.ts';
import { notPositiveDefinite, type Report, type Solver } from '../solver.ts';
import { type TrainingMatrix } from '../trainingMatrix.ts';
import { chooseKernel, type Kernel } from './chooseKernel.ts';
import { gramSpaceOf } from './gramSpace.ts';
import { queuesOfSweep } from './sweepBlocks.ts';
import { controlLength, failureOf, progressOf } from './team.ts';
import type { Job, ThreadData } from './worker.ts';
import { BLOCK, CHUNK, layOut, pagesOf, requireSpace, type Workspace } from './workspace.ts';

export interface WasmOptions {
  valueType?: ValueType;
  /** One for each core when absent. */
  threads?: number;
  /** false: the build without fused multiply-add, also where the engine has it. */
  allowFused?: boolean;
  /** For tests; what the system says when absent. */
  availableBytes?: number;
  /** For tests: what each thread runs. */
  workerFile?: URL;
}

/** Why the fast solver cannot run here, as a sentence; null when it can. */
export function whyNoWasm(): string | null {
  try {
    new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    chooseKernel();
    return null;
  } catch (error) {
    return `Threads with shared memory are not available (${(error as Error).message}): training runs on one thread and takes many times longer`;
  }
}

/** All cores on one shared memory, with vectors: see sweepBlocks.ts for the method, assembly/kernel.ts for the arithmetic. */
export function wasmSolver(options: WasmOptions = {}): Solver {
  const { valueType = 'f32', threads = availableParallelism() } = options;
  const kernel = chooseKernel(options.allowFused);
  const pool = new Pool(kernel, options.workerFile ?? new URL('./startWorker.mjs', import.meta.url));
  let memory: WebAssembly.Memory | null = null;
  let space: Workspace | null = null;
  return {
    name: `WebAssembly ${valueType}, ${threads} thread${threads > 1 ? 's' : ''}${kernel.isFused ? ', fused multiply-add' : ''}`,
    async gram(matrix, report = () => {}) {
      const size = matrix.movieIds.length;
      memory = null; // so that the last one can be collected before the next is made
      requireSpace(size, matrix.items.length, valueType, threads, options.availableBytes ?? availableBytes());
      space = layOut(size, valueType, threads);
      memory = new WebAssembly.Memory({ initial: pagesOf(space), maximum: pagesOf(space), shared: true });
      await pool.run(gramJob(matrix, memory, space, membersFor(size, threads)), Math.ceil(size / 32), report);
      return triangleOf(memory, space);
    },
    async invert(gram, added, report = () => {}) {
      if (!memory || !space || gram.panels[0]?.buffer !== memory.buffer)
        throw new Error('This triangle is not the one this solver made last');
      addToDiagonal(gram, added);
      const control = sharedNumbers(controlLength(queuesOfSweep(space.panels.length)));
      await pool.run(
        { kind: 'invert', members: membersFor(space.size, threads), control, memory, space },
        space.panels.length,
        report,
      );
      const failed = failureOf(control);
      if (failed !== null) throw notPositiveDefinite(failed);
    },
    close: () => pool.close(),
  };
}

/** No more threads than there are chunks of rows: a small catalogue on a large machine starts few. */
const membersFor = (size: number, threads: number): number => Math.min(threads, Math.ceil(size / CHUNK));

function gramJob(matrix: TrainingMatrix, memory: WebAssembly.Memory, space: Workspace, members: number): Job {
  return {
    kind: 'gram',
    members,
    control: sharedNumbers(controlLength(2)),
    memory,
    space,
    ratings: gramSpaceOf(matrix, members),
  };
}

const sharedNumbers = (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(4 * length));

function triangleOf(memory: WebAssembly.Memory, space: Workspace): LowerTriangle {
  const panels = space.panels.map((address, t) => {
    const { rows, stride } = panelShape(space.size, BLOCK, t);
    return space.valueType === 'f32'
      ? new Float32Array(memory.buffer, address, rows * stride)
      : new Float64Array(memory.buffer, address, rows * stride);
  });
  return { size: space.size, panelHeight: BLOCK, panels };
}

/** Threads are started at the first job and kept: a search has one Gram and many solves. */
class Pool {
  private workers: Worker[] = [];
  private readonly kernel: Kernel;
  private readonly workerFile: URL;

  constructor(kernel: Kernel, workerFile: URL) {
    this.workerFile = workerFile;
    this.kernel = kernel;
  }

  /** Gives the job to every thread; rejects, and ends all of them, when one dies. */
  async run(job: Job, total: number, report: Report): Promise<void> {
    while (this.workers.length < job.members) this.workers.push(this.start(this.workers.length));
    const timer = setInterval(() => report(Math.min(total, progressOf(job.control)), total), 200);
    report(0, total);
    try {
      await Promise.all(this.workers.slice(0, job.members).map((worker) => answer(worker, job)));
      report(total, total);
    } catch (error) {
      await this.close();
      throw error;
    } finally {
      clearInterval(timer);
    }
  }

  async close(): Promise<void> {
    const workers = this.workers;
    this.workers = [];
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  private start(member: number): Worker {
    const workerData: ThreadData = { module: this.kernel.module, member };
    return new Worker(this.workerFile, { workerData });
  }
}

function answer(worker: Worker, job: Job): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      finish();
    };
    const onMessage = () => settle(resolve);
    const onError = (error: Error) => settle(() => reject(died(error.message)));
    const onExit = (code: number) => settle(() => reject(died(`it ended with code ${code}`)));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(job);
  });
}

const died = (why: string): Error => new Error(`A training thread died (${why}); nothing was changed`);
