import { QueryTypes, type BindOrReplacements, type Model, type Sequelize } from 'sequelize';
import { definePeople, type PeopleModels } from './models/people.ts';
import { defineWork, type WorkModels } from './models/work.ts';
import { Transactions } from './transactions.ts';

/** What the repositories share: the connection, the models, and the rules of writing. */
export class Database {
  readonly sequelize: Sequelize;
  readonly models: PeopleModels & WorkModels;
  readonly isSqlite: boolean;
  private readonly transactions: Transactions;

  constructor(sequelize: Sequelize) {
    this.sequelize = sequelize;
    this.isSqlite = sequelize.getDialect() === 'sqlite';
    this.models = { ...definePeople(sequelize), ...defineWork(sequelize) };
    this.transactions = new Transactions(sequelize);
  }

  /** The transaction around the caller, for every statement's options. */
  get within() {
    return this.transactions.within;
  }

  write<T>(work: () => Promise<T>): Promise<T> {
    return this.transactions.write(work);
  }

  writeStatement<T>(work: () => Promise<T>): Promise<T> {
    return this.transactions.writeStatement(work);
  }

  /** Rows of a SELECT as the driver gives them: booleans are 0 or 1 on SQLite, counts are text on PostgreSQL. */
  select<Row extends object>(sql: string, bind: BindOrReplacements = []): Promise<Row[]> {
    return this.sequelize.query<Row>(sql, { type: QueryTypes.SELECT, bind, ...this.within });
  }

  /** Any other statement. */
  async run(sql: string, bind: BindOrReplacements = []): Promise<void> {
    await this.sequelize.query(sql, { bind, ...this.within });
  }

  async ping(): Promise<void> {
    await this.sequelize.query('SELECT 1');
  }

  /** Writes that wait for their turn have it first. */
  async close(): Promise<void> {
    await this.transactions.idle();
    await this.sequelize.close();
  }
}

/** The row as a plain object, with the types of its columns applied. */
export const plain = <Row extends object, New extends object>(instance: Model<Row, New>): Row =>
  instance.get({ plain: true });

export const plainOrNull = <Row extends object, New extends object>(
  instance: Model<Row, New> | null,
): Row | null => (instance ? plain(instance) : null);
