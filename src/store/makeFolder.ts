import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder with every parent it lacks. Node's own `recursive` (20 and 22) never comes back below `/proc` and the
 * like: a folder that is there answers ENOENT to a new one, and it tries again for ever.
 * @throws what the file system says, such as ENOENT, EACCES, EROFS, ENOTDIR
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && dirname(path) !== path) {
      await makeFolder(dirname(path));
      // Somebody else may have made it in the meantime; a second ENOENT is the answer.
      await mkdir(path).catch((again: unknown) => throwUnlessFolder(path, again));
    } else await throwUnlessFolder(path, error);
  }
}

/** Linux says EEXIST of a folder that is there, read-only file systems EROFS, `/` of some systems EISDIR or EPERM. */
async function throwUnlessFolder(path: string, error: unknown): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (!found?.isDirectory()) throw error;
}
