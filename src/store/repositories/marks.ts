import type { Model, ModelStatic } from 'sequelize';
import { notFound } from '../../errors.ts';
import { insertRows, integersIn } from '../bulk.ts';
import { isForeignKeyConflict } from '../databaseErrors.ts';
import { plain, type Database } from '../handle.ts';
import { now } from '../models/columns.ts';
import type { MarkRow } from '../models/people.ts';

export interface Mark {
  movieId: number;
  createdAt: string;
}

/** Titles a person marked: the hidden ones, and those on the watchlist. */
export interface Marks {
  /** Newest first. */
  list(userId: number): Promise<Mark[]>;
  /** Marking twice is marking once. @throws AppError not_found for a title that is not in the catalogue. */
  add(userId: number, movieId: number): Promise<void>;
  /** Titles outside the catalogue are passed over. */
  addMany(userId: number, movieIds: readonly number[]): Promise<{ saved: number }>;
  /** False when there was none. */
  remove(userId: number, movieId: number): Promise<boolean>;
}

export function marksRepository(database: Database, table: ModelStatic<Model<MarkRow>>): Marks {
  const insert = (rows: unknown[][]) =>
    insertRows(
      database,
      {
        table: String(table.getTableName()),
        columns: { userId: 'integer', movieId: 'integer', createdAt: 'text' },
        conflictColumns: ['userId', 'movieId'],
      },
      rows,
    );

  return {
    async list(userId) {
      const order: [string, string][] = [['createdAt', 'DESC'], ['movieId', 'ASC']]; // prettier-ignore
      const rows = await table.findAll({ where: { userId }, order, ...database.within });
      return rows.map((row) => plain(row)).map(({ movieId, createdAt }) => ({ movieId, createdAt }));
    },

    add: (userId, movieId) =>
      database.writeStatement(async () => {
        try {
          await insert([[userId, movieId, now()]]);
        } catch (error) {
          throw isForeignKeyConflict(error) ? notFound('There is no such title.') : error;
        }
      }),

    addMany: (userId, movieIds) =>
      database.write(async () => {
        const known = await database.select<{ movieId: number }>(
          `SELECT "movieId" FROM movies WHERE "movieId" IN ${integersIn(database, '$1')}`,
          [JSON.stringify(movieIds)],
        );
        const at = now();
        await insert(known.map(({ movieId }) => [userId, movieId, at]));
        return { saved: known.length };
      }),

    remove: (userId, movieId) =>
      database.writeStatement(
        async () => (await table.destroy({ where: { userId, movieId }, ...database.within })) > 0,
      ),
  };
}
