import { rm } from 'node:fs/promises';
import { afterAll, beforeAll } from 'vitest';
import { openStore } from '../../src/store/database.ts';
import { storeContract } from '../contracts/store.ts';
import { temporaryFolder } from '../support/temporaryStore.ts';

let dataDir: string;
beforeAll(async () => {
  dataDir = await temporaryFolder();
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

storeContract('SQLite', () => openStore({ dataDir }));
