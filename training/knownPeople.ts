import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type PersonEntry } from './unlearn.ts';
import { type TrainingMatrix } from './trainingMatrix.ts';

/**
 * The rows of X of people registered here, as a model with a kept inverse was trained on them: what has to be taken out is
 * what was put in, whatever the person changed since. Beside the inverse, readable by its owner alone.
 */
export type KnownPeople = Map<number, PersonEntry[]>;

const fileSchema = z.array(
  z.object({ userId: z.int(), entries: z.array(z.tuple([z.int().nonnegative(), z.number()])) }),
);

export const knownPeoplePath = (dataDir: string, modelId: string): string =>
  join(dataDir, 'models', `${modelId}.people.json`);

/** @param firstRow of X that is not the data set's; `userIds` stand in the order of the rows from there on */
export function knownPeopleOf(matrix: TrainingMatrix, firstRow: number, userIds: number[]): KnownPeople {
  return new Map(userIds.map((userId, at) => [userId, rowEntries(matrix, firstRow + at)]));
}

export const rowEntries = ({ userStart, items, values }: TrainingMatrix, row: number): PersonEntry[] =>
  Array.from(items.subarray(userStart[row], userStart[row + 1]), (index, at) => ({
    index,
    value: values[userStart[row]! + at]!,
  }));

/** Aside and renamed: a reader never sees half a file. */
export function writeKnownPeople(path: string, people: KnownPeople): void {
  const rows = [...people].map(([userId, entries]) => ({
    userId,
    entries: entries.map(({ index, value }) => [index, value]),
  }));
  const aside = `${path}.${process.pid}.part`;
  try {
    writeFileSync(aside, JSON.stringify(rows), { mode: 0o600 });
    renameSync(aside, path);
  } finally {
    rmSync(aside, { force: true });
  }
}

export function readKnownPeople(path: string): KnownPeople {
  const rows = fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  return new Map(
    rows.map(({ userId, entries }) => [userId, entries.map(([index, value]) => ({ index, value }))]),
  );
}
