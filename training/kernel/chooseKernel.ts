import { readFileSync } from 'node:fs';
import { join } from 'node:path';

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
  invertBlock(block: Address, column: Address, size: number): number;
}

export interface Kernel {
  module: WebAssembly.Module;
  isFused: boolean;
}

/** The build with fused multiply-add where the engine takes it (Node 22 and later), else the plain one. */
export function chooseKernel(allowFused = true): Kernel {
  const fused = readFileSync(join(import.meta.dirname, 'kernelFused.wasm'));
  const isFused = allowFused && WebAssembly.validate(fused);
  const bytes = isFused ? fused : readFileSync(join(import.meta.dirname, 'kernel.wasm'));
  return { module: new WebAssembly.Module(bytes), isFused };
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
    invertBlock: exports['invertBlock']!,
  };
}
