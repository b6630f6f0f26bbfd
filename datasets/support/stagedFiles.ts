import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Store } from '../../src/store/database.ts';

/**
 * Files that belong to a catalogue which is not in SQL yet (`ratings.bin`, `heldOut.json`, the report). They wait in
 * `staged/<id>/` under the names they will have in the data directory. The transaction that loads the catalogue writes
 * the id into the settings row `dataset`: from that moment these files are the true ones, and `settleFiles` moves them
 * into place. A process that dies in between leaves them to whoever settles next.
 */
export interface StagedFiles {
  id: string;
  folder: string;
}

const FOLDER = 'staged';
const GOING = 'going.json';

/** An empty folder for one setup. */
export async function stageFiles(dataDir: string): Promise<StagedFiles> {
  const id = randomUUID();
  const folder = join(dataDir, FOLDER, id);
  await mkdir(folder, { recursive: true });
  return { id, folder };
}

/**
 * Puts what was staged on disk for good, before SQL says that it counts.
 * @param going files of the data directory that leave when the staged ones come
 */
export async function sealFiles({ folder }: StagedFiles, going: readonly string[]): Promise<void> {
  await writeFile(join(folder, GOING), JSON.stringify(going));
  for (const file of await filesIn(folder)) {
    const handle = await open(join(folder, file), 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

/** Moves the files of the loaded catalogue into place, when they are not there yet. Once or twice, it is the same. */
export async function settleFiles(store: Store, dataDir: string): Promise<void> {
  const loaded = await store.settings.get<{ staged?: string }>('dataset');
  if (!loaded?.staged) return;
  const folder = join(dataDir, FOLDER, loaded.staged);
  if (!existsSync(folder)) return;
  // Without its list the folder was all but emptied by somebody who died there.
  const list = await readFile(join(folder, GOING), 'utf8').catch(() => '[]');
  for (const file of JSON.parse(list) as string[]) await rm(join(dataDir, file), { force: true });
  for (const file of (await filesIn(folder)).filter((name) => name !== GOING)) {
    await mkdir(dirname(join(dataDir, file)), { recursive: true });
    await rename(join(folder, file), join(dataDir, file));
  }
  await removeStaged(dataDir);
}

export const removeStaged = (dataDir: string): Promise<void> =>
  rm(join(dataDir, FOLDER), { recursive: true, force: true });

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
