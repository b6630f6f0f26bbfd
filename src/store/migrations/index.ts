import { catalogue } from './0001Catalogue.ts';
import { people } from './0002People.ts';
import { work } from './0003Work.ts';
import type { Migration } from './migration.ts';

/** Every step of the schema, in order. */
export const migrations: readonly Migration[] = [catalogue, people, work];
