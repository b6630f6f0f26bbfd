import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { compileDenseKernel } from '../../training/kernel/buildDense.ts';

it('the committed dense.wasm is what its source compiles to, byte for byte', async () => {
  const committed = await readFile(new URL('../../src/retrieval/dense.wasm', import.meta.url));
  expect(Buffer.from(await compileDenseKernel()).equals(committed)).toBe(true);
}, 60_000);
