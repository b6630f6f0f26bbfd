import { plain, plainOrNull, type Database } from '../handle.ts';
import { now } from '../models/columns.ts';
import type { ModelRow } from '../models/work.ts';

/** A trained model file and how it came about. */
export interface TrainedModel {
  modelId: string;
  /** File name inside `models/`. */
  file: string;
  algorithm: string;
  parameters: Record<string, unknown>;
  metrics: Record<string, unknown>;
  /** SHA-256 of the ratings it was trained on. */
  dataHash: string;
  titles: number;
  createdAt: string;
  createdBy: string;
  isActive: boolean;
}

export type NewModel = Omit<TrainedModel, 'createdAt' | 'isActive'> & { createdAt?: string };

export interface TrainedModels {
  create(model: NewModel): Promise<TrainedModel>;
  /** Marks the one that is served; false when it is not registered. What the server loads is the setting `active`. */
  activate(modelId: string): Promise<boolean>;
  active(): Promise<TrainedModel | null>;
  get(modelId: string): Promise<TrainedModel | null>;
  /** Newest first. */
  list(): Promise<TrainedModel[]>;
  remove(modelId: string): Promise<boolean>;
}

export function modelsRepository(database: Database): TrainedModels {
  const { TrainedModel: Table } = database.models;
  return {
    async create(model) {
      const row: ModelRow = {
        ...model,
        parameters: JSON.stringify(model.parameters),
        metrics: JSON.stringify(model.metrics),
        createdAt: model.createdAt ?? now(),
        isActive: false,
      };
      await database.writeStatement(() => Table.create(row, database.within));
      return modelOf(row);
    },

    activate: (modelId) =>
      database.write(async () => {
        if ((await Table.count({ where: { modelId }, ...database.within })) === 0) return false;
        await Table.update({ isActive: false }, { where: { isActive: true }, ...database.within });
        await Table.update({ isActive: true }, { where: { modelId }, ...database.within });
        return true;
      }),

    async active() {
      const row = plainOrNull(await Table.findOne({ where: { isActive: true }, ...database.within }));
      return row && modelOf(row);
    },

    async get(modelId) {
      const row = plainOrNull(await Table.findByPk(modelId, database.within));
      return row && modelOf(row);
    },

    async list() {
      const rows = await Table.findAll({
        order: [['createdAt', 'DESC'], ['modelId', 'ASC']],
        ...database.within,
      }); // prettier-ignore
      return rows.map((row) => modelOf(plain(row)));
    },

    remove: (modelId) =>
      database.writeStatement(
        async () => (await Table.destroy({ where: { modelId }, ...database.within })) > 0,
      ),
  };
}

const modelOf = (row: ModelRow): TrainedModel => ({
  ...row,
  parameters: JSON.parse(row.parameters) as Record<string, unknown>,
  metrics: JSON.parse(row.metrics) as Record<string, unknown>,
});
