import { hashSecret, newSecret } from '../secrets.ts';
import { plain, type Database } from '../handle.ts';
import { now } from '../models/columns.ts';
import type { ApiTokenRow } from '../models/people.ts';
import type { User, Users } from './users.ts';
import { usersRepository } from './users.ts';

export interface ApiToken {
  tokenId: number;
  name: string;
  createdAt: string;
  lastUsedAt: string | null;
}

export interface ApiTokens {
  /** `token` is shown once and never stored. */
  create(userId: number, name: string): Promise<{ token: string; row: ApiToken }>;
  /** Whose token it is; null when nobody's, or when that account is disabled. Notes the use, once a minute. */
  findUserByToken(token: string): Promise<User | null>;
  /** Newest first. */
  list(userId: number): Promise<ApiToken[]>;
  /** Only the owner's; false when there was none. */
  remove(userId: number, tokenId: number): Promise<boolean>;
}

const PREFIX = 'mq_';
const NOTE_USE_EVERY_MS = 60_000;

export function apiTokensRepository(database: Database): ApiTokens {
  const { ApiToken: Table } = database.models;
  const users: Pick<Users, 'findById'> = usersRepository(database);

  async function noteUse({ tokenId, lastUsedAt }: ApiTokenRow): Promise<void> {
    if (lastUsedAt !== null && Date.now() - Date.parse(lastUsedAt) < NOTE_USE_EVERY_MS) return;
    await database.writeStatement(() =>
      Table.update({ lastUsedAt: now() }, { where: { tokenId }, ...database.within }),
    );
  }

  return {
    async create(userId, name) {
      const token = newSecret(PREFIX);
      const created = await database.writeStatement(() =>
        Table.create(
          { userId, name, hash: hashSecret(token), createdAt: now(), lastUsedAt: null },
          database.within,
        ),
      );
      return { token, row: tokenOf(plain(created)) };
    },

    async findUserByToken(token) {
      if (!token.startsWith(PREFIX)) return null;
      const found = await Table.findOne({ where: { hash: hashSecret(token) }, ...database.within });
      if (!found) return null;
      const row = plain(found);
      const user = await users.findById(row.userId);
      if (!user || user.isDisabled) return null;
      await noteUse(row);
      return user;
    },

    async list(userId) {
      const rows = await Table.findAll({
        where: { userId },
        order: [['tokenId', 'DESC']],
        ...database.within,
      });
      return rows.map((row) => tokenOf(plain(row)));
    },

    remove: (userId, tokenId) =>
      database.writeStatement(
        async () => (await Table.destroy({ where: { userId, tokenId }, ...database.within })) > 0,
      ),
  };
}

const tokenOf = ({ tokenId, name, createdAt, lastUsedAt }: ApiTokenRow): ApiToken => ({
  tokenId,
  name,
  createdAt,
  lastUsedAt,
});
