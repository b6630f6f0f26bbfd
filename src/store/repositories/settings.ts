import { insertRows } from '../bulk.ts';
import { plainOrNull, type Database } from '../handle.ts';

/** Named JSON values, such as `active` = {catalogueVersion, modelId}. */
export interface Settings {
  get<T>(key: string): Promise<T | null>;
  set(key: string, value: unknown): Promise<void>;
  /** Reads, changes and writes as one: no change of another process is lost. */
  update<T>(key: string, change: (value: T | null) => T): Promise<T>;
  remove(key: string): Promise<boolean>;
}

export function settingsRepository(database: Database): Settings {
  const { Setting } = database.models;
  const get = async <T>(key: string): Promise<T | null> => {
    const row = plainOrNull(await Setting.findByPk(key, database.within));
    return row && (JSON.parse(row.value) as T);
  };
  const set = (key: string, value: unknown): Promise<void> =>
    database.writeStatement(() =>
      insertRows(
        database,
        {
          table: 'settings',
          columns: { key: 'text', value: 'text' },
          conflictColumns: ['key'],
          updateColumns: ['value'],
        },
        [[key, JSON.stringify(value)]],
      ),
    );

  return {
    get,
    set,
    update: <T>(key: string, change: (value: T | null) => T) =>
      database.write(async () => {
        const changed = change(await get<T>(key));
        await set(key, changed);
        return changed;
      }),
    remove: (key) =>
      database.writeStatement(
        async () => (await Setting.destroy({ where: { key }, ...database.within })) > 0,
      ),
  };
}
