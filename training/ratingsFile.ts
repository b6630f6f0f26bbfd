import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { writeAside } from '../src/writeAside.ts';

/**
 * Data-set ratings as one compact file: users × titles in compressed sparse rows. Layout (little-endian): the magic
 * `MQRT0001`, the length of a JSON header as uint32, the header, padding to 8 bytes, then the arrays in the order
 * `itemIds` (int32), `userStart` (uint32, userCount + 1), `items` (uint32), `halfStars` (uint8), `timestamps` (float64,
 * seconds, only when the header says so). A SHA-256 of the arrays stands in the header.
 */
export interface RatingsTable {
  /** movieId of each item; the position in this array is the item's number in `items`. */
  itemIds: Int32Array;
  /** Ratings of user u stand at positions userStart[u] … userStart[u + 1] − 1. */
  userStart: Uint32Array;
  /** Item number of each rating. No (user, item) pair stands twice. */
  items: Uint32Array;
  /** 1–10: the rating times two. */
  halfStars: Uint8Array;
  /** Seconds since 1970, when the data set has them. */
  timestamps?: Float64Array;
}

const MAGIC = 'MQRT0001';

export const userCount = (table: RatingsTable): number => table.userStart.length - 1;

/** SHA-256 over all arrays, hex: two tables with the same hash train the same model. */
export function hashRatings(table: RatingsTable): string {
  const hash = createHash('sha256');
  for (const array of arraysOf(table)) hash.update(bytesOf(array));
  return hash.digest('hex');
}

/** Writes aside and renames: a reader never sees half a file. */
export async function writeRatings(path: string, table: RatingsTable): Promise<{ sha256: string }> {
  const sha256 = hashRatings(table);
  const header = Buffer.from(
    JSON.stringify({
      items: table.itemIds.length,
      users: userCount(table),
      ratings: table.items.length,
      hasTimestamps: table.timestamps !== undefined,
      sha256,
    }),
  );
  const lead = Buffer.alloc(Math.ceil((12 + header.length) / 8) * 8);
  lead.write(MAGIC, 0, 'latin1');
  lead.writeUInt32LE(header.length, 8);
  header.copy(lead, 12);
  const parts: Buffer[] = [lead];
  for (const array of arraysOf(table)) {
    const bytes = bytesOf(array);
    parts.push(bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8));
  }
  await writeAside(path, parts);
  return { sha256 };
}

/** The hash a file says its ratings have, from its first bytes alone; `readRatings` checks that it is true. */
export function ratingsHashOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const lead = Buffer.alloc(12);
    if (readSync(file, lead, 0, 12, 0) < 12 || lead.toString('latin1', 0, 8) !== MAGIC)
      throw new Error(`${path} is not a Marquee ratings file`);
    const header = Buffer.alloc(lead.readUInt32LE(8));
    if (readSync(file, header, 0, header.length, 12) < header.length) throw new Error(`${path} is cut short`);
    return (JSON.parse(header.toString('utf8')) as { sha256: string }).sha256;
  } finally {
    closeSync(file);
  }
}

/** Reads a whole file; throws with the reason when it is not one of ours, cut short or changed. */
export function readRatings(path: string): RatingsTable {
  const file = readFileSync(path);
  if (file.length < 12 || file.toString('latin1', 0, 8) !== MAGIC)
    throw new Error(`${path} is not a Marquee ratings file`);
  const headerLength = file.readUInt32LE(8);
  const header = JSON.parse(file.toString('utf8', 12, 12 + headerLength)) as {
    items: number;
    users: number;
    ratings: number;
    hasTimestamps: boolean;
    sha256: string;
  };
  let offset = Math.ceil((12 + headerLength) / 8) * 8;
  const take = (bytes: number): ArrayBuffer => {
    if (offset + bytes > file.length) throw new Error(`${path} is cut short`);
    const start = file.byteOffset + offset;
    offset += Math.ceil(bytes / 8) * 8;
    return file.buffer.slice(start, start + bytes) as ArrayBuffer;
  };
  const table: RatingsTable = {
    itemIds: new Int32Array(take(header.items * 4)),
    userStart: new Uint32Array(take((header.users + 1) * 4)),
    items: new Uint32Array(take(header.ratings * 4)),
    halfStars: new Uint8Array(take(header.ratings)),
  };
  if (header.hasTimestamps) table.timestamps = new Float64Array(take(header.ratings * 8));
  if (hashRatings(table) !== header.sha256)
    throw new Error(`${path} does not match its checksum: it was changed or damaged`);
  return table;
}

type Arrays = Int32Array | Uint32Array | Uint8Array | Float64Array;

const arraysOf = (table: RatingsTable): Arrays[] => [
  table.itemIds,
  table.userStart,
  table.items,
  table.halfStars,
  ...(table.timestamps ? [table.timestamps] : []),
];

const bytesOf = (array: Arrays): Buffer => Buffer.from(array.buffer, array.byteOffset, array.byteLength);
