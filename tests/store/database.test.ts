import { spawnSync } from 'node:child_process';
import { chmod, chown, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataTypes, QueryTypes } from 'sequelize';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../src/store/connection.ts';
import { openStore } from '../../src/store/database.ts';
import { databaseAddress } from '../../src/store/databaseAddress.ts';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations/index.ts';
import type { Migration } from '../../src/store/migrations/migration.ts';
import { makeTitles, temporaryFolder } from '../support/temporaryStore.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await temporaryFolder();
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const file = () => join(dataDir, 'marquee.sqlite');

/** The schema and how many titles there are: the file's own time may move when SQLite folds its log in. */
async function contents(): Promise<{ schema: unknown; movies: number }> {
  const sequelize = await connect(address());
  const schema = await sequelize.query('SELECT name, sql FROM sqlite_master ORDER BY name', {
    type: QueryTypes.SELECT,
  });
  const [row] = await sequelize.query<{ n: number }>('SELECT count(*) AS n FROM movies', {
    type: QueryTypes.SELECT,
  });
  await sequelize.close();
  return { schema, movies: row!.n };
}
const address = () => databaseAddress({ dataDir });

/** People with something in every table that hangs on them. */
async function fill(): Promise<void> {
  const store = await openStore({ dataDir });
  await store.movies.upsertMany(makeTitles(5));
  await store.tags.replaceAll(
    [{ tagId: 1, name: 't' }],
    [{ movieId: 1, tagId: 1, count: 2, relevance: null }],
  );
  for (const name of ['anna', 'berta']) {
    const { userId } = await store.users.create({ name, passwordHash: 'x' });
    await store.ratings.putMany(userId, [1, 2, 3].map((movieId) => ({ movieId, rating: 4 })), { keepExisting: false }); // prettier-ignore
    await store.hidden.add(userId, 4);
    await store.watchlist.add(userId, 5);
    await store.apiTokens.create(userId, 'script');
    await store.passwordResets.create(userId);
  }
  await store.close();
}

async function rowCounts(): Promise<Record<string, number>> {
  const store = await openStore({ dataDir }).catch(() => null);
  const sequelize = store?.database.sequelize ?? (await connect(address()));
  const counts: Record<string, number> = {};
  const tables = await sequelize.query<{ name: string }>(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'schema_migrations'",
    { type: QueryTypes.SELECT },
  );
  for (const { name } of tables) {
    const [row] = await sequelize.query<{ n: number }>(`SELECT count(*) AS n FROM "${name}"`, {
      type: QueryTypes.SELECT,
    });
    counts[name] = row!.n;
  }
  await sequelize.close();
  return counts;
}

describe('opening', () => {
  it('makes the schema once and finds it up to date afterwards', async () => {
    const first = await openStore({ dataDir });
    expect(first.migrated).toEqual({
      applied: ['0001-catalogue', '0002-people', '0003-work'],
      backupPath: null,
    });
    await first.close();
    const second = await openStore({ dataDir });
    expect(second.migrated).toEqual({ applied: [], backupPath: null });
    await second.ping();
    await second.close();
  });

  it('makes the schema once when several open at the same time', async () => {
    const stores = await Promise.all([1, 2, 3].map(() => openStore({ dataDir })));
    expect(stores.flatMap((store) => store.migrated.applied)).toHaveLength(3);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('gives every model exactly the columns of its table', async () => {
    const store = await openStore({ dataDir });
    for (const model of Object.values(store.database.models)) {
      const table = String(model.getTableName());
      const columns = Object.keys(await store.database.sequelize.getQueryInterface().describeTable(table));
      expect(Object.keys(model.getAttributes()).sort(), table).toEqual(columns.sort());
    }
    await store.close();
  });

  it('writes ahead, waits for others, checks references and survives a power cut', async () => {
    const store = await openStore({ dataDir });
    const pragma = async (name: string) => Object.values((await store.database.select<object>(`PRAGMA ${name}`))[0]!)[0] as unknown; // prettier-ignore
    const FULL = 2;
    for (const look of [
      (work: () => Promise<void>) => work(),
      (work: () => Promise<void>) => store.write(work),
    ])
      await look(async () => {
        expect(await pragma('journal_mode')).toBe('wal');
        expect(await pragma('synchronous')).toBe(FULL);
        expect(await pragma('busy_timeout')).toBe(5000);
        expect(await pragma('foreign_keys')).toBe(1);
      });
    await store.close();
  });

  it('goes on reading while one write is under way and another waits for it', async () => {
    const store = await openStore({ dataDir });
    let end = () => {};
    const long = store.write(async () => {
      await store.settings.set('a', 1);
      await new Promise<void>((resolve) => (end = resolve));
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const waiting = store.settings.set('b', 2);
    await new Promise((resolve) => setTimeout(resolve, 50));
    let isRead = false;
    const reading = store.settings.get('a').then((value) => {
      isRead = true;
      return value;
    });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(isRead).toBe(true);
    expect(await reading).toBeNull();
    end();
    await Promise.all([long, waiting]);
    expect(await store.settings.get('b')).toBe(2);
    await store.close();
  });

  it('takes less than 250 ms when nothing has to be done', async () => {
    await (await openStore({ dataDir })).close();
    const before = performance.now();
    const store = await openStore({ dataDir });
    expect(performance.now() - before).toBeLessThan(250);
    await store.close();
  });

  it('refuses a file that is no database, in one line', async () => {
    await writeFile(file(), 'This is a letter, not a database. '.repeat(100));
    await expect(openStore({ dataDir })).rejects.toMatchObject({
      name: 'UsageError',
      message: `The file ${file()} is not a SQLite database`,
    });
  });

  it('refuses a database of a newer version, in one line, and leaves it as it is', async () => {
    await fill();
    const newer: Migration = { name: '9999-tomorrow', up: async () => {} };
    await migrate(address(), [...migrations, newer]);
    const before = await contents();
    await expect(openStore({ dataDir })).rejects.toMatchObject({
      name: 'UsageError',
      message: 'The database was made by a newer version of this program (it has "9999-tomorrow")',
    });
    expect(before.movies).toBeGreaterThan(0);
    expect(await contents()).toEqual(before);
  });

  it('refuses a folder that cannot be made, in one line', async () => {
    await writeFile(join(dataDir, 'occupied'), '');
    const below = join(dataDir, 'occupied', 'data');
    await expect(openStore({ dataDir: below })).rejects.toMatchObject({
      name: 'UsageError',
      message: `The data directory ${below} cannot be written`,
    });
  });

  it('refuses a database file that is read-only, in one line', async () => {
    await (await openStore({ dataDir })).close();
    await chmod(file(), 0o444);
    const message = `The database ${file()} cannot be written: look at its owner and permissions`;
    expect(await openAsOrdinaryUser()).toBe(`UsageError: ${message}`);
  });
});

/** Root may write anything, so as root a child without its rights opens the store. */
async function openAsOrdinaryUser(): Promise<string> {
  const isRoot = process.getuid?.() === 0;
  const nobody = 65_534;
  if (isRoot) for (const path of [dataDir, file()]) await chown(path, nobody, nobody);
  const program =
    `import { openStore } from ${JSON.stringify(join(import.meta.dirname, '../../src/store/database.ts'))};\n` +
    `openStore({ dataDir: ${JSON.stringify(dataDir)} }).then(\n` +
    '  () => console.log("opened"),\n  (error) => console.log(`${error.name}: ${error.message}`),\n);';
  const child = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: dataDir, TMPDIR: dataDir },
    ...(isRoot ? { uid: nobody, gid: nobody } : {}),
  });
  return child.stdout.trim() || child.stderr;
}

describe('migrating a database with data in it', () => {
  /** The kind of change that rebuilds a table on SQLite and so could cascade into what refers to it. */
  const rebuild: Migration = {
    name: '0900-rebuild',
    async up({ queryInterface, transaction }) {
      await queryInterface.changeColumn('users', 'name', { type: DataTypes.STRING(90), allowNull: false }, { transaction }); // prettier-ignore
      await queryInterface.changeColumn('movies', 'title', { type: DataTypes.TEXT, allowNull: true }, { transaction }); // prettier-ignore
      await queryInterface.removeColumn('users', 'trainOnRatings', { transaction });
    },
  };

  it('keeps every row of every table', async () => {
    await fill();
    const before = await rowCounts();
    expect(before).toMatchObject({ users: 2, ratings: 6, hidden_movies: 2, api_tokens: 2, tag_counts: 1 });
    const { applied } = await migrate(address(), [...migrations, rebuild]);
    expect(applied).toEqual(['0900-rebuild']);
    expect(await rowCounts()).toEqual(before);
  });

  it('copies it aside first, and the copy opens', async () => {
    await fill();
    const before = await rowCounts();
    const { backupPath } = await migrate(address(), [...migrations, rebuild]);
    expect(await readdir(join(dataDir, 'backups'))).toEqual([backupPath!.split('/').at(-1)]);
    expect(backupPath).toMatch(/backups\/marquee-\d{8}-\d{6}\S*-before-0900-rebuild\.sqlite$/);
    await rm(file());
    for (const rest of ['-wal', '-shm']) await rm(file() + rest, { force: true });
    const { rename } = await import('node:fs/promises');
    await rename(backupPath!, file());
    expect(await rowCounts()).toEqual(before);
    const restored = await openStore({ dataDir });
    expect((await restored.users.findByName('Anna'))?.trainOnRatings).toBe(true);
    await restored.close();
  });

  it('changes nothing at all when a step fails', async () => {
    await fill();
    const before = await rowCounts();
    const failing: Migration = {
      name: '0901-failing',
      async up({ queryInterface, transaction }) {
        await queryInterface.createTable('leftover', { id: { type: DataTypes.INTEGER } }, { transaction });
        throw new Error('halfway');
      },
    };
    await expect(migrate(address(), [...migrations, rebuild, failing])).rejects.toThrow('halfway');
    expect(await rowCounts()).toEqual(before);
    const store = await openStore({ dataDir });
    expect(store.migrated.applied).toEqual([]);
    await store.close();
  });

  it('refuses a step that leaves a reference to nothing', async () => {
    await fill();
    const before = await rowCounts();
    const breaking: Migration = {
      name: '0902-breaking',
      async up({ queryInterface, transaction }) {
        await queryInterface.bulkDelete('movies', { movieId: 2 }, { transaction });
      },
    };
    await expect(migrate(address(), [...migrations, breaking])).rejects.toThrow(
      /2 broken references.*ratings/,
    );
    expect(await rowCounts()).toEqual(before);
  });
});

describe('closing', () => {
  it('waits for the writes that were asked for before it', async () => {
    const store = await openStore({ dataDir });
    const writes = Array.from({ length: 20 }, (_, at) => store.settings.set(`key ${at}`, at));
    await store.close();
    await Promise.all(writes);
    const again = await openStore({ dataDir });
    expect(await again.settings.get('key 19')).toBe(19);
    await again.close();
  });
});
