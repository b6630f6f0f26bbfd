import { AppError, UsageError } from '../errors.ts';
import type { DatabaseAddress } from './databaseAddress.ts';

/** What the driver said: SQLite's `SQLITE_BUSY`, PostgreSQL's five characters or `ECONNREFUSED`. */
function driverCode(error: unknown): string {
  const holder = error as {
    original?: { code?: unknown };
    parent?: { code?: unknown };
    code?: unknown;
  } | null;
  const code = holder?.original?.code ?? holder?.parent?.code ?? holder?.code;
  return typeof code === 'string' ? code : '';
}

const hasName = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;

export const isUniqueConflict = (error: unknown): boolean => hasName(error, 'SequelizeUniqueConstraintError');
export const isForeignKeyConflict = (error: unknown): boolean =>
  hasName(error, 'SequelizeForeignKeyConstraintError');

/** One line for the person who starts the program. */
export function explainOpenFailure(error: unknown, address: DatabaseAddress): Error {
  const reason = error instanceof Error ? error.message : String(error);
  if (address.dialect === 'postgres')
    return new UsageError(`Setting "databaseUrl": PostgreSQL cannot be used: ${reason}`, { cause: error });
  if (driverCode(error) === 'SQLITE_NOTADB' || reason.includes('SQLITE_NOTADB'))
    return new UsageError(`The file ${address.path} is not a SQLite database`, { cause: error });
  return new UsageError(`The database ${address.path} cannot be opened: ${reason}`, { cause: error });
}

/**
 * Turns what a full disk, a lock or a lost server make of a write into an answer a person may read. Anything else is
 * handed back as it is.
 */
export function explainWriteFailure(error: unknown): unknown {
  const code = driverCode(error);
  switch (code) {
    case 'SQLITE_BUSY':
      return new AppError('database_busy', 503, 'The site is busy. Try again in a moment.', {
        cause: error,
        retryAfterSeconds: 2,
      });
    case 'SQLITE_READONLY':
    case 'SQLITE_FULL':
    case 'SQLITE_IOERR':
    case '53100': // PostgreSQL: disk full
      return new AppError('database_not_writable', 503, 'Nothing can be saved at the moment.', {
        cause: error,
      });
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case '57P01': // PostgreSQL: the server was shut down
      return new AppError('database_away', 503, 'The database does not answer.', {
        cause: error,
        retryAfterSeconds: 5,
      });
    default:
      return error;
  }
}
