import { Op } from 'sequelize';
import { hashSecret, newSecret } from '../secrets.ts';
import { plain, type Database } from '../handle.ts';
import { now } from '../models/columns.ts';

export interface PasswordResets {
  /** A one-time token; the person's earlier ones end. */
  create(userId: number, lifetimeMs?: number): Promise<{ token: string; expiresAt: string }>;
  /** Whose token it is, without using it up; null when unknown, used or too old. */
  find(token: string): Promise<number | null>;
  /** Uses it up: the person's id the first time, null ever after. */
  use(token: string): Promise<number | null>;
  /** Ends every open token of a person. */
  removeForUser(userId: number): Promise<void>;
}

const DAY_MS = 86_400_000;

export function passwordResetsRepository(database: Database): PasswordResets {
  const { PasswordReset: Table } = database.models;
  const open = (token: string) => ({ hash: hashSecret(token), usedAt: null, expiresAt: { [Op.gt]: now() } });
  const find = async (token: string): Promise<number | null> => {
    const found = await Table.findOne({ where: open(token), ...database.within });
    return found && plain(found).userId;
  };
  const removeForUser = async (userId: number): Promise<void> => {
    await database.writeStatement(() =>
      Table.destroy({ where: { userId, usedAt: null }, ...database.within }),
    );
  };

  return {
    find,
    removeForUser,

    create: (userId, lifetimeMs = DAY_MS) =>
      database.write(async () => {
        await removeForUser(userId);
        const token = newSecret();
        const expiresAt = new Date(Date.now() + lifetimeMs).toISOString();
        await Table.create(
          { hash: hashSecret(token), userId, createdAt: now(), expiresAt, usedAt: null },
          database.within,
        );
        return { token, expiresAt };
      }),

    use: (token) =>
      database.write(async () => {
        const userId = await find(token);
        if (userId === null) return null;
        const [changed] = await Table.update({ usedAt: now() }, { where: open(token), ...database.within });
        return changed === 1 ? userId : null;
      }),
  };
}
