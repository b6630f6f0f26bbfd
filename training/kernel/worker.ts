import { parentPort, workerData } from 'node:worker_threads';
import { type LowerTriangle, rowOf } from '../lowerTriangle.ts';
import { instantiate } from './chooseKernel.ts';
import { type GramSpace } from './gramSpace.ts';
import { sweepBlocks } from './sweepBlocks.ts';
import { Team } from './team.ts';
import { BLOCK, type Workspace } from './workspace.ts';

/** One thread of the WebAssembly solver: waits for a job, does its share of it on shared memory, answers, waits again. */
export interface Job {
  kind: 'gram' | 'invert';
  /** Threads that take part. */
  members: number;
  control: Int32Array;
  memory: WebAssembly.Memory;
  space: Workspace;
  /** For `gram`. */
  ratings?: GramSpace;
}

export interface ThreadData {
  module: WebAssembly.Module;
  member: number;
}

const { module, member } = workerData as ThreadData;

parentPort!.on('message', (job: Job) => {
  const team = new Team(job.control, member, job.members);
  if (job.kind === 'gram') buildGram(job, team);
  else sweepBlocks(instantiate(module, job.memory, job.space.valueType), job.memory.buffer, job.space, team);
  parentPort!.postMessage('done');
});

/** Rows in batches from the last, the most expensive to hold in the cache, to the first, the longest lists. */
function buildGram({ memory, space, ratings }: Job, team: Team): void {
  const triangle = triangleOf(memory, space);
  const { memory: ratingsMemory, titleStart, place, userBegin, items, values } = ratings!;
  const kernel = instantiate(module, ratingsMemory, space.valueType);
  const address = ratings!.sums[team.member]!;
  const sums = new Float64Array(ratingsMemory.buffer, address, space.size);
  const BATCH = 32;
  const batches = Math.ceil(space.size / BATCH);
  team.share(batches, (task) => {
    const first = (batches - 1 - task) * BATCH;
    for (let i = first; i < Math.min(space.size, first + BATCH); i++) {
      kernel.gramRow(i, address, titleStart, place, userBegin, items, values);
      rowOf(triangle, i).set(sums.subarray(0, i + 1));
    }
    team.reportProgress(task);
  });
}

function triangleOf(memory: WebAssembly.Memory, space: Workspace): LowerTriangle {
  const panels = space.panels.map((address, t) => {
    const rows = Math.min(BLOCK, space.size - t * BLOCK);
    const length = rows * (t * BLOCK + rows);
    return space.valueType === 'f32'
      ? new Float32Array(memory.buffer, address, length)
      : new Float64Array(memory.buffer, address, length);
  });
  return { size: space.size, panelHeight: BLOCK, panels };
}
