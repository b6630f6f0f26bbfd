import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Sequelize, Transaction } from 'sequelize';
import sqlite3 from 'sqlite3';
import { UsageError } from '../errors.ts';
import type { DatabaseAddress } from './databaseAddress.ts';
import { explainOpenFailure } from './databaseErrors.ts';
import { makeFolder } from './makeFolder.ts';

/** How long a statement waits for another process's write before it fails. */
const BUSY_TIMEOUT_MS = 5000;
/** A second process that starts while the first migrates waits for it. */
const MIGRATION_BUSY_TIMEOUT_MS = 60_000;

/** Page cache of one handle, at most: a whole catalogue is written without spilling pages early. */
const CACHE_KIB = 32_768;

/**
 * Opens the database with the settings our durability rests on. SQLite: write-ahead log, synchronous=FULL (a commit
 * survives a power cut), write transactions that take the lock at once (IMMEDIATE; a read lock cannot be upgraded
 * while another writes), and a default handle that stays open (every last close is a checkpoint).
 * @throws UsageError with one line when it cannot be opened or written.
 */
export async function connect(
  address: DatabaseAddress,
  use: 'serve' | 'migrate' = 'serve',
): Promise<Sequelize> {
  if (address.dialect === 'sqlite') await checkWritable(address.path);
  const sequelize =
    address.dialect === 'sqlite' ? sqliteConnection(address.path, use) : postgresConnection(address.url);
  try {
    if (address.dialect === 'sqlite') await sequelize.query('PRAGMA journal_mode=WAL');
    else await sequelize.authenticate();
    return sequelize;
  } catch (error) {
    await sequelize.close().catch(() => {});
    throw explainOpenFailure(error, address);
  }
}

function sqliteConnection(path: string, use: 'serve' | 'migrate'): Sequelize {
  const busyTimeoutMs = use === 'migrate' ? MIGRATION_BUSY_TIMEOUT_MS : BUSY_TIMEOUT_MS;
  // Sequelize 6 has no hook that runs for every SQLite handle, so the driver itself sets them up.
  class Driver extends sqlite3.Database {
    constructor(filename: string, mode?: number, callback?: (error: Error | null) => void) {
      super(filename, mode, callback);
      this.configure('busyTimeout', busyTimeoutMs);
      // Without a listener a failure here would end the process; the first statement fails for the same reason.
      this.exec(`PRAGMA synchronous=FULL; PRAGMA cache_size=-${CACHE_KIB}`, () => {});
    }
  }
  return new Sequelize({
    dialect: 'sqlite',
    storage: path,
    logging: false,
    transactionType: Transaction.TYPES.IMMEDIATE,
    // Rebuilding a table drops the old one, which would cascade into the tables that refer to it.
    ...(use === 'migrate' ? { foreignKeys: false } : {}),
    dialectModule: {
      ...sqlite3,
      Database: Driver,
      OPEN_READWRITE: sqlite3.OPEN_READWRITE,
      OPEN_CREATE: sqlite3.OPEN_CREATE,
    },
  });
}

function postgresConnection(url: string): Sequelize {
  return new Sequelize(url, { dialect: 'postgres', logging: false, pool: { max: 10, idle: 10_000 } });
}

/** SQLite opens a file it may not write without a word and fails at the first write: better to say so now. */
async function checkWritable(path: string): Promise<void> {
  const folder = dirname(path);
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw new UsageError(`The data directory ${folder} cannot be written`, { cause });
  }
  const exists = await stat(path).catch(() => null);
  if (!exists) return;
  await access(path, constants.W_OK).catch((cause: unknown) => {
    throw new UsageError(`The database ${path} cannot be written: look at its owner and permissions`, {
      cause,
    });
  });
}
