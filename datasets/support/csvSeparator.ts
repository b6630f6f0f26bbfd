import { finished } from 'node:stream/promises';
import type { Readable } from 'node:stream';

/** What stands between values: the comma, the semicolon of spreadsheets in much of Europe, a tab, a bar. */
const SEPARATORS = [',', ';', '\t', '|'];

/** The separator under which the first line has every column that is needed; the comma when none does. */
export function separatorOf(firstLine: string, required: readonly string[]): string {
  return (
    SEPARATORS.find((separator) => {
      const columns = firstLine.split(separator).map(withoutQuotes);
      return columns.length > 1 && required.every((column) => columns.includes(column));
    }) ?? ','
  );
}

const withoutQuotes = (column: string): string =>
  column
    .replace(/^\uFEFF/, '')
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim();

/** The first line of a stream of text, which is left as it was. @throws what breaks the stream before */
export async function firstLineOf(text: Readable): Promise<string> {
  const ended = finished(text, { writable: false });
  const readable = new Promise<void>((resolve) => text.once('readable', resolve));
  await Promise.race([readable, ended]);
  const lead = text.read() as Buffer | null;
  if (lead === null) return '';
  text.unshift(lead);
  return lead.toString('utf8').split(/\r\n|\n|\r/, 1)[0]!;
}
