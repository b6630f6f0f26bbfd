import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { chooseKernel } from '../kernel/chooseKernel.ts';

/**
 * The ceiling of the update: GF/s of the micro-kernel alone with everything in cache, all threads at once, best of many
 * short turns. What a whole solve reaches is quoted as a share of this.
 */
export async function kernelPeak(options: {
  valueType: 'f32' | 'f64';
  threads: number;
  allowFused?: boolean;
  milliseconds?: number;
}): Promise<number> {
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
    for (const worker of workers) worker.postMessage('go');
    const rates = (await Promise.all(answers)).map(([rate]) => rate as number);
    return rates.reduce((sum, rate) => sum + rate, 0);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
