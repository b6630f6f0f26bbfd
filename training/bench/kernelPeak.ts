import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { chooseKernel } from '../kernel/chooseKernel.ts';

/** GF/s of the micro-kernel alone with everything in cache, all threads at once: the ceiling of the update. */
export interface KernelPeak {
  /** Best of many turns of a millisecond: what the vectors can do. */
  best: number;
  /** Mean by processor time: what they do for longer on this machine, turns of other programs not counted. */
  sustained: number;
}

export async function kernelPeak(options: {
  valueType: 'f32' | 'f64';
  threads: number;
  allowFused?: boolean;
  milliseconds?: number;
}): Promise<KernelPeak> {
  const { valueType, threads, milliseconds = 800 } = options;
  const { module } = chooseKernel(options.allowFused);
  const workers = Array.from(
    { length: threads },
    () =>
      new Worker(new URL('./peakThread.mjs', import.meta.url), {
        workerData: { module, valueType, milliseconds },
      }),
  );
  try {
    await Promise.all(workers.map((worker) => once(worker, 'message')));
    const answers = workers.map((worker) => once(worker, 'message'));
    const cpuBefore = process.cpuUsage();
    for (const worker of workers) worker.postMessage('go');
    const turns = (await Promise.all(answers)).map(([turn]) => turn as { best: number; billions: number });
    const { user, system } = process.cpuUsage(cpuBefore);
    const billions = turns.reduce((sum, turn) => sum + turn.billions, 0);
    return {
      best: turns.reduce((sum, turn) => sum + turn.best, 0),
      sustained: (threads * billions) / ((user + system) / 1e6),
    };
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
