import { Op, type WhereOptions } from 'sequelize';
import { conflict } from '../../errors.ts';
import { plain, plainOrNull, type Database } from '../handle.ts';
import { now } from '../models/columns.ts';
import type { JobRow } from '../models/work.ts';

export type JobKind = 'setup' | 'train' | 'evaluate' | 'posters';

/** Long work as a row: how far it is, and whether it still lives. */
export interface Job {
  jobId: number;
  kind: JobKind;
  state: 'running' | 'done' | 'failed';
  step: string | null;
  done: number;
  total: number;
  heartbeatAt: string;
  startedAt: string;
  finishedAt: string | null;
  error: string | null;
  detail: Record<string, unknown>;
}

export interface JobProgress {
  step?: string;
  done?: number;
  total?: number;
}

export interface Jobs {
  /**
   * Starts a job. Only one setup or training runs at a time, and one of every other kind.
   * @param options.within a running job that this one is part of, such as the training at the end of a setup
   * @throws AppError job_running (409), saying what runs.
   */
  claim(kind: JobKind, options?: { within?: number; detail?: Record<string, unknown> }): Promise<Job>;
  /** Says that it lives, and how far it is. False when it was given up: the work should stop. */
  heartbeat(jobId: number, progress?: JobProgress): Promise<boolean>;
  finish(jobId: number, detail?: Record<string, unknown>): Promise<void>;
  fail(jobId: number, error: string): Promise<void>;
  get(jobId: number): Promise<Job | null>;
  /** What runs now; jobs without a sign of life for 60 s are failed first. */
  running(): Promise<Job[]>;
  /** Newest first. */
  list(limit?: number): Promise<Job[]>;
}

const DEAD_AFTER_MS = 60_000;

/** These change the catalogue and the model everyone is served from. */
const EXCLUSIVE: readonly JobKind[] = ['setup', 'train'];

export function jobsRepository(database: Database): Jobs {
  const { Job: Table } = database.models;
  const change = async (jobId: number, values: Partial<JobRow>): Promise<boolean> => {
    const [changed] = await database.writeStatement(() =>
      Table.update(values, { where: { jobId, state: 'running' }, ...database.within }),
    );
    return changed > 0;
  };

  async function buryTheDead(): Promise<void> {
    const deadline = new Date(Date.now() - DEAD_AFTER_MS).toISOString();
    await Table.update(
      { state: 'failed', finishedAt: now(), error: 'It stopped without a word.' },
      { where: { state: 'running', heartbeatAt: { [Op.lt]: deadline } }, ...database.within },
    );
  }

  async function find(where: WhereOptions<JobRow>, limit?: number): Promise<Job[]> {
    const order: [string, string][] = [['jobId', 'DESC']];
    const rows = await Table.findAll({ where, order, ...(limit ? { limit } : {}), ...database.within });
    return rows.map((row) => jobOf(plain(row)));
  }

  return {
    claim: (kind, { within, detail = {} } = {}) =>
      database.write(async () => {
        await buryTheDead();
        const rivals = EXCLUSIVE.includes(kind) ? EXCLUSIVE : [kind];
        const inTheWay = (await find({ state: 'running', kind: [...rivals] })).find(
          (job) => job.jobId !== within,
        );
        if (inTheWay)
          throw conflict(
            `${NAMES[inTheWay.kind]} is already running since ${inTheWay.startedAt}.`,
            'job_running',
          );
        const at = now();
        const created = await Table.create(
          {
            kind,
            state: 'running',
            step: null,
            done: 0,
            total: 0,
            heartbeatAt: at,
            startedAt: at,
            finishedAt: null,
            error: null,
            detail: JSON.stringify(detail),
          },
          database.within,
        );
        return jobOf(plain(created));
      }),

    heartbeat: (jobId, progress = {}) => change(jobId, { ...progress, heartbeatAt: now() }),

    async finish(jobId, detail) {
      await change(jobId, {
        state: 'done',
        finishedAt: now(),
        ...(detail ? { detail: JSON.stringify(detail) } : {}),
      });
    },

    async fail(jobId, error) {
      await change(jobId, { state: 'failed', finishedAt: now(), error });
    },

    async get(jobId) {
      const row = plainOrNull(await Table.findByPk(jobId, database.within));
      return row && jobOf(row);
    },

    running: () =>
      database.write(async () => {
        await buryTheDead();
        return find({ state: 'running' });
      }),

    list: (limit = 20) => find({}, limit),
  };
}

const NAMES: Record<JobKind, string> = {
  setup: 'A setup',
  train: 'A training',
  evaluate: 'An evaluation',
  posters: 'A download of posters',
};

const jobOf = (row: JobRow): Job => ({
  ...row,
  kind: row.kind as JobKind,
  detail: JSON.parse(row.detail) as Record<string, unknown>,
});
