import { closeSync, createReadStream, existsSync, openSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UsageError } from '../../src/errors.ts';
import { type FileSource, finder, openFiles } from './zipStream.ts';

const ZIP = Buffer.from('PK\u0003\u0004');
const GZIP = Buffer.from([0x1f, 0x8b]);

/**
 * Tables wherever a person has them: one file, a folder, or a zip archive as Kaggle hands it out, each table plain or
 * gzipped.
 * @throws UsageError in one line
 */
export async function openTables(path: string): Promise<FileSource> {
  if (!existsSync(path)) throw new UsageError(`${path}: there is no such file or folder`);
  if (isFolderOrArchive(path)) return gzippedToo(await openFiles(path));
  const name = basename(path);
  return {
    name,
    files: [name],
    find: findGzippedToo([name]),
    open: () => Promise.resolve(openPlainOrGzip(path)),
    close: () => {},
  };
}

const isFolderOrArchive = (path: string): boolean => statSync(path).isDirectory() || beginsWith(path, ZIP);

/** The one table of a file, folder or archive; what is no table is passed over. */
export async function openTable(path: string): Promise<{ name: string; table: Readable }> {
  const source = await openTables(path);
  // A file that was named is the table, whatever it is called.
  const tables = isFolderOrArchive(path) ? source.files.filter((file) => TABLE.test(file)) : source.files;
  const [file] = tables;
  if (file === undefined || tables.length > 1) {
    source.close();
    const found =
      file === undefined ? 'no .csv table' : `more than one table (${tables.slice(0, 5).join(', ')})`;
    throw new UsageError(`${source.name}: there is ${found} in it`);
  }
  const table = await source.open(file);
  table.on('close', () => source.close());
  return { name: basename(file), table };
}

/** Not `._name.csv`, which a Mac leaves beside a table. */
const TABLE = /(?:^|\/)[^./][^/]*\.csv(?:\.gz)?$/i;

const gzippedToo = (source: FileSource): FileSource => ({
  ...source,
  find: findGzippedToo(source.files),
  open: async (file) => {
    const stream = await source.open(file);
    return file.endsWith('.gz') ? unzipped(stream) : stream;
  },
});

const findGzippedToo = (files: string[]) => (ending: string) =>
  finder(files)(ending) ?? finder(files)(`${ending}.gz`);

/** Opens a plain or gzipped file, told apart by its first bytes. */
function openPlainOrGzip(path: string): Readable {
  if (!existsSync(path) || !statSync(path).isFile()) throw new UsageError(`${path}: there is no such file`);
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  return beginsWith(path, GZIP) ? unzipped(file) : file;
}

const unzipped = (stream: Readable): Readable => pipeline(stream, createGunzip(), () => {});

function beginsWith(path: string, bytes: Buffer): boolean {
  const file = openSync(path, 'r');
  try {
    const lead = Buffer.alloc(bytes.length);
    return readSync(file, lead, 0, bytes.length, 0) === bytes.length && lead.equals(bytes);
  } finally {
    closeSync(file);
  }
}
