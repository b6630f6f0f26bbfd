import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

export type Address = number;
type Product = (
  c: Address,
  stride: number,
  a: Address,
  b: Address,
  m: number,
  n: number,
  depth: number,
) => void;
type Pack = (from: Address, stride: number, to: Address, count: number, depth: number, group: number) => void;
type Transpose = (
  from: Address,
  fromStride: number,
  to: Address,
  toStride: number,
  rows: number,
  columns: number,
) => void;

/** The kernel's functions for one number type; the comments stand in assembly/kernel.ts. */
export interface KernelFunctions {
  setScratch(address: Address): void;
  multiply: Product;
  subtract: Product;
  packRows: Pack;
  packColumns: Pack;
  transpose: Transpose;
  gramRow(
    title: number,
    sums: Address,
    titleStart: Address,
    place: Address,
    userBegin: Address,
    items: Address,
    values: Address,
  ): void;
  invertBlock(block: Address, work: Address, size: number): number;
}

export interface Kernel {
  module: WebAssembly.Module;
  isFused: boolean;
}

/**
 * The build with fused multiply-add where the engine has relaxed SIMD, else the plain one. V8 12 and later always have it
 * (Node 22); the V8 of Node 20 has it complete, but behind a flag, which can be set while running. There a product is
 * checked before the build is trusted.
 */
export function chooseKernel(allowFused = true): Kernel {
  const fused = readFileSync(join(import.meta.dirname, 'kernelFused.wasm'));
  if (allowFused && canRun(fused)) return { module: new WebAssembly.Module(fused), isFused: true };
  const plain = readFileSync(join(import.meta.dirname, 'kernel.wasm'));
  return { module: new WebAssembly.Module(plain), isFused: false };
}

function canRun(fused: Buffer<ArrayBuffer>): boolean {
  if (WebAssembly.validate(fused)) return true;
  if (!process.versions.v8.startsWith('11.3.')) return false;
  setFlagsFromString('--experimental-wasm-relaxed-simd');
  return WebAssembly.validate(fused) && multipliesRightly(new WebAssembly.Module(fused));
}

/** Whole numbers, so that every correct product is exact: 4 rows of A by 8 of B, 3 deep. */
function multipliesRightly(module: WebAssembly.Module): boolean {
  const [rows, columns, depth] = [4, 8, 3];
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true });
  const kernel = instantiate(module, memory, 'f32');
  const [a, b, c] = [0, 1024, 2048];
  new Float32Array(memory.buffer, a, rows * depth).forEach((_, at, packed) => (packed[at] = at + 1));
  new Float32Array(memory.buffer, b, columns * depth).forEach((_, at, packed) => (packed[at] = 2 * at - 9));
  kernel.multiply(c, columns, a, b, rows, columns, depth);
  return new Float32Array(memory.buffer, c, rows * columns).every((product, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    let expected = 0;
    for (let step = 0; step < depth; step++)
      expected += (step * rows + row + 1) * (2 * (step * columns + column) - 9);
    return product === expected;
  });
}

export function instantiate(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  valueType: 'f32' | 'f64',
): KernelFunctions {
  const exports = new WebAssembly.Instance(module, { env: { memory } }).exports as Record<string, never>;
  return {
    setScratch: exports['setScratch']!,
    multiply: exports[`multiply_${valueType}`]!,
    subtract: exports[`subtract_${valueType}`]!,
    packRows: exports[`packRows_${valueType}`]!,
    packColumns: exports[`packColumns_${valueType}`]!,
    transpose: exports[`transpose_${valueType}`]!,
    gramRow: exports['gramRow']!,
    invertBlock: exports['invertBlock']!,
  };
}
