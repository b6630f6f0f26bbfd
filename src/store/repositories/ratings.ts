import type { Rating } from '../../domain.ts';
import { notFound } from '../../errors.ts';
import { insertRows, integersIn } from '../bulk.ts';
import { isForeignKeyConflict } from '../databaseErrors.ts';
import { plain, plainOrNull, type Database } from '../handle.ts';
import { now } from '../models/columns.ts';
import type { RatingRow } from '../models/people.ts';

export interface StoredRating extends Rating {
  createdAt: string;
  updatedAt: string;
}

export interface Ratings {
  /** Newest first. */
  list(userId: number): Promise<StoredRating[]>;
  get(userId: number, movieId: number): Promise<StoredRating | null>;
  /** @throws AppError not_found for a title that is not in the catalogue. */
  put(userId: number, movieId: number, rating: number): Promise<StoredRating>;
  /** False when there was none. */
  remove(userId: number, movieId: number): Promise<boolean>;
  /**
   * Many at once, all or nothing; the last of two for one title counts. Titles outside the catalogue are passed over.
   * `keepExisting` leaves what the person has.
   */
  putMany(
    userId: number,
    ratings: readonly Rating[],
    options: { keepExisting: boolean },
  ): Promise<{ saved: number }>;
  /** Ratings of everyone who did not opt out and is not disabled, by person. */
  allForTraining(): Promise<({ userId: number } & Rating)[]>;
  ratedMovieIds(): Promise<Set<number>>;
}

const COLUMNS = {
  userId: 'integer',
  movieId: 'integer',
  halfStars: 'integer',
  createdAt: 'text',
  updatedAt: 'text',
} as const;

export function ratingsRepository(database: Database): Ratings {
  const { Rating: Table } = database.models;
  const get = async (userId: number, movieId: number): Promise<StoredRating | null> => {
    const row = plainOrNull(await Table.findOne({ where: { userId, movieId }, ...database.within }));
    return row && ratingOf(row);
  };
  const insert = (rows: unknown[][], isOverwriting: boolean) =>
    insertRows(
      database,
      {
        table: 'ratings',
        columns: COLUMNS,
        conflictColumns: ['userId', 'movieId'],
        updateColumns: isOverwriting ? ['halfStars', 'updatedAt'] : [],
      },
      rows,
    );

  return {
    get,

    async list(userId) {
      const order: [string, string][] = [['updatedAt', 'DESC'], ['movieId', 'ASC']]; // prettier-ignore
      const rows = await Table.findAll({ where: { userId }, order, ...database.within });
      return rows.map((row) => ratingOf(plain(row)));
    },

    put: (userId, movieId, rating) =>
      database.writeStatement(async () => {
        try {
          const at = now();
          await insert([[userId, movieId, halfStarsOf(rating), at, at]], true);
        } catch (error) {
          throw isForeignKeyConflict(error) ? notFound('There is no such title.') : error;
        }
        return (await get(userId, movieId))!;
      }),

    remove: (userId, movieId) =>
      database.writeStatement(
        async () => (await Table.destroy({ where: { userId, movieId }, ...database.within })) > 0,
      ),

    putMany: (userId, ratings, { keepExisting }) =>
      database.write(async () => {
        const latest = new Map(ratings.map(({ movieId, rating }) => [movieId, rating]));
        const ids = [JSON.stringify([...latest.keys()]), userId];
        const unheld = `AND "movieId" NOT IN (SELECT "movieId" FROM ratings WHERE "userId" = $2)`;
        const known = await database.select<{ movieId: number }>(
          `SELECT "movieId" FROM movies WHERE "movieId" IN ${integersIn(database, '$1')} ${keepExisting ? unheld : ''}`,
          keepExisting ? ids : ids.slice(0, 1),
        );
        const at = now();
        await insert(
          known.map(({ movieId }) => [userId, movieId, halfStarsOf(latest.get(movieId)!), at, at]),
          !keepExisting,
        );
        return { saved: known.length };
      }),

    async allForTraining() {
      const rows = await database.select<RatingRow>(
        'SELECT r."userId", r."movieId", r."halfStars" FROM ratings r JOIN users u ON u."userId" = r."userId" ' +
          'WHERE u."trainOnRatings" AND NOT u."isDisabled" ORDER BY r."userId", r."movieId"',
      );
      return rows.map(({ userId, movieId, halfStars }) => ({ userId, movieId, rating: halfStars / 2 }));
    },

    async ratedMovieIds() {
      const rows = await database.select<{ movieId: number }>('SELECT DISTINCT "movieId" FROM ratings');
      return new Set(rows.map((row) => row.movieId));
    },
  };
}

/** 0.5–5 by halves as the whole number that is stored. */
function halfStarsOf(rating: number): number {
  const halfStars = rating * 2;
  if (!Number.isInteger(halfStars) || halfStars < 1 || halfStars > 10)
    throw new RangeError(`A rating is 0.5 to 5 by halves, not ${rating}`);
  return halfStars;
}

const ratingOf = (row: RatingRow): StoredRating => ({
  movieId: row.movieId,
  rating: row.halfStars / 2,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});
