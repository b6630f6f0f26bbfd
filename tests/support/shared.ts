import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const sharedDirectory = process.env['MARQUEE_SHARED'] ?? resolve(root, '../shared');

/** Path of a file beside the checkout that holds real data or models; null, with one line on stderr, where it is absent. */
export function sharedPath(path: string): string | null {
  const full = resolve(sharedDirectory, path);
  if (existsSync(full)) return full;
  process.stderr.write(`skipped: shared/${path} is not here\n`);
  return null;
}
