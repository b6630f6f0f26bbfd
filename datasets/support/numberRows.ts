import type { Readable } from 'node:stream';
import { UsageError } from '../../src/errors.ts';
import { eachLine } from './jsonLines.ts';

const COMMA = 44;
const QUOTE = 34;
const POINT = 46;
const ZERO = 48;
const NINE = 57;

interface NumberTable {
  /** For messages. */
  name: string;
  /** Columns without which the table is refused; their values come first, in this order. */
  required: readonly string[];
  /** Columns that may be missing; their values come next. */
  optional?: readonly string[];
  /** Is told every column before the first row. */
  onHeader?: (columns: readonly string[]) => void;
}

/**
 * Tables of nothing but numbers (`ratings.csv`, `genome-scores.csv`), tens of millions of lines: their bytes are read by hand.
 * A lone quoted number is read too.
 * @param onRow NaN stands for a value that is no number or missing; `values` is used again for the next row
 * @throws UsageError naming the columns that are missing
 */
export async function eachNumberRow(
  stream: Readable,
  { name, required, optional = [], onHeader }: NumberTable,
  onRow: (values: readonly number[], line: number) => void,
): Promise<void> {
  let places: number[] | null = null;
  const numbers: number[] = [];
  const values: number[] = [];
  await eachLine(stream, (buffer, start, end, line) => {
    if (!places) {
      const columns = columnsOf(buffer.toString('utf8', start, end));
      requireColumns(columns, required, name);
      onHeader?.(columns);
      places = [...required, ...optional].map((column) => columns.indexOf(column));
      return;
    }
    readNumbers(buffer, start, end, numbers);
    for (let at = 0; at < places.length; at++) values[at] = numbers[places[at]!] ?? NaN;
    onRow(values, line);
  });
  if (!places) throw new UsageError(`${name}: the file is empty`);
}

const columnsOf = (header: string): string[] =>
  header.split(',').map((column) => column.trim().replace(/^"|"$/g, ''));

function requireColumns(columns: readonly string[], required: readonly string[], name: string): void {
  const missing = required.filter((column) => !columns.includes(column));
  if (missing.length > 0)
    throw new UsageError(`${name}: missing column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}`);
}

/** The numbers of one line, NaN where something else stands. */
function readNumbers(buffer: Buffer, start: number, end: number, into: number[]): void {
  into.length = 0;
  let from = start;
  let whole = 0;
  let scale = 0;
  let digits = 0;
  let isPlain = true;
  for (let at = start; at <= end; at++) {
    const byte = at === end ? COMMA : buffer[at]!;
    if (byte >= ZERO && byte <= NINE) {
      whole = whole * 10 + (byte - ZERO);
      scale *= 10;
      digits++;
    } else if (byte === POINT && scale === 0) scale = 1;
    else if (byte === COMMA) {
      if (digits === 0) into.push(NaN);
      else into.push(isPlain ? whole / (scale || 1) : Number(buffer.toString('latin1', from, at)));
      whole = scale = digits = 0;
      isPlain = true;
      from = at + 1;
    } else if (byte !== QUOTE) isPlain = false;
  }
}
