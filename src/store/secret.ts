import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a file without content is taken for one that another start is just writing. */
const PATIENCE_MS = 1000;
const LOOK_EVERY_MS = 50;

/** The key cookies and form tokens are signed with: made at the first start, readable by the owner only. */
export async function readSecret(dataDir: string): Promise<string> {
  const path = join(dataDir, 'secret');
  const made = randomBytes(48).toString('base64url');
  // `wx` fails when the file is there: two first starts at once agree on one key.
  await writeFile(path, made, { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += LOOK_EVERY_MS) {
    const secret = (await readFile(path, 'utf8')).trim();
    if (secret !== '') return secret;
    await sleep(LOOK_EVERY_MS);
  }
  // A first start died, or its disk was full, before it had written it: nothing was ever signed with it.
  await writeFile(path, made, { mode: 0o600 });
  return made;
}
