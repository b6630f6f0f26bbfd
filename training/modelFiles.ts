import { existsSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type EaseModel } from '../src/recommender/ease.ts';
import { encodeModel } from '../src/recommender/modelFile.ts';
import { type KeptInverse, writeInverse } from './inverseFile.ts';
import { type KnownPeople, knownPeoplePath, writeKnownPeople } from './knownPeople.ts';

/** Files of a model that is not registered yet: they go when the run is interrupted or fails. */
const unfinished = new Set<string>();

export const removeUnfinished = (): void => {
  for (const path of unfinished) rmSync(path, { force: true });
};

/** The model is registered: from now on its files stay. */
export const keepFiles = (modelId: string): void => {
  for (const path of unfinished) if (path.includes(`${modelId}.`)) unfinished.delete(path);
};

/** Such as rdlae-20250131-142530-3f2a91: what, when (UTC), on which data. */
export function nameOf({ header }: EaseModel): string {
  const [day, time] = header.trainedAt.replaceAll(/[-:]/g, '').split(/[T.]/);
  return `${header.algorithm}-${day}-${time}-${header.dataHash.slice(0, 6)}`;
}

/** Two trainings in one second on the same ratings are two models. */
export function freeName(folder: string, name: string): string {
  for (let number = 1; ; number++) {
    const free = number === 1 ? name : `${name}-${number}`;
    if (!existsSync(join(folder, `${free}.ease`))) return free;
  }
}

/** On disk for good (fsync) before it has its name: a reader or a crash never sees half a file. */
export async function writeModel(folder: string, file: string, model: EaseModel): Promise<void> {
  const path = join(folder, file);
  const aside = `${path}.${process.pid}.part`;
  unfinished.add(aside).add(path);
  try {
    const handle = await open(aside, 'w');
    try {
      for (const part of encodeModel(model)) await handle.appendFile(part);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(aside, path);
  } finally {
    rmSync(aside, { force: true });
    unfinished.delete(aside);
  }
}

/** What a model can be unlearned with: P, and the rows of X of the people registered here. */
export function writeKept(dataDir: string, kept: KeptInverse, people: KnownPeople): void {
  const inversePath = join(dataDir, 'models', `${kept.modelId}.inverse`);
  const peoplePath = knownPeoplePath(dataDir, kept.modelId);
  unfinished.add(inversePath).add(peoplePath);
  writeInverse(inversePath, kept);
  writeKnownPeople(peoplePath, people);
}
