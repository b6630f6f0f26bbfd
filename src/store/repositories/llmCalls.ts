import { plain, type Database } from '../handle.ts';
import { storable } from '../bulk.ts';
import { now } from '../models/columns.ts';
import type { LlmCallRow } from '../models/work.ts';

/** One call of a language model, or one answer from the cache. */
export type LlmCall = Omit<LlmCallRow, 'id'>;

export type NewLlmCall = Pick<
  LlmCall,
  'chatModel' | 'purpose' | 'promptTokens' | 'completionTokens' | 'ms' | 'outcome'
> &
  Partial<LlmCall>;

export interface LlmSums {
  /** Calls that reached a provider: answers from the cache are free. */
  calls: number;
  costUsd: number;
}

export interface LlmCalls {
  record(call: NewLlmCall): Promise<void>;
  /** The sums of one UTC day (`2026-01-31`, today by default), of one person or of the whole site. */
  sums(options?: { userId?: number; day?: string }): Promise<LlmSums>;
  /** The site's sums by day, newest first. */
  sumsByDay(days: number): Promise<({ day: string } & LlmSums)[]>;
  /** Newest first. */
  listForUser(userId: number): Promise<LlmCall[]>;
}

const SUMS =
  'count(CASE WHEN NOT "isCached" THEN 1 END) AS calls, coalesce(sum("costUsd"), 0) AS "costUsd" FROM llm_calls';

export function llmCallsRepository(database: Database): LlmCalls {
  const { LlmCall: Table } = database.models;
  return {
    async record(call) {
      const row: LlmCall = {
        at: now(),
        userId: null,
        runId: null,
        costUsd: null,
        httpStatus: null,
        isCached: false,
        ...call,
        promptText: storable(call.promptText ?? null) as string | null,
      };
      await database.writeStatement(() => Table.create(row, database.within));
    },

    async sums({ userId, day = now().slice(0, 10) } = {}) {
      // Every time of that day begins with its date and a T, and U comes after T.
      const range = [`${day}T`, `${day}U`];
      const [row] = await database.select<SumRow>(
        `SELECT ${SUMS} WHERE "at" >= $1 AND "at" < $2${userId === undefined ? '' : ' AND "userId" = $3'}`,
        userId === undefined ? range : [...range, userId],
      );
      return sumsOf(row!);
    },

    async sumsByDay(days) {
      const rows = await database.select<SumRow & { day: string }>(
        `SELECT substr("at", 1, 10) AS day, ${SUMS} GROUP BY substr("at", 1, 10) ORDER BY day DESC LIMIT $1`,
        [days],
      );
      return rows.map((row) => ({ day: row.day, ...sumsOf(row) }));
    },

    async listForUser(userId) {
      const rows = await Table.findAll({ where: { userId }, order: [['id', 'DESC']], ...database.within });
      return rows.map((row) => {
        const { id: _id, ...call } = plain(row);
        return call;
      });
    },
  };
}

interface SumRow {
  calls: number | string;
  costUsd: number;
}

const sumsOf = (row: SumRow): LlmSums => ({ calls: Number(row.calls), costUsd: row.costUsd });
