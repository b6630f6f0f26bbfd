import { crc32 } from 'node:zlib';
import { type EaseModel, type ModelHeader } from './ease.ts';
import { fromHalfFloats, toHalfFloats } from './halfFloats.ts';
import { indexByMovieId } from './idMap.ts';

/**
 * A trained model as one file, read in one go. Layout (little-endian): the magic `MQEASE\0\0`, uint32 format version,
 * uint32 length of the JSON header, uint32 CRC-32 of everything after byte 20, the header, zeros up to a multiple of 8,
 * then movieIds (int32), counts (float32), rowStart (uint32, titles + 1), columns (uint16 or uint32), values (float32 or
 * half precision), each padded to 8 bytes. CRC-32 guards against damage, not against malice: it is several times
 * cheaper than SHA-256 where the processor has no instruction for that.
 */
const MAGIC = 'MQEASE\0\0';
const VERSION = 1;
const LEAD_BYTES = 20;

/** The parts of the file, in order; `writeFile` takes them as they are. */
export function encodeModel(model: EaseModel): Buffer[] {
  const header = Buffer.from(JSON.stringify({ ...model.header, version: VERSION }));
  const afterLead = Buffer.alloc(padded(LEAD_BYTES + header.length) - LEAD_BYTES);
  header.copy(afterLead);
  const columns =
    model.header.columnType === 'u16' ? Uint16Array.from(model.columns) : Uint32Array.from(model.columns);
  const values = model.header.valueType === 'f16' ? toHalfFloats(model.values) : model.values;
  let parts: Buffer[] = [afterLead];
  for (const array of [model.movieIds, model.counts, model.rowStart, columns, values])
    parts.push(
      Buffer.from(array.buffer, array.byteOffset, array.byteLength),
      Buffer.alloc(padded(array.byteLength) - array.byteLength),
    );
  // An empty part would begin the checksum anew.
  parts = parts.filter((part) => part.length > 0);
  const lead = Buffer.alloc(LEAD_BYTES);
  lead.write(MAGIC, 0, 'latin1');
  lead.writeUInt32LE(VERSION, 8);
  lead.writeUInt32LE(header.length, 12);
  lead.writeUInt32LE(
    parts.reduce((sum, part) => crc32(part, sum), 0),
    16,
  );
  return [lead, ...parts];
}

/**
 * @param options.dataHash refuse a model trained on other ratings than these
 * @throws Error with the reason when the file is not ours, of another version, cut short, damaged or for other data
 */
export function decodeModel(file: Buffer, options: { dataHash?: string } = {}): EaseModel {
  const refuse = (reason: string): never => {
    throw new Error(`The model file was refused: ${reason}`);
  };
  if (file.length < 8 || file.toString('latin1', 0, 8) !== MAGIC) refuse('it is not a Marquee model file');
  if (file.length < LEAD_BYTES) refuse('it is cut short');
  const version = file.readUInt32LE(8);
  if (version !== VERSION) refuse(`it has format version ${version}, this program reads version ${VERSION}`);
  const headerEnd = LEAD_BYTES + file.readUInt32LE(12);
  if (headerEnd > file.length) refuse('it is cut short');
  const header =
    parseHeader(file.toString('utf8', LEAD_BYTES, headerEnd)) ?? refuse('its header cannot be read');
  const arrays = arrayLengths(header);
  const expectedBytes = arrays.reduce((sum, bytes) => sum + padded(bytes), padded(headerEnd));
  if (file.length !== expectedBytes)
    refuse(
      `it has ${file.length} bytes instead of ${expectedBytes}: it is ${file.length < expectedBytes ? 'cut short' : 'too long'}`,
    );
  if (crc32(file.subarray(LEAD_BYTES)) !== file.readUInt32LE(16))
    refuse('its checksum does not match: it is damaged');
  if (options.dataHash !== undefined && options.dataHash !== header.dataHash)
    refuse('it was trained on other ratings than those loaded here');

  let offset = padded(headerEnd);
  const take = (bytes: number): ArrayBuffer => {
    const start = file.byteOffset + offset;
    offset += padded(bytes);
    return file.buffer.slice(start, start + bytes) as ArrayBuffer;
  };
  const movieIds = new Int32Array(take(arrays[0]));
  const counts = new Float32Array(take(arrays[1]));
  const rowStart = new Uint32Array(take(arrays[2]));
  const columns =
    header.columnType === 'u16' ? new Uint16Array(take(arrays[3])) : new Uint32Array(take(arrays[3]));
  const values =
    header.valueType === 'f16'
      ? fromHalfFloats(new Uint16Array(take(arrays[4])))
      : new Float32Array(take(arrays[4]));
  if (!isWellFormed(header, rowStart, columns)) refuse('its rows are inconsistent');
  return { header, movieIds, indexOf: indexByMovieId(movieIds), counts, rowStart, columns, values };
}

const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8;

function parseHeader(text: string): ModelHeader | null {
  try {
    const header = JSON.parse(text) as ModelHeader;
    const isUsable =
      Number.isSafeInteger(header.titles) && header.titles >= 0 &&
      Number.isSafeInteger(header.entries) && header.entries >= 0 &&
      ['f32', 'f16'].includes(header.valueType) && ['u16', 'u32'].includes(header.columnType); // prettier-ignore
    return isUsable ? header : null;
  } catch {
    return null;
  }
}

/** Bytes of movieIds, counts, rowStart, columns, values. */
const arrayLengths = ({
  titles,
  entries,
  columnType,
  valueType,
}: ModelHeader): [number, number, number, number, number] => [
  titles * 4,
  titles * 4,
  (titles + 1) * 4,
  entries * (columnType === 'u16' ? 2 : 4),
  entries * (valueType === 'f16' ? 2 : 4),
];

/** Rows that would make serving read outside its arrays are refused even under a right checksum. */
function isWellFormed(
  header: ModelHeader,
  rowStart: Uint32Array,
  columns: Uint16Array | Uint32Array,
): boolean {
  if (rowStart[0] !== 0 || rowStart[header.titles] !== header.entries) return false;
  for (let row = 0; row < header.titles; row++) if (rowStart[row]! > rowStart[row + 1]!) return false;
  for (let at = 0; at < columns.length; at++) if (columns[at]! >= header.titles) return false;
  return true;
}
