import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DenseKernel, type DenseState } from './denseKernel.ts';
import { WordPiece } from './wordPiece.ts';

export type { DenseState };

/**
 * Static token vectors: one small vector for each word piece, distilled once from a sentence encoder
 * (training/distil). A text's vector is the sum of its pieces' vectors, scaled to length one; the rare piece weighs
 * more because its stored vector is longer (weights 1e-3 ÷ (1e-3 + p), Arora et al. 2017). No model runs here.
 *
 * File (little-endian): magic `MQTV0001`, uint32 count, uint32 dimensions, float32 scale of each piece, then
 * count × dimensions int8; beside it the pieces, one a line.
 */
export class TokenVectors {
  readonly dimensions: number;
  private readonly scales: Float32Array;
  private readonly values: Int8Array;
  private readonly wordPiece: WordPiece;

  /** Throws with the reason when the bytes are not such a table. */
  constructor(table: Uint8Array, vocabulary: string) {
    const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
    const magic = String.fromCharCode(...table.subarray(0, 8));
    if (magic !== MAGIC) throw new Error('The token vectors are not a Marquee table');
    const count = view.getUint32(8, true);
    this.dimensions = view.getUint32(12, true);
    const valuesAt = HEADER_BYTES + count * 4;
    if (table.byteLength !== valuesAt + count * this.dimensions)
      throw new Error('The token vectors are cut short');
    const pieces = vocabulary.trimEnd().split('\n');
    if (pieces.length !== count)
      throw new Error(`The token vectors have ${count} rows for ${pieces.length} word pieces`);
    this.scales = new Float32Array(
      table.buffer.slice(table.byteOffset + HEADER_BYTES, table.byteOffset + valuesAt),
    );
    this.values = new Int8Array(table.buffer, table.byteOffset + valuesAt, count * this.dimensions);
    this.wordPiece = new WordPiece(pieces);
  }

  /** Unit vector of a text; all zero when none of its words is known. */
  embed(text: string): Float32Array {
    const sum = new Float32Array(this.dimensions);
    this.add(text, 1, sum);
    return toUnitLength(sum);
  }

  /** Whether the encoder knew a word as a whole. */
  knows(word: string): boolean {
    return this.wordPiece.knows(word);
  }

  /** Adds the weighted vectors of a text's pieces to `sum`. */
  add(text: string, weight: number, sum: Float32Array): void {
    const { dimensions, values } = this;
    const pieces = this.wordPiece.encode(text);
    for (let place = 0; place < pieces.length; place++) {
      const piece = pieces[place]!;
      const scale = weight * this.scales[piece]!;
      const start = piece * dimensions;
      for (let at = 0; at < dimensions; at++) sum[at]! += scale * values[start + at]!;
    }
  }
}

const MAGIC = 'MQTV0001';
const HEADER_BYTES = 16;

export function toUnitLength(vector: Float32Array): Float32Array {
  let squares = 0;
  for (let at = 0; at < vector.length; at++) squares += vector[at]! * vector[at]!;
  if (squares > 0) {
    const scale = 1 / Math.sqrt(squares);
    for (let at = 0; at < vector.length; at++) vector[at]! *= scale;
  }
  return vector;
}

function largestOf(vector: Float32Array): number {
  let largest = 0;
  for (let at = 0; at < vector.length; at++) {
    const size = Math.abs(vector[at]!);
    if (size > largest) largest = size;
  }
  return largest;
}

const TABLE_DIRECTORY = resolve(import.meta.dirname, '../../datasets/token-vectors');

let loaded: TokenVectors | null | undefined;

/**
 * The table in datasets/token-vectors, read at the first call (about 20 ms) and kept; null when it is not there.
 */
export function defaultTokenVectors(): TokenVectors | null {
  if (loaded !== undefined) return loaded;
  const table = join(TABLE_DIRECTORY, 'vectors.bin');
  loaded = existsSync(table)
    ? new TokenVectors(readFileSync(table), readFileSync(join(TABLE_DIRECTORY, 'vocabulary.txt'), 'utf8'))
    : null;
  return loaded;
}

/**
 * The most frequent whole words of the encoder's vocabulary, which stands by frequency; none when the table is not
 * there.
 */
export function commonWords(count: number): Set<string> {
  const path = join(TABLE_DIRECTORY, 'vocabulary.txt');
  if (!existsSync(path)) return new Set();
  const pieces = readFileSync(path, 'utf8').split('\n', count);
  return new Set(pieces.filter((piece) => /^[a-z]{2,}$/.test(piece)));
}

export function buildDense(
  rows: number,
  dimensions: number,
  vectorOf: (row: number) => Float32Array,
): DenseState {
  const state: DenseState = {
    dimensions,
    values: new Int8Array(rows * dimensions),
    scales: new Float32Array(rows),
  };
  for (let row = 0; row < rows; row++) {
    const vector = vectorOf(row);
    const largest = largestOf(vector);
    if (largest === 0) continue;
    state.scales[row] = largest / 127;
    for (let at = 0; at < dimensions; at++)
      state.values[row * dimensions + at] = Math.round((vector[at]! / largest) * 127);
  }
  return state;
}

const kernels = new WeakMap<DenseState, DenseKernel>();

/** Writes the cosine of a unit query with each document to `out`, 0 for documents without a vector. */
export function scoreDense(state: DenseState, query: Float32Array, out: Float32Array): void {
  const largest = largestOf(query);
  if (largest === 0) return void out.fill(0, 0, state.scales.length);
  // Whole numbers on both sides: sixteen products at a time, and no rounding in their sum.
  const unit = largest / LARGEST_WHOLE;
  const whole = Int16Array.from(query, (value) => Math.round(value / unit));
  let kernel = kernels.get(state);
  if (!kernel) kernels.set(state, (kernel = new DenseKernel(state)));
  out.set(kernel.score(whole, unit));
}

/** The query's numbers are 12 bits with their sign. */
const LARGEST_WHOLE = 2047;
