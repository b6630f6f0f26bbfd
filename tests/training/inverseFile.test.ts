import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fitEase } from '../../training/fitEase.ts';
import { readInverse, writeInverse } from '../../training/inverseFile.ts';
import { wasmSolver } from '../../training/kernel/wasmSolver.ts';
import { plainSolver } from '../../training/solver.ts';
import { buildTrainingMatrix } from '../../training/trainingMatrix.ts';
import { largestDifference, weightsOf } from './denseReference.ts';
import { GOLDEN_USERS, tableOf } from './goldenModel.ts';

const matrix = buildTrainingMatrix(tableOf(GOLDEN_USERS), { input: 'graded', minRatings: 1 });
const parameters = { algorithm: 'rdlae', lambda: 1, dropout: 0.2, xi: 0.1 } as const;
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'marquee-inverse-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ['f64, plain', plainSolver()],
  ['f32, in shared memory', wasmSolver({ threads: 1 })],
])('a kept inverse comes back with the same weights (%s)', async (_name, solver) => {
  const fit = await fitEase(solver, matrix, parameters);
  const path = join(folder, 'm.inverse');
  writeInverse(path, { fit, modelId: 'm', dataHash: 'd' });
  const kept = readInverse(path);
  expect(kept).toMatchObject({ modelId: 'm', dataHash: 'd' });
  expect(kept.fit.parameters).toEqual(parameters);
  expect(largestDifference(weightsOf(kept.fit), weightsOf(fit))).toBe(0);
  expect(kept.fit.counts).toEqual(fit.counts);
  expect(readdirSync(folder)).toEqual(['m.inverse']);
  await solver.close();
});

it('a damaged, short or foreign file is refused with the reason', async () => {
  const path = join(folder, 'm.inverse');
  writeInverse(path, { fit: await fitEase(plainSolver(), matrix, parameters), modelId: 'm', dataHash: 'd' });
  const damaged = readFileSync(path);
  damaged[damaged.length - 3]! ^= 4;
  writeFileSync(path, damaged);
  expect(() => readInverse(path)).toThrow('does not match its checksum');
  truncateSync(path, damaged.length - 8);
  expect(() => readInverse(path)).toThrow('is cut short');
  truncateSync(path, 40);
  expect(() => readInverse(path)).toThrow('is cut short');
  const noHeader = Buffer.from(damaged);
  noHeader.fill('x', 12, 40);
  writeFileSync(path, noHeader);
  expect(() => readInverse(path)).toThrow('its header cannot be read');
  writeFileSync(path, 'something else altogether');
  expect(() => readInverse(path)).toThrow('is not a kept inverse');
});
