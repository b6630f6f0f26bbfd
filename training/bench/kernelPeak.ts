import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { chooseKernel } from '../kernel/chooseKernel.ts';

/** GF/s of the micro-kernel alone with everything in cache, all threads at once: what a whole solve is a share of. */
export interface KernelPeak {
  /** Best of turns of about a millisecond: what the vectors can do. */
  best: number;
  /** Mean over the whole measurement: what this machine lets them do for longer, with whatever else runs on it. */
  sustained: number;
}

export async function kernelPeak(options: {
  valueType: 'f32' | 'f64';
  threads: number;
  allowFused?: boolean;
  milliseconds?: number;
}): Promise<KernelPeak> {
  const { valueType, threads, milliseconds = 1500 } = options;
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
    const peaks = (await Promise.all(answers)).map(([peak]) => peak as KernelPeak);
    const sumOf = (rate: (peak: KernelPeak) => number) => peaks.reduce((sum, peak) => sum + rate(peak), 0);
    return { best: sumOf(({ best }) => best), sustained: sumOf(({ sustained }) => sustained) };
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
