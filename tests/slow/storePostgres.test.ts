import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/database.ts';
import { accountProfile } from '../../src/services/profile/accountProfile.ts';
import { profileKeeperContract } from '../contracts/profileKeeper.ts';
import { storeContract } from '../contracts/store.ts';
import { freePort, startPostgres, type TemporaryPostgres } from '../support/temporaryPostgres.ts';
import { makeTitles } from '../support/temporaryStore.ts';

/** A PostgreSQL of our own: the same promises as on SQLite. */
let server: TemporaryPostgres;
beforeAll(async () => (server = await startPostgres()));
afterAll(() => server.stop());

const open = async (databaseUrl: string) => openStore({ dataDir: server.folder, databaseUrl });

storeContract('PostgreSQL', async () => open(await server.emptyDatabase()));

describe('on PostgreSQL', () => {
  let people = 0;
  let store: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    store = await open(await server.emptyDatabase());
    await store.movies.upsertMany(makeTitles(9));
  });
  afterAll(() => store.close());

  profileKeeperContract('an account', async () => {
    const user = await store.users.create({ name: `person${++people}`, passwordHash: 'x' });
    return accountProfile(store, user.userId);
  });
});

describe('opening PostgreSQL', () => {
  it('migrates once, even when two processes start together', async () => {
    const url = await server.emptyDatabase();
    const stores = await Promise.all([open(url), open(url)]);
    const applied = stores.map((store) => store.migrated.applied.length).sort();
    expect(applied).toEqual([0, 3]);
    await Promise.all(stores.map((store) => store.close()));
    const again = await open(url);
    expect(again.migrated).toEqual({ applied: [], backupPath: null });
    await again.close();
  });

  it('loses no read-modify-write of two connections', async () => {
    const url = await server.emptyDatabase();
    const stores = [await open(url), await open(url)];
    await stores[0]!.settings.set('counter', 0);
    const addOne = (at: number) =>
      stores[at % 2]!.settings.update<number>('counter', (value) => (value ?? 0) + 1);
    await Promise.all(Array.from({ length: 40 }, (_, at) => addOne(at)));
    expect(await stores[0]!.settings.get('counter')).toBe(40);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('that is not there stops the start with one line that keeps the password to itself', async () => {
    const url = `postgres://someone:hunter22@127.0.0.1:${await freePort()}/nowhere`;
    const failure = await open(url).catch((error: unknown) => error as Error);
    expect(failure).toMatchObject({ name: 'UsageError' });
    expect((failure as Error).message).toMatch(
      /^Setting "databaseUrl": PostgreSQL cannot be used: .*ECONNREFUSED/,
    );
    expect((failure as Error).message).not.toContain('hunter22');
  });
});
