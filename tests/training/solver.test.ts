import { Matrix } from 'ml-matrix';
import { afterAll, describe, expect, it } from 'vitest';
import { chooseKernel } from '../../training/kernel/chooseKernel.ts';
import { wasmSolver, whyNoWasm } from '../../training/kernel/wasmSolver.ts';
import { estimateBytes } from '../../training/kernel/workspace.ts';
import { allocateTriangle } from '../../training/lowerTriangle.ts';
import { seededRandom } from '../../training/random.ts';
import { plainSolver, type Solver } from '../../training/solver.ts';
import { type TrainingMatrix } from '../../training/trainingMatrix.ts';
import { denseOf, inverse, largestDifference, symmetricOf } from './denseReference.ts';

function randomMatrix(titles: number, users: number): TrainingMatrix {
  const random = seededRandom(titles);
  const userStart = [0];
  const items: number[] = [];
  for (let user = 0; user < users; user++) {
    for (let title = 0; title < titles; title++) if (random() < 0.6 / (1 + title / 12)) items.push(title);
    userStart.push(items.length);
  }
  return {
    movieIds: Int32Array.from({ length: titles }, (_, at) => at + 1),
    userStart: Uint32Array.from(userStart),
    items: Uint32Array.from(items),
    values: Float32Array.from(items, () => (random() < 0.7 ? 1 : 0.5)),
  };
}

interface Reference {
  matrix: TrainingMatrix;
  added: Float64Array;
  gram: Matrix;
  expected: Matrix;
}
const references = new Map<number, Reference>();

/** What ml-matrix makes of it: slow, so once for all solvers. */
function referenceOf(titles: number): Reference {
  const known = references.get(titles);
  if (known) return known;
  const matrix = randomMatrix(titles, 200);
  const added = Float64Array.from({ length: titles }, (_, at) => 4 + (at % 7));
  const x = denseOf(matrix);
  const gram = x.transpose().mmul(x);
  const reference = {
    matrix,
    added,
    gram,
    expected: inverse(Matrix.add(gram, Matrix.diag(Array.from(added)))),
  };
  references.set(titles, reference);
  return reference;
}

const solvers: [string, Solver, number][] = [
  ['plain', plainSolver(), 1e-12],
  ['WebAssembly f64, 2 threads', wasmSolver({ valueType: 'f64', threads: 2 }), 1e-12],
  [
    'WebAssembly f64, 3 threads, without fused multiply-add',
    wasmSolver({ valueType: 'f64', threads: 3, allowFused: false }),
    1e-12,
  ],
  ['WebAssembly f32, 2 threads', wasmSolver({ valueType: 'f32', threads: 2 }), 2e-6],
  [
    'WebAssembly f32, 1 thread, without fused multiply-add',
    wasmSolver({ valueType: 'f32', threads: 1, allowFused: false }),
    2e-6,
  ],
];
afterAll(() => Promise.all(solvers.map(([, solver]) => solver.close())));

describe.each(solvers)('%s', (_name, solver, tolerance) => {
  // One title; less than a vector; a ragged tile; exactly one block; one block and a bit; two blocks and a ragged chunk.
  it.each([1, 3, 37, 256, 261, 517])('agrees with ml-matrix on %i titles', async (titles) => {
    const { matrix, added, gram, expected } = referenceOf(titles);
    const triangle = await solver.gram(matrix);
    expect(largestDifference(symmetricOf(triangle), gram)).toBeLessThan(1e-9);
    await solver.invert(triangle, added);
    expect(largestDifference(symmetricOf(triangle), expected)).toBeLessThan(tolerance);
  });

  it('reports progress up to the end', async () => {
    const seen: [number, number][] = [];
    const triangle = await solver.gram(randomMatrix(300, 50));
    await solver.invert(triangle, new Float64Array(300).fill(1), (done, total) => seen.push([done, total]));
    expect(seen.at(-1)![0]).toBe(seen.at(-1)![1]);
    expect(seen[0]![0]).toBe(0);
  });

  it('names the title at which a matrix is not positive definite', async () => {
    const triangle = await solver.gram(randomMatrix(300, 50));
    const added = new Float64Array(300).fill(1);
    added[270] = -1000;
    await expect(solver.invert(triangle, added)).rejects.toThrow(/not positive definite at title 270/);
  });
});

it('the threads share the work without losing any of it, whatever their number', async () => {
  const matrix = randomMatrix(530, 100);
  const added = new Float64Array(530).fill(5);
  const results: Matrix[] = [];
  for (const threads of [1, 2, 5]) {
    const solver = wasmSolver({ valueType: 'f64', threads });
    const triangle = await solver.gram(matrix);
    await solver.invert(triangle, added);
    results.push(symmetricOf(triangle));
    await solver.close();
  }
  expect(largestDifference(results[0]!, results[1]!)).toBe(0);
  expect(largestDifference(results[0]!, results[2]!)).toBe(0);
});

it('the threads add up the same Gram matrix as the plain solver, to the last bit', async () => {
  const matrix = randomMatrix(530, 100);
  const threads = wasmSolver({ valueType: 'f64', threads: 3 });
  const fast = symmetricOf(await threads.gram(matrix));
  await threads.close();
  expect(largestDifference(fast, symmetricOf(await plainSolver().gram(matrix)))).toBe(0);
});

it('the plain solver too refuses before starting when the memory is too small, with the numbers', async () => {
  await expect(plainSolver({ availableBytes: 100e6 }).gram(randomMatrix(500, 40))).rejects.toThrow(
    /Training 500 titles on \d+ ratings in f64 needs about 0\.\d\d GB of memory and 0\.10 GB are free/,
  );
});

describe('the WebAssembly solver', () => {
  it('is available here', () => expect(whyNoWasm()).toBeNull());

  it('multiplies and adds in one step on every engine we support, and in two where that is not wanted', () => {
    expect(chooseKernel(false).isFused).toBe(false);
    expect(chooseKernel().isFused).toBe(true);
  });

  it('refuses before starting when the memory is too small, with the numbers', async () => {
    const solver = wasmSolver({ availableBytes: 100e6 });
    await expect(solver.gram(randomMatrix(500, 40))).rejects.toThrow(
      /Training 500 titles on \d+ ratings in f32 needs about 0\.\d\d GB of memory and 0\.10 GB are free/,
    );
    await solver.close();
  });

  it('estimates about a gigabyte for 17,807 titles and 9.7 million ratings in f32', () => {
    expect(estimateBytes(17_807, 9_700_000, 'f32', 2)).toBeGreaterThan(0.9e9);
    expect(estimateBytes(17_807, 9_700_000, 'f32', 2)).toBeLessThan(1.3e9);
  });

  it('refuses a triangle it did not make', async () => {
    const solver = wasmSolver({ threads: 1 });
    await expect(solver.invert(allocateTriangle(4, 'f32'), new Float64Array(4))).rejects.toThrow(
      'not the one',
    );
    await solver.close();
  });

  it('says so when a thread dies in the middle of its work, instead of waiting for ever', async () => {
    const solver = wasmSolver({ threads: 2, workerFile: new URL('./dyingWorker.mjs', import.meta.url) });
    await expect(solver.gram(randomMatrix(600, 40))).rejects.toThrow(
      'A training thread died (it ended with code 3); nothing was changed',
    );
    await solver.close();
  });
});
