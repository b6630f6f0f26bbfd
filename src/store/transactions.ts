import { AsyncLocalStorage } from 'node:async_hooks';
import type { Sequelize, Transaction } from 'sequelize';
import { explainWriteFailure } from './databaseErrors.ts';

/** Any fixed number: every process that writes in a transaction takes this lock on PostgreSQL. */
const WRITE_LOCK = 7_301_977;

interface OpenWrite {
  transaction: Transaction;
  isOpen: boolean;
}

/**
 * The rules of writing. SQLite has one writer, and waiting writers would occupy the threads its holder needs, so
 * writes of one process queue here; between processes the IMMEDIATE lock orders them. On PostgreSQL a write transaction
 * takes an advisory lock, which gives the same promise: what `write` reads stays true until it commits. Single
 * statements need no such lock there and run side by side.
 */
export class Transactions {
  private readonly sequelize: Sequelize;
  private readonly isSqlite: boolean;
  private readonly current = new AsyncLocalStorage<OpenWrite>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(sequelize: Sequelize) {
    this.sequelize = sequelize;
    this.isSqlite = sequelize.getDialect() === 'sqlite';
  }

  /** Options for a statement: the transaction around it, when there is one. */
  get within(): { transaction?: Transaction } {
    const open = this.current.getStore();
    return open?.isOpen ? { transaction: open.transaction } : {};
  }

  /**
   * Runs the work in one write transaction: all or nothing, one at a time. A write inside a write joins it. Keep slow
   * things (hashing, files, the network) outside.
   */
  async write<T>(work: () => Promise<T>): Promise<T> {
    if (this.current.getStore()?.isOpen) return work();
    return this.alone(() =>
      this.sequelize.transaction(async (transaction) => {
        if (!this.isSqlite)
          await this.sequelize.query('SELECT pg_advisory_xact_lock($1)', { bind: [WRITE_LOCK], transaction });
        return this.enter({ transaction, isOpen: true }, work);
      }),
    );
  }

  /** For a write of one statement, which is atomic by itself: the queue without the transaction. Never call `write` in it. */
  async writeStatement<T>(work: () => Promise<T>): Promise<T> {
    if (this.current.getStore()?.isOpen) return work();
    return this.isSqlite ? this.alone(work) : this.explained(work);
  }

  /** Resolves when every write that was asked for has had its turn. */
  async idle(): Promise<void> {
    for (let seen: unknown; seen !== this.last;) await (seen = this.last);
  }

  private async enter<T>(open: OpenWrite, work: () => Promise<T>): Promise<T> {
    try {
      return await this.current.run(open, work);
    } finally {
      // Work that outlives its transaction must not go on writing into it.
      open.isOpen = false;
    }
  }

  private alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(() => this.explained(work));
    this.last = turn.catch(() => {});
    return turn;
  }

  private async explained<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw explainWriteFailure(error);
    }
  }
}
