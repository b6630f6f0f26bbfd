import type { Readable } from 'node:stream';
import type { z } from 'zod';
import { UsageError } from '../../src/errors.ts';
import type { BadRows } from './badRows.ts';

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const BYTE_ORDER_MARK = Buffer.from('\uFEFF');
const LONGEST_LINE_BYTES = 16 * 1024 * 1024;

/**
 * Cuts a byte stream into lines without making a string of each: `onLine` gets a buffer and where the line stands in
 * it (end excluded, no line break), and the line's number from 1. Empty lines and a byte order mark are passed over.
 */
export async function eachLine(
  stream: Readable,
  onLine: (buffer: Buffer, start: number, end: number, line: number) => void,
): Promise<number> {
  let held: Buffer = Buffer.alloc(0);
  let line = 0;
  const give = (buffer: Buffer, from: number, end: number) => {
    line++;
    const start = line === 1 ? afterByteOrderMark(buffer, from) : from;
    const last = end > start && buffer[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    if (last > start) onLine(buffer, start, last, line);
  };
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const buffer = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    let start = 0;
    for (let end = buffer.indexOf(NEWLINE); end !== -1; end = buffer.indexOf(NEWLINE, start)) {
      give(buffer, start, end);
      start = end + 1;
    }
    held = buffer.subarray(start);
    if (held.length > LONGEST_LINE_BYTES)
      throw new UsageError(`Line ${line + 1} is longer than 16 MB: this is not a file of JSON lines`);
  }
  if (held.length > 0) give(held, 0, held.length);
  return line;
}

const afterByteOrderMark = (buffer: Buffer, start: number): number => {
  const after = start + BYTE_ORDER_MARK.length;
  return buffer.subarray(start, after).equals(BYTE_ORDER_MARK) ? after : start;
};

/** Reads JSON lines through a schema; rows that do not fit are counted in `bad`, and nothing else happens to them. */
export async function readJsonLines<Row>(
  stream: Readable,
  schema: z.ZodType<Row>,
  bad: BadRows,
  onRow: (row: Row, line: number) => void,
): Promise<number> {
  let good = 0;
  await eachLine(stream, (buffer, start, end, line) => {
    const text = buffer.toString('utf8', start, end);
    if (text.trim() === '') return;
    const row = parseRow(text, schema);
    if (typeof row === 'string') return bad.add(line, row);
    good++;
    onRow(row.value, line);
  });
  return good;
}

function parseRow<Row>(text: string, schema: z.ZodType<Row>): { value: Row } | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { value: parsed.data };
  const issue = parsed.error.issues[0]!;
  return `"${issue.path.join('.')}": ${issue.message}`;
}
