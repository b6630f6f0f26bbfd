import { Op, type WhereOptions } from 'sequelize';
import type { Run, RunState } from '../../domain.ts';
import { isStorable, toJson } from '../bulk.ts';
import { plain, plainOrNull, type Database } from '../handle.ts';
import type { RunRow } from '../models/work.ts';

/** Whose lists: an account's or a visitor cookie's. */
export type RunOwner = { userId: number } | { visitorId: string };

export interface Runs {
  create(run: Run): Promise<void>;
  /** Overwrites the list as far as it is. Who owns it, when it was made and whether it is shared stay. */
  update(run: Run): Promise<void>;
  get(runId: string): Promise<Run | null>;
  /** Newest first. */
  list(owner: RunOwner, limit?: number): Promise<Run[]>;
  /** Opens it to anyone with its address. False when it is not there. */
  share(runId: string): Promise<boolean>;
  /** Lists are kept for 30 days. Returns how many went. */
  removeOlderThan(days?: number): Promise<number>;
  /** Lists a stopped server left unfinished become failed. Returns how many. */
  failUnfinished(olderThanMs: number): Promise<number>;
}

const DAY_MS = 86_400_000;

/** Every list that is made is stored before it is answered; a model's `create` costs several times the statement. */
const INSERT = `INSERT INTO "runs" ("runId", "userId", "visitorId", "isShared", "createdAt", "page", "state", "body")
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`;

export function runsRepository(database: Database): Runs {
  const { Run: Table } = database.models;
  const olderThan = (ms: number) => ({ createdAt: { [Op.lt]: new Date(Date.now() - ms).toISOString() } });
  const update = (values: Partial<RunRow>, where: WhereOptions<RunRow>): Promise<number> =>
    database.writeStatement(async () => (await Table.update(values, { where, ...database.within }))[0]);

  return {
    create(run) {
      const { runId, userId, visitorId, isShared, createdAt, page, state } = run;
      const values = [runId, userId, visitorId, isShared, createdAt, page, state, toJson(run)];
      return database.writeStatement(() => database.run(INSERT, values));
    },

    async update(run) {
      await update({ state: run.state, body: toJson(run) }, { runId: run.runId });
    },

    async get(runId) {
      if (!isStorable(runId)) return null;
      const row = plainOrNull(await Table.findByPk(runId, database.within));
      return row && runOf(row);
    },

    async list(owner, limit = 50) {
      const rows = await Table.findAll({
        where: { ...owner },
        order: [['createdAt', 'DESC'], ['runId', 'ASC']],
        limit,
        ...database.within,
      }); // prettier-ignore
      return rows.map((row) => runOf(plain(row)));
    },

    share: async (runId) => (await update({ isShared: true }, { runId })) > 0,

    removeOlderThan: (days = 30) =>
      database.writeStatement(() => Table.destroy({ where: olderThan(days * DAY_MS), ...database.within })),

    failUnfinished: (olderThanMs) =>
      update({ state: 'failed' }, { state: 'running', ...olderThan(olderThanMs) }),
  };
}

/** The columns win: they can change without the body. */
const runOf = (row: RunRow): Run => ({
  ...(JSON.parse(row.body) as Run),
  userId: row.userId,
  visitorId: row.visitorId,
  isShared: row.isShared,
  createdAt: row.createdAt,
  state: row.state as RunState,
});
