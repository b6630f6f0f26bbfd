// A thread that ends without a word at its first job, while the other waits for it.
import { parentPort, workerData } from 'node:worker_threads';

if (workerData.member === 1) parentPort.on('message', () => process.exit(3));
else await import('../../training/kernel/startWorker.mjs');
