import { rename, rm, writeFile } from 'node:fs/promises';

/**
 * Writes a file that has its name only once it is whole and on the disk: aside, then renamed. A reader, a crash or a loss of
 * power never sees half of it, and nothing is left when writing fails.
 * @param data as `writeFile` takes it; several pieces one after another
 * @param options.mode of the file; readable by everyone unless said otherwise
 */
export async function writeAside(
  path: string,
  data: string | Uint8Array | readonly Uint8Array[],
  options: { mode?: number } = {},
): Promise<void> {
  const aside = `${path}.${process.pid}.part`;
  try {
    await writeFile(aside, data, { ...options, flush: true });
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}
