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

for (let turn = 0; turn < 200; turn++) once(); // until it is compiled for speed

parentPort.on('message', () => {
  const TURNS = 10;
  const billionsATime = (TURNS * 2 * rows * columns * depth) / 1e9;
  let best = 0;
  let billions = 0;
  const end = performance.now() + milliseconds;
  for (let now = performance.now(); now < end; billions += billionsATime) {
    for (let turn = 0; turn < TURNS; turn++) once();
    const after = performance.now();
    best = Math.max(best, (1000 * billionsATime) / (after - now));
    now = after;
  }
  parentPort.postMessage({ best, billions });
});
parentPort.postMessage('ready');
