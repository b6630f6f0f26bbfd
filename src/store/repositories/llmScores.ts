import { Op } from 'sequelize';
import { insertRows, textsIn } from '../bulk.ts';
import type { Database } from '../handle.ts';
import { now } from '../models/columns.ts';

export interface CachedScore {
  /** 0–5. */
  score: number;
  reason: string;
}

/** `key` is the SHA-256 of everything the answer depends on: preferences, title, model, version of the prompt. */
export type NewCachedScore = CachedScore & { key: string; chatModel: string; promptVersion: string };

/** Answers of language models, so that the same question is paid for once. */
export interface LlmScores {
  getMany(keys: readonly string[]): Promise<Map<string, CachedScore>>;
  putMany(scores: readonly NewCachedScore[]): Promise<void>;
  /** Returns how many went. */
  removeOlderThan(days: number): Promise<number>;
}

const DAY_MS = 86_400_000;

export function llmScoresRepository(database: Database): LlmScores {
  return {
    async getMany(keys) {
      const rows = await database.select<CachedScore & { key: string }>(
        `SELECT "key", score, reason FROM llm_scores WHERE "key" IN ${textsIn(database, '$1')}`,
        [JSON.stringify(keys)],
      );
      return new Map(rows.map(({ key, score, reason }) => [key, { score, reason }]));
    },

    async putMany(scores) {
      if (scores.length === 0) return;
      const at = now();
      const latest = new Map(scores.map((score) => [score.key, score]));
      await database.write(() =>
        insertRows(
          database,
          {
            table: 'llm_scores',
            columns: {
              key: 'text',
              chatModel: 'text',
              promptVersion: 'text',
              score: 'double precision',
              reason: 'text',
              createdAt: 'text',
            },
            conflictColumns: ['key'],
            updateColumns: ['score', 'reason', 'createdAt'],
          },
          [...latest.values()].map((row) => [
            row.key,
            row.chatModel,
            row.promptVersion,
            row.score,
            row.reason,
            at,
          ]),
        ),
      );
    },

    removeOlderThan: (days) =>
      database.writeStatement(() =>
        database.models.LlmScore.destroy({
          where: { createdAt: { [Op.lt]: new Date(Date.now() - days * DAY_MS).toISOString() } },
          ...database.within,
        }),
      ),
  };
}
