import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { compileKernel, KERNELS } from '../../training/kernel/build.ts';

it.each(Object.keys(KERNELS) as (keyof typeof KERNELS)[])(
  'the committed %s is what its source compiles to, byte for byte',
  async (name) => {
    const committed = await readFile(new URL(`../../training/kernel/${name}`, import.meta.url));
    const built = Buffer.from(await compileKernel(name));
    expect(built.equals(committed)).toBe(true);
    expect(committed.length).toBeLessThan(9000);
  },
  60_000,
);
