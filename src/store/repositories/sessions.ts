import { Op } from 'sequelize';
import { plain, type Database } from '../handle.ts';

export interface Sessions {
  /** Signs a person out everywhere, or everywhere else. Returns how many sessions ended. */
  removeForUser(userId: number, exceptSid?: string): Promise<number>;
  /** When each session of a person ends, ISO 8601. */
  listForUser(userId: number): Promise<{ expiresAt: string | null }[]>;
}

export function sessionsRepository(database: Database): Sessions {
  const { Session } = database.models;
  return {
    removeForUser: (userId, exceptSid) =>
      database.writeStatement(() => {
        const where = exceptSid === undefined ? { userId } : { userId, sid: { [Op.ne]: exceptSid } };
        return Session.destroy({ where, ...database.within });
      }),

    async listForUser(userId) {
      const rows = await Session.findAll({
        where: { userId },
        order: [['expires', 'DESC']],
        ...database.within,
      });
      return rows.map((row) => ({ expiresAt: plain(row).expires?.toISOString() ?? null }));
    },
  };
}
