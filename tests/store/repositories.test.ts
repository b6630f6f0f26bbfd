import { openStore } from '../../src/store/database.ts';
import { storeContract } from '../contracts/store.ts';
import { temporaryFolder } from '../support/temporaryStore.ts';

storeContract('SQLite', async () => openStore({ dataDir: await temporaryFolder() }));
