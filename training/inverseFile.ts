import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { type EaseFit, type EaseParameters, scalesOf } from './fitEase.ts';
import {
  allocateTriangle,
  diagonalOf,
  type LowerTriangle,
  rowOf,
  rowsOf,
  type ValueType,
} from './lowerTriangle.ts';

/**
 * A fit kept whole, for learning and unlearning people later (unlearn.ts): the magic `MQINV001`, uint32 length of a JSON
 * header, the header, then movieIds (int32), n_j and γ_j (float64), then the rows of the lower triangle of P one after
 * another. The header holds the CRC-32 of all that. Written and read row by row: P may be larger than a Buffer can be.
 */
const MAGIC = 'MQINV001';
/** Real ones have a few hundred. */
const MOST_HEADER_BYTES = 100_000;

interface InverseHeader {
  size: number;
  valueType: ValueType;
  parameters: EaseParameters;
  /** The model file this belongs to. */
  modelId: string;
  dataHash: string;
  checksum: number;
}

export interface KeptInverse {
  fit: EaseFit;
  modelId: string;
  dataHash: string;
}

/** Aside and renamed: a reader never sees half a file. */
export function writeInverse(path: string, { fit, modelId, dataHash }: KeptInverse): void {
  const valueType = fit.inverse.panels[0] instanceof Float64Array ? 'f64' : 'f32';
  let checksum = 0;
  for (const part of partsOf(fit)) checksum = crc32(part, checksum);
  const header: InverseHeader = {
    size: fit.movieIds.length,
    valueType,
    parameters: fit.parameters,
    modelId,
    dataHash,
    checksum,
  };
  const text = Buffer.from(JSON.stringify(header));
  const lead = Buffer.alloc(12);
  lead.write(MAGIC, 0, 'latin1');
  lead.writeUInt32LE(text.length, 8);
  const aside = `${path}.${process.pid}.part`;
  try {
    const file = openSync(aside, 'w', 0o600);
    try {
      // Unlike writeSync it goes on until all of a part is written, or throws.
      for (const part of [lead, text]) writeFileSync(file, part);
      for (const part of partsOf(fit)) writeFileSync(file, part);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(aside, path);
  } finally {
    rmSync(aside, { force: true });
  }
}

/** @throws Error with the reason when the file is not ours, cut short or damaged */
export function readInverse(path: string): KeptInverse {
  const file = openSync(path, 'r');
  let checksum = 0;
  const read = (bytes: Buffer): Buffer => {
    if (bytes.length > 0 && readSync(file, bytes, 0, bytes.length, null) !== bytes.length)
      throw new Error(`${path} is cut short`);
    return bytes;
  };
  const fill = (array: ArrayBufferView): void => {
    if (array.byteLength > 0) checksum = crc32(read(bytesOf(array)), checksum);
  };
  try {
    const lead = read(Buffer.alloc(12));
    if (lead.toString('latin1', 0, 8) !== MAGIC) throw new Error(`${path} is not a kept inverse of Marquee`);
    const headerBytes = lead.readUInt32LE(8);
    if (headerBytes > MOST_HEADER_BYTES) throw new Error(`${path} is damaged: its header cannot be read`);
    const header = parseHeader(read(Buffer.alloc(headerBytes)).toString(), path);
    const movieIds = new Int32Array(header.size);
    const counts = new Float64Array(header.size);
    const added = new Float64Array(header.size);
    for (const array of [movieIds, counts, added]) fill(array);
    const inverse: LowerTriangle = allocateTriangle(header.size, header.valueType);
    for (const row of rowsOf(inverse)) fill(row);
    if (checksum !== header.checksum) throw new Error(`${path} does not match its checksum: it is damaged`);
    const { parameters, modelId, dataHash } = header;
    const scales = scalesOf(diagonalOf(inverse), added, counts, parameters);
    return { fit: { parameters, movieIds, counts, inverse, added, ...scales }, modelId, dataHash };
  } finally {
    closeSync(file);
  }
}

function parseHeader(text: string, path: string): InverseHeader {
  try {
    return JSON.parse(text) as InverseHeader;
  } catch {
    throw new Error(`${path} is damaged: its header cannot be read`);
  }
}

function* partsOf(fit: EaseFit): Generator<Buffer> {
  for (const array of [fit.movieIds, fit.counts, fit.added]) if (array.length > 0) yield bytesOf(array);
  for (let i = 0; i < fit.movieIds.length; i++) yield bytesOf(rowOf(fit.inverse, i));
}

const bytesOf = (array: ArrayBufferView): Buffer =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength);
