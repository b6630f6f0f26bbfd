import type { QueryInterface, Transaction } from 'sequelize';

export interface MigrationContext {
  queryInterface: QueryInterface;
  /** Every statement of a migration belongs in it: all pending migrations are applied, or none. */
  transaction: Transaction;
}

/** One step of the schema. It must run on SQLite and PostgreSQL, and never changes once released. */
export interface Migration {
  /** Sorts in the order of application. */
  name: string;
  up(context: MigrationContext): Promise<void>;
}
