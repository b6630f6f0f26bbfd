import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import { UsageError } from '../errors.ts';
import { connect } from './connection.ts';
import type { DatabaseAddress } from './databaseAddress.ts';
import { migrations as all } from './migrations/index.ts';
import type { Migration, MigrationContext } from './migrations/migration.ts';

export interface MigrationReport {
  /** Names of the steps applied now, in order; empty when the schema was up to date. */
  applied: string[];
  /** The copy made before a database with data in it was changed. */
  backupPath: string | null;
}

const MIGRATION_LOCK = 7_301_978;

/**
 * Names of the steps still to apply: one cheap query.
 * @throws UsageError when the database was made by a newer version of the program.
 */
export async function pendingMigrations(
  sequelize: Sequelize,
  migrations: readonly Migration[] = all,
  transaction?: Transaction,
): Promise<string[]> {
  const applied = new Set(await appliedMigrations(sequelize, transaction));
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = [...applied].find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new UsageError(`The database was made by a newer version of this program (it has "${unknown}")`);
  return [...known].filter((name) => !applied.has(name));
}

async function appliedMigrations(sequelize: Sequelize, transaction?: Transaction): Promise<string[]> {
  const within = transaction ? { transaction } : {};
  if (!(await sequelize.getQueryInterface().tableExists('schema_migrations', within))) return [];
  const rows = await sequelize.query<{ name: string }>('SELECT name FROM schema_migrations ORDER BY name', {
    type: QueryTypes.SELECT,
    ...within,
  });
  return rows.map((row) => row.name);
}

/**
 * Brings the schema up to date on a connection of its own, all steps in one transaction. A SQLite file with data in it
 * is copied to `backups/` beside it first. Two processes may call this at once: the second finds nothing to do.
 */
export async function migrate(
  address: DatabaseAddress,
  migrations: readonly Migration[] = all,
): Promise<MigrationReport> {
  const sequelize = await connect(address, 'migrate');
  try {
    const pending = await pendingMigrations(sequelize, migrations);
    if (pending.length === 0) return { applied: [], backupPath: null };
    const isFilled = (await appliedMigrations(sequelize)).length > 0;
    const backupPath =
      address.dialect === 'sqlite' && isFilled ? await backUp(sequelize, address.path, pending[0]!) : null;
    const applied = await sequelize.transaction((transaction) =>
      applyPending(sequelize, transaction, migrations),
    );
    return { applied, backupPath };
  } finally {
    await sequelize.close();
  }
}

async function applyPending(
  sequelize: Sequelize,
  transaction: Transaction,
  migrations: readonly Migration[],
): Promise<string[]> {
  const isSqlite = sequelize.getDialect() === 'sqlite';
  if (!isSqlite)
    await sequelize.query('SELECT pg_advisory_xact_lock($1)', { bind: [MIGRATION_LOCK], transaction });
  const { Umzug } = await import('umzug');
  const queryInterface = sequelize.getQueryInterface();
  const umzug = new Umzug<MigrationContext>({
    migrations: migrations.map(({ name, up }) => ({ name, up: ({ context }) => up(context) })),
    context: { queryInterface, transaction },
    logger: undefined,
    storage: {
      executed: () => appliedMigrations(sequelize, transaction),
      async logMigration({ name }) {
        await sequelize.query('INSERT INTO schema_migrations (name) VALUES ($1)', {
          bind: [name],
          transaction,
        });
      },
      async unlogMigration({ name }) {
        await sequelize.query('DELETE FROM schema_migrations WHERE name = $1', { bind: [name], transaction });
      },
    },
  });
  await sequelize.query('CREATE TABLE IF NOT EXISTS schema_migrations (name VARCHAR(100) PRIMARY KEY)', {
    transaction,
  });
  const applied = (await umzug.up()).map(({ name }) => name);
  if (isSqlite) await checkForeignKeys(sequelize, transaction);
  return applied;
}

/** Foreign keys are off while tables are rebuilt, so every reference is looked at before the commit. */
async function checkForeignKeys(sequelize: Sequelize, transaction: Transaction): Promise<void> {
  const broken = await sequelize.query<{ table: string; parent: string }>('PRAGMA foreign_key_check', {
    type: QueryTypes.SELECT,
    transaction,
  });
  const first = broken[0];
  if (first)
    throw new Error(
      `A migration left ${broken.length} broken references, first from ${first.table} to ${first.parent}`,
    );
}

/** A consistent copy, whole or not there at all. */
async function backUp(sequelize: Sequelize, path: string, before: string): Promise<string> {
  const folder = join(dirname(path), 'backups');
  await mkdir(folder, { recursive: true });
  const stamp = new Date().toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 19);
  const target = join(folder, `marquee-${stamp}-before-${before}.sqlite`);
  const partial = `${target}.${process.pid}.partial`;
  await rm(partial, { force: true });
  await sequelize.query('VACUUM INTO $1', { bind: [partial] });
  await rename(partial, target);
  return target;
}
