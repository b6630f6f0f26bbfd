import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { eachLine } from '../../datasets/support/jsonLines.ts';
import { type FileSource, openFiles } from '../../datasets/support/zipStream.ts';
import { UsageError } from '../../src/errors.ts';
import { type LineReader, lineReaderFor, type RatingLine } from './ratingLayouts.ts';

/** Ratings in the order of their file, users and titles numbered from 0 as they first come. */
export interface RatingData {
  /** File name, for people. */
  name: string;
  /** Of the file as it lies on the disk, hex. */
  sha256: string;
  userIds: Int32Array;
  itemIds: Int32Array;
  users: Uint32Array;
  items: Uint32Array;
  /** The rating times two; 0 = known only to be below 4. */
  halfStars: Uint8Array;
  /** Seconds since 1970, where the layout has them. */
  timestamps: Float64Array | null;
  hasUnknownHeights: boolean;
  /** Rows left out because the same person and title come again later (Tag Genome only). */
  repeats: number;
}

/** In a folder or archive, the first of these that is there; each may end in `.gz`. */
const KNOWN_FILES = ['u.data', 'ratings.csv', 'ratings.dat', 'raw/ratings.json', 'ratings_ge4_known.csv'];

/**
 * Reads a set of ratings: `u.data` (tabs), `ratings.dat` (`::`), CSV with userId, movieId, rating[, timestamp], or JSON
 * lines of the Tag Genome; plain, `.gz`, in a `.zip`, or a folder with such a file.
 * @throws UsageError with one line saying what is wrong where
 */
export async function readRatingData(path: string): Promise<RatingData> {
  const source = await openData(path);
  try {
    const rows = await readRows(source.stream, source.name);
    const distinct = rows.mayRepeat ? withoutRepeats(rows) : rows;
    checkUsable(distinct, source.name);
    return { ...distinct, name: source.name, sha256: await source.sha256() };
  } catch (error) {
    throw asUsageError(error, source.name);
  } finally {
    source.close();
  }
}

interface DataSource {
  name: string;
  stream: Readable;
  sha256: () => Promise<string>;
  close: () => void;
}

async function openData(path: string): Promise<DataSource> {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory();
  if (isFolder === undefined) throw new UsageError(`${path}: there is no such file or folder`);
  if (isFolder || path.endsWith('.zip')) return openInside(path, await openFiles(path), isFolder);
  return {
    name: basename(path),
    stream: unpacked(path, createReadStream(path, { highWaterMark: 1 << 18 })),
    sha256: () => hashOf(createReadStream(path)),
    close: () => {},
  };
}

async function openInside(path: string, files: FileSource, isFolder: boolean): Promise<DataSource> {
  const file = KNOWN_FILES.flatMap((name) => [name, `${name}.gz`])
    .map((name) => files.find(name))
    .find((found) => found !== null);
  if (!file) {
    files.close();
    throw new UsageError(`${path}: there is none of ${KNOWN_FILES.join(', ')} in it`);
  }
  return {
    name: isFolder ? basename(file) : basename(path),
    stream: unpacked(file, await files.open(file)),
    sha256: async () => hashOf(isFolder ? await files.open(file) : createReadStream(path)),
    close: () => files.close(),
  };
}

function unpacked(name: string, stream: Readable): Readable {
  if (!name.endsWith('.gz')) return stream;
  const plain = createGunzip({ chunkSize: 1 << 18 });
  stream.on('error', (error) => plain.destroy(error));
  return stream.pipe(plain);
}

async function hashOf(stream: Readable): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of stream) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Damaged archives and unreadable files are the caller's input, not our failure. */
function asUsageError(error: unknown, name: string): unknown {
  const code = (error as { code?: unknown }).code;
  if (error instanceof UsageError || typeof code !== 'string') return error;
  return new UsageError(`${name}: cannot be read (${(error as Error).message})`);
}

type Rows = Omit<RatingData, 'name' | 'sha256'> & { mayRepeat: boolean };

async function readRows(stream: Readable, name: string): Promise<Rows> {
  const userOf = new Map<number, number>();
  const itemOf = new Map<number, number>();
  const numberOf = (known: Map<number, number>, id: number): number => {
    let number = known.get(id);
    if (number === undefined) known.set(id, (number = known.size));
    return number;
  };
  const columns = {
    users: new NumberColumn((length) => new Uint32Array(length)),
    items: new NumberColumn((length) => new Uint32Array(length)),
    halfStars: new NumberColumn((length) => new Uint8Array(length)),
    timestamps: new NumberColumn((length) => new Float64Array(length)),
  };
  const row: RatingLine = { userId: 0, itemId: 0, halfStars: 0, timestamp: NaN };
  let reader: LineReader | null = null;
  let hasUnknownHeights = false;
  await eachLine(stream, (buffer, start, end, line) => {
    const text = buffer.toString('latin1', start, end);
    if (!reader) {
      reader = lineReaderFor(text, name);
      if (reader.hasHeader) return;
    }
    const problem = reader.read(text, row);
    if (problem) throw new UsageError(`${name}: line ${line}: ${problem}`);
    columns.users.push(numberOf(userOf, row.userId));
    columns.items.push(numberOf(itemOf, row.itemId));
    columns.halfStars.push(row.halfStars);
    if (reader.hasTimestamps) columns.timestamps.push(row.timestamp);
    if (row.halfStars === 0) hasUnknownHeights = true;
  });
  const layout = reader as LineReader | null;
  return {
    userIds: Int32Array.from(userOf.keys()),
    itemIds: Int32Array.from(itemOf.keys()),
    users: columns.users.values(),
    items: columns.items.values(),
    halfStars: columns.halfStars.values(),
    timestamps: layout?.hasTimestamps ? columns.timestamps.values() : null,
    hasUnknownHeights,
    repeats: 0,
    mayRepeat: layout?.mayRepeat ?? false,
  };
}

/** The later of two rows for the same person and title counts, as everywhere in the product. */
function withoutRepeats(rows: Rows): Rows {
  const isKept = new Uint8Array(rows.users.length).fill(1);
  let repeats = 0;
  eachRepeat(rows, (earlier) => {
    isKept[earlier] = 0;
    repeats++;
  });
  if (repeats === 0) return rows;
  const kept = (_: number, at: number) => isKept[at] === 1;
  return {
    ...rows,
    repeats,
    users: rows.users.filter(kept),
    items: rows.items.filter(kept),
    halfStars: rows.halfStars.filter(kept),
    timestamps: rows.timestamps?.filter(kept) ?? null,
  };
}

/** Calls `found` for each row whose person and title come again, with both rows. */
function eachRepeat(rows: Rows, found: (earlier: number, later: number) => void): void {
  const userStart = new Uint32Array(rows.userIds.length + 1);
  for (const user of rows.users) userStart[user + 1]!++;
  for (let user = 0; user < rows.userIds.length; user++) userStart[user + 1]! += userStart[user]!;
  const byUser = new Uint32Array(rows.users.length);
  const next = userStart.slice();
  rows.users.forEach((user, row) => (byUser[next[user]!++] = row));
  const lastRow = new Int32Array(rows.itemIds.length).fill(-1);
  for (const row of byUser) {
    const item = rows.items[row]!;
    const earlier = lastRow[item]!;
    if (earlier >= 0 && rows.users[earlier] === rows.users[row]) found(earlier, row);
    lastRow[item] = row;
  }
}

function checkUsable(rows: Rows, name: string): void {
  const refuse = (why: string): never => {
    throw new UsageError(`${name}: ${why}`);
  };
  if (rows.users.length === 0) refuse('there are no ratings in it');
  if (rows.userIds.length < 2) refuse('all ratings are by one user; an evaluation needs two or more');
  if (rows.itemIds.length < 2) refuse('all ratings are of one title; an evaluation needs two or more');
  if (rows.mayRepeat) return;
  eachRepeat(rows, (row) =>
    refuse(`user ${rows.userIds[rows.users[row]!]} has rated title ${rows.itemIds[rows.items[row]!]} twice`),
  );
}

/** A typed array that grows: tens of millions of numbers pass through here. */
class NumberColumn<T extends Uint32Array | Uint8Array | Float64Array> {
  private length = 0;
  private buffer: T;
  private readonly make: (length: number) => T;

  constructor(make: (length: number) => T) {
    this.make = make;
    this.buffer = make(1 << 16);
  }

  push(value: number): void {
    if (this.length === this.buffer.length) {
      const larger = this.make(this.length * 2);
      larger.set(this.buffer);
      this.buffer = larger;
    }
    this.buffer[this.length++] = value;
  }

  values(): T {
    return this.buffer.slice(0, this.length) as T;
  }
}
