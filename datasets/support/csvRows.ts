import { type Readable, Transform } from 'node:stream';
import { parse } from 'csv-parse';
import { UsageError } from '../../src/errors.ts';
import { firstLineOf, separatorOf } from './csvSeparator.ts';
import { openTable } from './openTables.ts';
import { decodeWindows1252, repairText } from './textRepair.ts';

export type CsvRow = Record<string, string>;

export interface CsvOptions {
  /** Columns without which the file is refused, all missing ones named. */
  required: string[];
  /** For messages; the file name when a path is read. */
  name?: string;
}

/** What was repaired on the way, to be counted in the report. */
export interface CsvNotes {
  /** Lines that were not UTF-8 and were read as Windows-1252. */
  latin1Lines: number;
  /** Rows with text that had been read in the wrong encoding before ("â€™"). */
  repairedRows: number;
  /** Rows with more or fewer values than the header. */
  unevenRows: number;
}

/**
 * Rows of a CSV table as objects, streamed, each with the line it ends on. Another separator than the comma, a byte order mark,
 * Latin-1 lines and misread text are taken in stride, the last two counted in `notes`; a missing column or broken quoting is a
 * UsageError that names it.
 * @param source a stream, or a path: a table plain or gzipped, or the only one of a folder or zip archive
 */
export async function* csvRows(
  source: string | Readable,
  options: CsvOptions,
  notes: CsvNotes = { latin1Lines: 0, repairedRows: 0, unevenRows: 0 },
): AsyncGenerator<{ row: CsvRow; line: number }> {
  const opened = typeof source === 'string' ? await openTable(source) : { name: 'table', table: source };
  const { name = opened.name } = options;
  const input = opened.table;
  let header: string[] | null = null;
  let line = 0;
  try {
    for await (const record of await parsed(input, options.required, notes)) {
      line += linesOf(record);
      if (record.length === 1 && record[0]!.trim() === '') continue;
      if (!header) {
        header = record.map((column) => column.trim());
        requireColumns(header, options.required, name);
        continue;
      }
      if (record.length !== header.length) notes.unevenRows++;
      yield { row: toRow(header, record, notes), line };
    }
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${name}: ${describe(error as Error)}`);
  } finally {
    input.destroy();
  }
  if (!header) throw new UsageError(`${name}: the file is empty`);
}

async function parsed(
  input: Readable,
  required: readonly string[],
  notes: CsvNotes,
): Promise<AsyncIterable<string[]>> {
  const text = decodeLines(notes);
  input.on('error', (error) => text.destroy(error));
  input.pipe(text);
  const parser = parse({
    bom: true,
    delimiter: separatorOf(await firstLineOf(text), required),
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: 8_000_000,
    columns: false,
  });
  text.on('error', (error) => parser.destroy(error));
  return text.pipe(parser);
}

/** Lines of the file a record takes. The parser would say so itself, at twice the time for all its work. */
function linesOf(record: readonly string[]): number {
  let lines = 1;
  for (const text of record)
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

function requireColumns(header: string[], required: string[], name: string): void {
  const missing = required.filter((column) => !header.includes(column));
  if (missing.length > 0)
    throw new UsageError(
      `${name}: missing column${missing.length > 1 ? 's' : ''} ${missing.join(', ')} (it has: ${header.slice(0, 20).join(', ').slice(0, 200)})`,
    );
}

function toRow(header: string[], record: string[], notes: CsvNotes): CsvRow {
  const row: CsvRow = {};
  let isRepaired = false;
  header.forEach((column, at) => {
    const text = record[at] ?? '';
    const repaired = repairText(text);
    if (repaired !== text) isRepaired = true;
    row[column] = repaired;
  });
  if (isRepaired) notes.repairedRows++;
  return row;
}

const describe = (error: Error & { code?: string; lines?: number }): string =>
  error.code?.startsWith('CSV_')
    ? `not a CSV table from line ${error.lines ?? '?'} on (${error.message.slice(0, 120)})`
    : `cannot be read (${error.message})`;

/** Bytes to text: UTF-8, and Windows-1252 for the lines that are not. */
function decodeLines(notes: CsvNotes): Transform {
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let held = Buffer.alloc(0);
  const decodeEach = (block: Buffer): string => {
    let text = '';
    for (let start = 0; start < block.length;) {
      const newline = block.indexOf(10, start);
      const end = newline === -1 ? block.length : newline + 1;
      const line = block.subarray(start, end);
      try {
        text += utf8.decode(line);
      } catch {
        notes.latin1Lines++;
        text += decodeWindows1252(line);
      }
      start = end;
    }
    return text;
  };
  const decode = (block: Buffer): string => {
    try {
      return utf8.decode(block);
    } catch {
      return decodeEach(block);
    }
  };
  return new Transform({
    writableObjectMode: false,
    readableObjectMode: false,
    decodeStrings: true,
    transform(chunk: Buffer, _encoding, done) {
      const all = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const end = all.lastIndexOf(10) + 1;
      held = Buffer.from(all.subarray(end));
      done(null, decode(all.subarray(0, end)));
    },
    flush(done) {
      done(null, decode(held));
    },
  });
}
