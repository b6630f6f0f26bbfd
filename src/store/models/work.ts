import { DataTypes, type Model, type ModelStatic, type Sequelize } from 'sequelize';
import { date, key } from './columns.ts';

/** Rows about what the site did: lists, jobs, models, calls of language models. */
export interface RunRow {
  runId: string;
  userId: number | null;
  visitorId: string | null;
  isShared: boolean;
  createdAt: string;
  page: string;
  state: string;
  /** The whole Run as JSON. */
  body: string;
}

export interface JobRow {
  jobId: number;
  kind: string;
  state: 'running' | 'done' | 'failed';
  step: string | null;
  done: number;
  total: number;
  heartbeatAt: string;
  startedAt: string;
  finishedAt: string | null;
  error: string | null;
  detail: string;
}

export interface ModelRow {
  modelId: string;
  file: string;
  algorithm: string;
  parameters: string;
  metrics: string;
  dataHash: string;
  titles: number;
  createdAt: string;
  createdBy: string;
  isActive: boolean;
}

export interface SettingRow {
  key: string;
  value: string;
}

export interface LlmCallRow {
  id: number;
  at: string;
  userId: number | null;
  runId: string | null;
  chatModel: string;
  purpose: string;
  promptTokens: number;
  completionTokens: number;
  costUsd: number | null;
  ms: number;
  outcome: string;
  httpStatus: number | null;
  isCached: boolean;
  promptText: string | null;
}

export interface LlmScoreRow {
  /** SHA-256, hex. */
  key: string;
  chatModel: string;
  promptVersion: string;
  score: number;
  reason: string;
  createdAt: string;
}

type Table<Row extends object, New extends object = Row> = ModelStatic<Model<Row, New>>;

export interface WorkModels {
  Run: Table<RunRow>;
  Job: Table<JobRow, Omit<JobRow, 'jobId'>>;
  TrainedModel: Table<ModelRow>;
  Setting: Table<SettingRow>;
  LlmCall: Table<LlmCallRow, Omit<LlmCallRow, 'id'>>;
  LlmScore: Table<LlmScoreRow>;
}

export function defineWork(sequelize: Sequelize): WorkModels {
  const table = (tableName: string) => ({ tableName, timestamps: false });
  return {
    Run: sequelize.define(
      'Run',
      {
        runId: key(DataTypes.STRING(64)),
        userId: DataTypes.INTEGER,
        visitorId: DataTypes.STRING(64),
        isShared: DataTypes.BOOLEAN,
        createdAt: date(),
        page: DataTypes.STRING(20),
        state: DataTypes.STRING(10),
        body: DataTypes.TEXT,
      },
      table('runs'),
    ),
    Job: sequelize.define(
      'Job',
      {
        jobId: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
        kind: DataTypes.STRING(20),
        state: DataTypes.STRING(10),
        step: DataTypes.STRING(60),
        done: DataTypes.INTEGER,
        total: DataTypes.INTEGER,
        heartbeatAt: date(),
        startedAt: date(),
        finishedAt: date(),
        error: DataTypes.TEXT,
        detail: DataTypes.TEXT,
      },
      table('jobs'),
    ),
    TrainedModel: sequelize.define(
      'TrainedModel',
      {
        modelId: key(DataTypes.STRING(64)),
        file: DataTypes.STRING(255),
        algorithm: DataTypes.STRING(20),
        parameters: DataTypes.TEXT,
        metrics: DataTypes.TEXT,
        dataHash: DataTypes.STRING(64),
        titles: DataTypes.INTEGER,
        createdAt: date(),
        createdBy: DataTypes.STRING(80),
        isActive: DataTypes.BOOLEAN,
      },
      table('models'),
    ),
    Setting: sequelize.define(
      'Setting',
      { key: key(DataTypes.STRING(100)), value: DataTypes.TEXT },
      table('settings'),
    ),
    LlmCall: sequelize.define(
      'LlmCall',
      {
        id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
        at: date(),
        userId: DataTypes.INTEGER,
        runId: DataTypes.STRING(64),
        chatModel: DataTypes.STRING(60),
        purpose: DataTypes.STRING(20),
        promptTokens: DataTypes.INTEGER,
        completionTokens: DataTypes.INTEGER,
        costUsd: DataTypes.DOUBLE,
        ms: DataTypes.INTEGER,
        outcome: DataTypes.STRING(30),
        httpStatus: DataTypes.INTEGER,
        isCached: DataTypes.BOOLEAN,
        promptText: DataTypes.TEXT,
      },
      table('llm_calls'),
    ),
    LlmScore: sequelize.define(
      'LlmScore',
      {
        key: key(DataTypes.STRING(64)),
        chatModel: DataTypes.STRING(60),
        promptVersion: DataTypes.STRING(60),
        score: DataTypes.DOUBLE,
        reason: DataTypes.TEXT,
        createdAt: date(),
      },
      table('llm_scores'),
    ),
  };
}
