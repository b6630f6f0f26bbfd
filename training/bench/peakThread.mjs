/* global WebAssembly, performance */
// One thread of the peak measurement: the micro-kernel on operands that stay in the second-level cache.
import { register } from 'tsx/esm/api';
import { parentPort, workerData } from 'node:worker_threads';

register();
const { instantiate } = await import('../kernel/chooseKernel.ts');
const { module, valueType, milliseconds } = workerData;
const memory = new WebAssembly.Memory({ initial: 64, maximum: 65_536, shared: true });
const kernel = instantiate(module, memory, valueType);
kernel.setScratch(1024);
const [rows, columns, depth] = [64, 128, 256];
const bytes = valueType === 'f32' ? 4 : 8;
const a = 4096;
const b = a + rows * depth * bytes;
const c = b + columns * depth * bytes;
const once = () => kernel.subtract(c, columns, a, b, rows, columns, depth);

parentPort.on('message', () => {
  for (let turn = 0; turn < 200; turn++) once();
  let best = 0;
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    const begun = performance.now();
    for (let turn = 0; turn < 10; turn++) once();
    const seconds = (performance.now() - begun) / 1000;
    best = Math.max(best, (10 * 2 * rows * columns * depth) / seconds / 1e9);
  }
  parentPort.postMessage(best);
});
parentPort.postMessage('ready');
