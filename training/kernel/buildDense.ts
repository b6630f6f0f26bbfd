import { readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

/**
 * Builds src/retrieval/dense.wasm from assembly/dense.ts: `node --import tsx training/kernel/buildDense.ts`. It is
 * committed, so that nobody needs the compiler to serve.
 */
const TARGET = resolve(import.meta.dirname, '../../src/retrieval/dense.wasm');
const FLAGS = [
  '--runtime', 'stub', '--noAssert', '-O3', '--converge', '--importMemory', '--noExportMemory', '--enable', 'simd',
]; // prettier-ignore

/** The bytes of the kernel; the same compiler gives the same bytes everywhere. @throws Error with the compiler's words */
export async function compileDenseKernel(): Promise<Uint8Array> {
  const source = await readFile(join(import.meta.dirname, 'assembly', 'dense.ts'), 'utf8');
  let wasm: Uint8Array | undefined;
  const { error, stderr } = await asc.main(['dense.ts', ...FLAGS, '-o', 'dense.wasm'], {
    readFile: (file) => (file === 'dense.ts' ? source : null),
    writeFile: (file, contents) => {
      if (file === 'dense.wasm' && typeof contents !== 'string') wasm = contents;
    },
    listFiles: () => [],
  });
  if (error || !wasm)
    throw new Error(`dense.wasm cannot be built: ${error?.message ?? ''}\n${stderr.toString()}`);
  return wasm;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wasm = await compileDenseKernel();
  await writeFile(`${TARGET}.part`, wasm);
  await rename(`${TARGET}.part`, TARGET);
  process.stdout.write(`dense.wasm  ${wasm.length} bytes\n`);
}
