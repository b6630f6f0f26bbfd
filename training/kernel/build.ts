import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

/**
 * Builds the two WebAssembly files from assembly/kernel.ts: one for every engine with SIMD and threads, one with fused
 * multiply-add (relaxed SIMD: Node 22 and later). Both are committed, so that nobody needs the compiler to train.
 */
const HERE = import.meta.dirname;
export const KERNELS = { 'kernel.wasm': [], 'kernelFused.wasm': ['--enable', 'relaxed-simd'] } as const;

const FLAGS = [
  '--runtime', 'stub', '--noAssert', '-O3', '--converge', '--importMemory', '--noExportMemory', '--sharedMemory',
  '--initialMemory', '1', '--maximumMemory', '65536', '--enable', 'simd', '--enable', 'threads', '--enable', 'bulk-memory',
]; // prettier-ignore

/** The bytes of one kernel; the same compiler gives the same bytes everywhere. @throws Error with the compiler's words */
export async function compileKernel(name: keyof typeof KERNELS): Promise<Uint8Array> {
  let wasm: Uint8Array | undefined;
  const { error, stderr } = await asc.main(['kernel.ts', ...FLAGS, ...KERNELS[name], '-o', 'kernel.wasm'], {
    // The compiler also asks for files of its own library, which it then finds itself.
    readFile: (file) => readFile(join(HERE, 'assembly', file), 'utf8').catch(() => null),
    writeFile: (file, contents) => {
      if (file === 'kernel.wasm' && typeof contents !== 'string') wasm = contents;
    },
    listFiles: () => [],
  });
  if (error || !wasm)
    throw new Error(`${name} cannot be built: ${error?.message ?? ''}\n${stderr.toString()}`);
  return wasm;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const name of Object.keys(KERNELS) as (keyof typeof KERNELS)[]) {
    const wasm = await compileKernel(name);
    await writeFile(join(HERE, `${name}.part`), wasm);
    await rename(join(HERE, `${name}.part`), join(HERE, name));
    process.stdout.write(`${name}  ${wasm.length} bytes\n`);
  }
