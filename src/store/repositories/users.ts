import type { AllowedModels } from '../../domain.ts';
import { conflict } from '../../errors.ts';
import { isStorable } from '../bulk.ts';
import { isUniqueConflict } from '../databaseErrors.ts';
import { plain, plainOrNull, type Database } from '../handle.ts';
import { now } from '../models/columns.ts';
import type { UserRow } from '../models/people.ts';

export type Role = 'member' | 'admin';

/** What a person set on the pages. */
export interface Preferences {
  /** 0–100, or null for "by evidence". */
  importance?: number | null;
  /** Which language models may read their words; any unless set. */
  allowedModels?: AllowedModels;
}

export interface User {
  userId: number;
  name: string;
  passwordHash: string;
  role: Role;
  isDisabled: boolean;
  /** False: their ratings stay out of training. */
  trainOnRatings: boolean;
  preferences: Preferences;
  createdAt: string;
}

export interface Users {
  /** @throws AppError name_taken (409), also for a name that differs in case only. */
  create(user: { name: string; passwordHash: string; role?: Role }): Promise<User>;
  findById(userId: number): Promise<User | null>;
  /** Ignores case and compatibility forms. */
  findByName(name: string): Promise<User | null>;
  setPasswordHash(userId: number, passwordHash: string): Promise<void>;
  setRole(userId: number, role: Role): Promise<void>;
  setDisabled(userId: number, isDisabled: boolean): Promise<void>;
  setTrainOnRatings(userId: number, trainOnRatings: boolean): Promise<void>;
  /** Merged into what is there. */
  setPreferences(userId: number, preferences: Preferences): Promise<Preferences>;
  /** Removes the person and everything that is theirs; false when there was nobody. */
  remove(userId: number): Promise<boolean>;
  count(): Promise<number>;
}

/**
 * How names are compared: NFKC, then folded by way of upper case so that ß meets SS and ς meets σ, and NFKC again
 * because folding can leave marks uncomposed.
 */
export const nameKeyOf = (name: string): string =>
  name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC').toLowerCase().normalize('NFKC');

export function usersRepository(database: Database): Users {
  const { User, LlmCall } = database.models;
  const set = async (userId: number, values: Partial<UserRow>): Promise<void> => {
    await database.writeStatement(() => User.update(values, { where: { userId }, ...database.within }));
  };
  const findById = async (userId: number): Promise<User | null> =>
    userOf(plainOrNull(await User.findByPk(userId, database.within)));

  return {
    findById,

    create: ({ name, passwordHash, role = 'member' }) =>
      database.writeStatement(async () => {
        try {
          const created = await User.create(
            {
              name,
              nameKey: nameKeyOf(name),
              passwordHash,
              role,
              isDisabled: false,
              trainOnRatings: true,
              preferences: '{}',
              createdAt: now(),
            },
            database.within,
          );
          return userOf(plain(created))!;
        } catch (error) {
          throw isUniqueConflict(error) ? conflict('That name is taken.', 'name_taken') : error;
        }
      }),

    async findByName(name) {
      if (!isStorable(name)) return null;
      return userOf(
        plainOrNull(await User.findOne({ where: { nameKey: nameKeyOf(name) }, ...database.within })),
      );
    },

    setPasswordHash: (userId, passwordHash) => set(userId, { passwordHash }),
    setRole: (userId, role) => set(userId, { role }),
    setDisabled: (userId, isDisabled) => set(userId, { isDisabled }),
    setTrainOnRatings: (userId, trainOnRatings) => set(userId, { trainOnRatings }),

    setPreferences: (userId, preferences) =>
      database.write(async () => {
        const merged = { ...(await findById(userId))?.preferences, ...preferences };
        await set(userId, { preferences: JSON.stringify(merged) });
        return merged;
      }),

    remove: (userId) =>
      database.write(async () => {
        // The site's daily sums keep the calls, without the person and their words.
        await LlmCall.update(
          { userId: null, runId: null, promptText: null },
          { where: { userId }, ...database.within },
        );
        return (await User.destroy({ where: { userId }, ...database.within })) > 0;
      }),

    count: () => User.count(database.within),
  };
}

function userOf(row: UserRow | null): User | null {
  if (!row) return null;
  const { nameKey: _nameKey, preferences, ...user } = row;
  return { ...user, preferences: JSON.parse(preferences) as Preferences };
}
