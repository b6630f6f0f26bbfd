import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Vectors of all documents as int8 rows, each with its own scale. */
export interface DenseState {
  dimensions: number;
  values: Int8Array;
  /** Row r is scales[r] · values[r]; 0 for a document without known words. */
  scales: Float32Array;
}

/** Written by hand in AssemblyScript (training/kernel/assembly/dense.ts). */
interface Exports {
  scoreRows(
    query: number, values: number, scales: number, out: number, rows: number, stride: number, unit: number,
  ): void;
} // prettier-ignore

let compiled: WebAssembly.Module | undefined;

/** Dimensions are filled up with zeros to a whole number of vectors. */
const VECTOR_BYTES = 16;
const PAGE_BYTES = 65_536;

/** The documents of one DenseState in the memory of a WebAssembly instance, and room for a query and its answer. */
export class DenseKernel {
  private readonly exports: Exports;
  private readonly rows: number;
  private readonly stride: number;
  private readonly places: { values: number; scales: number; query: number; out: number };
  private readonly query: Int16Array;
  private readonly out: Float32Array;

  constructor({ dimensions, values, scales }: DenseState) {
    this.rows = scales.length;
    this.stride = roundUp(dimensions);
    const scalesAt = this.rows * this.stride;
    const queryAt = scalesAt + roundUp(this.rows * 4);
    const outAt = queryAt + this.stride * 2;
    this.places = { values: 0, scales: scalesAt, query: queryAt, out: outAt };
    const memory = new WebAssembly.Memory({ initial: Math.ceil((outAt + this.rows * 4) / PAGE_BYTES) });
    const held = new Int8Array(memory.buffer, 0, this.rows * this.stride);
    for (let row = 0; row < this.rows; row++)
      held.set(values.subarray(row * dimensions, (row + 1) * dimensions), row * this.stride);
    new Float32Array(memory.buffer, scalesAt, this.rows).set(scales);
    this.query = new Int16Array(memory.buffer, queryAt, this.stride);
    this.out = new Float32Array(memory.buffer, outAt, this.rows);
    compiled ??= new WebAssembly.Module(readFileSync(join(import.meta.dirname, 'dense.wasm')));
    const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
    this.exports = exports as unknown as Exports;
  }

  /**
   * Inner products × unit × scale of each row, valid until the next call.
   * @param query whole numbers of at most 2047 either way
   */
  score(query: ArrayLike<number>, unit: number): Float32Array {
    this.query.set(query);
    const { places, rows, stride } = this;
    this.exports.scoreRows(places.query, places.values, places.scales, places.out, rows, stride, unit);
    return this.out;
  }
}

const roundUp = (bytes: number): number => Math.ceil(bytes / VECTOR_BYTES) * VECTOR_BYTES;
