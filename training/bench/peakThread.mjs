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
  const TURNS = 10;
  const billions = (TURNS * 2 * rows * columns * depth) / 1e9;
  const begun = performance.now();
  let best = 0;
  let done = 0;
  for (let now = begun; now - begun < milliseconds; done += billions) {
    for (let turn = 0; turn < TURNS; turn++) once();
    const after = performance.now();
    best = Math.max(best, (1000 * billions) / (after - now));
    now = after;
  }
  parentPort.postMessage({ best, sustained: (1000 * done) / (performance.now() - begun) });
});
parentPort.postMessage('ready');
