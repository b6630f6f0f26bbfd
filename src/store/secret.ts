import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The key cookies and form tokens are signed with: made at the first start, readable by the owner only. */
export async function readSecret(dataDir: string): Promise<string> {
  const path = join(dataDir, 'secret');
  const made = randomBytes(48).toString('base64url');
  // `wx` fails when the file is there: two first starts at once agree on one key.
  await writeFile(path, made, { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return (await readFile(path, 'utf8')).trim();
}
