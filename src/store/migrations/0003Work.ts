import { DataTypes } from 'sequelize';
import type { Migration } from './migration.ts';

/** What the site does: lists, jobs, trained models, settings, calls of language models and their cached scores. */
export const work: Migration = {
  name: '0003-work',
  async up({ queryInterface, transaction }) {
    const date = { type: DataTypes.STRING(24), allowNull: false };
    const maybeDate = { type: DataTypes.STRING(24) };
    const json = { type: DataTypes.TEXT, allowNull: false, defaultValue: '{}' };
    const count = { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 };
    const flag = { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false };
    const short = (length: number) => ({ type: DataTypes.STRING(length), allowNull: false });
    const user = (onDelete: string) => ({
      type: DataTypes.INTEGER,
      references: { model: 'users', key: 'userId' },
      onDelete,
    });
    await queryInterface.createTable(
      'runs',
      {
        runId: { type: DataTypes.STRING(64), primaryKey: true },
        userId: user('CASCADE'),
        visitorId: { type: DataTypes.STRING(64) },
        isShared: flag,
        createdAt: date,
        page: short(20),
        state: short(10),
        body: { type: DataTypes.TEXT, allowNull: false },
      },
      { transaction },
    );
    await queryInterface.createTable(
      'jobs',
      {
        jobId: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
        kind: short(20),
        state: short(10),
        step: { type: DataTypes.STRING(60) },
        done: count,
        total: count,
        heartbeatAt: date,
        startedAt: date,
        finishedAt: maybeDate,
        error: { type: DataTypes.TEXT },
        detail: json,
      },
      { transaction },
    );
    await queryInterface.createTable(
      'models',
      {
        modelId: { type: DataTypes.STRING(64), primaryKey: true },
        file: short(255),
        algorithm: short(20),
        parameters: json,
        metrics: json,
        dataHash: short(64),
        titles: count,
        createdAt: date,
        createdBy: short(80),
        isActive: flag,
      },
      { transaction },
    );
    await queryInterface.createTable(
      'settings',
      {
        key: { type: DataTypes.STRING(100), primaryKey: true },
        value: { type: DataTypes.TEXT, allowNull: false },
      },
      { transaction },
    );
    await queryInterface.createTable(
      'llm_calls',
      {
        id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
        at: date,
        // The site's sums stay when a person leaves; who it was and what was said go.
        userId: user('SET NULL'),
        runId: { type: DataTypes.STRING(64) },
        chatModel: short(60),
        purpose: short(20),
        promptTokens: count,
        completionTokens: count,
        costUsd: { type: DataTypes.DOUBLE },
        ms: count,
        outcome: short(30),
        httpStatus: { type: DataTypes.INTEGER },
        isCached: flag,
        promptText: { type: DataTypes.TEXT },
      },
      { transaction },
    );
    await queryInterface.createTable(
      'llm_scores',
      {
        key: { type: DataTypes.STRING(64), primaryKey: true },
        chatModel: short(60),
        promptVersion: short(60),
        score: { type: DataTypes.DOUBLE, allowNull: false },
        reason: { type: DataTypes.TEXT, allowNull: false },
        createdAt: date,
      },
      { transaction },
    );
    const indexes: [table: string, columns: string[]][] = [
      ['runs', ['createdAt']],
      ['runs', ['userId', 'createdAt']],
      ['runs', ['visitorId', 'createdAt']],
      ['llm_calls', ['at']],
      ['llm_calls', ['userId', 'at']],
    ];
    for (const [table, columns] of indexes)
      await queryInterface.addIndex(table, columns, { transaction, name: `${table}_${columns.join('_')}` });
  },
};
