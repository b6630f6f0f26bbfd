import { createReadStream, existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import yauzl from 'yauzl';
import { UsageError } from '../../src/errors.ts';

/** A folder or archive of files, read one at a time. */
export interface FileSource {
  /** For messages. */
  name: string;
  files: string[];
  /** The file whose path ends with this (`raw/ratings.json`), null when there is none. */
  find(ending: string): string | null;
  open(file: string): Promise<Readable>;
  close(): void;
}

/** What an archive may be, so that a small file cannot fill the disk or the memory. */
export interface ZipLimits {
  entries: number;
  entryBytes: number;
  /** Unpacked ÷ packed size of one entry. The real archives stay below 20. */
  ratio: number;
}

const LIMITS: ZipLimits = { entries: 10_000, entryBytes: 20_000_000_000, ratio: 200 };
const SMALL_ENTRY_BYTES = 1_000_000;
const SYMBOLIC_LINK = 0o120000;
const FILE_TYPE = 0o170000;

/** Opens a zip archive, or a folder with the same files unpacked. */
export async function openFiles(path: string, limits: Partial<ZipLimits> = {}): Promise<FileSource> {
  if (!existsSync(path)) throw new UsageError(`${path}: there is no such file or folder`);
  return statSync(path).isDirectory() ? openFolder(path) : openZip(path, { ...LIMITS, ...limits });
}

export const finder = (files: string[]) => (ending: string) =>
  files.find((file) => file === ending || file.endsWith(`/${ending}`)) ?? null;

/**
 * The first of these that is there.
 * @param what such as "a MovieLens archive", for the message
 * @throws UsageError when none is
 */
export function requireFile(source: FileSource, endings: readonly string[], what: string): string {
  const found = endings.map((ending) => source.find(ending)).find((file) => file !== null);
  if (!found) throw new UsageError(`${source.name}: there is no ${endings[0]} in it; is it ${what}?`);
  return found;
}

async function openFolder(path: string): Promise<FileSource> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(path, join(entry.parentPath, entry.name)).split(sep).join('/'));
  return {
    name: basename(path),
    files,
    find: finder(files),
    open: (file) => Promise.resolve(createReadStream(join(path, file), { highWaterMark: 1 << 18 })),
    close: () => {},
  };
}

async function openZip(path: string, limits: ZipLimits): Promise<FileSource> {
  const refuse = (why: string) => new UsageError(`${path}: ${why}`);
  const zip = await openArchive(path).catch((error: Error) => {
    throw refuse(`not a whole zip archive (${error.message})`);
  });
  try {
    const entries = await listEntries(zip, limits, refuse);
    const files = [...entries.keys()];
    return {
      name: basename(path),
      files,
      find: finder(files),
      open: (file) => openEntry(zip, entries.get(file)!, refuse),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

const openArchive = (path: string): Promise<yauzl.ZipFile> =>
  new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, zip) =>
      error ? reject(error) : resolve(zip),
    );
  });

/** Reads the directory of the archive and refuses it whole when one entry is not what it should be. */
function listEntries(
  zip: yauzl.ZipFile,
  limits: ZipLimits,
  refuse: (why: string) => UsageError,
): Promise<Map<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>();
  return new Promise((resolve, reject) => {
    if (zip.entryCount > limits.entries)
      return reject(refuse(`${zip.entryCount} entries, more than the ${limits.entries} allowed`));
    // yauzl itself refuses names that lead out of the folder: `../`, `/`, `C:`.
    zip.on('error', (error: Error) => reject(refuse(`not a sound zip archive (${error.message})`)));
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: yauzl.Entry) => {
      const problem = problemOf(entry, limits);
      if (problem) return reject(refuse(problem));
      if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

function problemOf(entry: yauzl.Entry, limits: ZipLimits): string | null {
  const { fileName: name, uncompressedSize: size, compressedSize: packed } = entry;
  if (((entry.externalFileAttributes >>> 16) & FILE_TYPE) === SYMBOLIC_LINK)
    return `${name} is a symbolic link`;
  if (entry.isEncrypted()) return `${name} is encrypted`;
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
    return `${name} is packed in an unknown way`;
  if (size > limits.entryBytes) return `${name} would unpack to ${size} bytes, more than is allowed`;
  if (size > SMALL_ENTRY_BYTES && size > packed * limits.ratio)
    return `${name} would unpack to ${Math.round(size / Math.max(1, packed))} times its size: a zip bomb`;
  return null;
}

function openEntry(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  refuse: (why: string) => UsageError,
): Promise<Readable> {
  return new Promise((resolve, reject) => {
    const isPacked = entry.compressionMethod === 8;
    zip.openReadStream(entry, isPacked ? { decompress: false } : {}, (error, packed) => {
      if (error) return reject(refuse(`${entry.fileName} cannot be read (${error.message})`));
      const checked = checkBytes(entry, refuse);
      const fail = (cause: Error) =>
        checked.destroy(
          cause instanceof UsageError ? cause : refuse(`${entry.fileName} is damaged (${cause.message})`),
        );
      packed.on('error', fail);
      // Large pieces: tens of millions of lines pass through here.
      const plain = isPacked
        ? packed.pipe(createInflateRaw({ chunkSize: 1 << 18 })).on('error', fail)
        : packed;
      checked.on('close', () => packed.destroy());
      resolve(plain.pipe(checked));
    });
  });
}

/** Passes bytes on; ends with an error when they are not the size and checksum the archive promised. */
function checkBytes(entry: yauzl.Entry, refuse: (why: string) => UsageError): Transform {
  let size = 0;
  let checksum = 0;
  return new Transform({
    readableHighWaterMark: 1 << 20,
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > entry.uncompressedSize)
        return done(refuse(`${entry.fileName} is larger than the archive says: a zip bomb`));
      checksum = crc32(chunk, checksum);
      done(null, chunk);
    },
    flush(done) {
      if (size !== entry.uncompressedSize || checksum !== entry.crc32)
        return done(refuse(`${entry.fileName} is damaged: size or checksum is not what the archive says`));
      done();
    },
  });
}
