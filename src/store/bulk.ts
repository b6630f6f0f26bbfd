import type { Database } from './handle.ts';

export type ColumnType = 'integer' | 'double precision' | 'text' | 'boolean';

/** Rows of one statement: large enough that its cost vanishes, small enough that others get their turn. */
const ROWS_PER_STATEMENT = 1000;

export interface BulkInsert {
  table: string;
  columns: Record<string, ColumnType>;
  /** Columns whose conflict means "there already"; without them a conflict is an error. */
  conflictColumns?: string[];
  /** Columns that a conflict overwrites; none = the row that is there stays. */
  updateColumns?: string[];
}

/**
 * Inserts rows (values in the order of `columns`) by the thousand. The rows of a statement travel as one JSON
 * parameter, which both databases take apart faster than they parse thousands of parameters.
 */
export async function insertRows(
  database: Database,
  insert: BulkInsert,
  rows: Iterable<readonly unknown[]>,
): Promise<void> {
  const sql = insertStatement(insert, database.isSqlite);
  let chunk: (readonly unknown[])[] = [];
  const flush = async () => {
    if (chunk.length > 0) await database.run(sql, [toJson(chunk)]);
    chunk = [];
  };
  for (const row of rows) {
    chunk.push(row);
    if (chunk.length === ROWS_PER_STATEMENT) await flush();
  }
  await flush();
}

function insertStatement(insert: BulkInsert, isSqlite: boolean): string {
  const names = Object.keys(insert.columns);
  const values = Object.values(insert.columns).map((type, at) =>
    isSqlite ? `json_extract(value, '$[${at}]')` : `(value ->> ${at})::${type}`,
  );
  const source = isSqlite ? 'json_each($1)' : 'jsonb_array_elements($1::jsonb)';
  // SQLite needs a WHERE before ON CONFLICT to tell it from a join's ON.
  return (
    `INSERT INTO ${quote(insert.table)} (${names.map(quote).join(', ')}) ` +
    `SELECT ${values.join(', ')} FROM ${source} WHERE TRUE${conflictClause(insert)}`
  );
}

function conflictClause({ conflictColumns, updateColumns = [] }: BulkInsert): string {
  if (!conflictColumns) return '';
  const target = ` ON CONFLICT (${conflictColumns.map(quote).join(', ')})`;
  if (updateColumns.length === 0) return `${target} DO NOTHING`;
  return `${target} DO UPDATE SET ${updateColumns.map((name) => `${quote(name)} = excluded.${quote(name)}`).join(', ')}`;
}

/** A list of integers as a subquery over one parameter: `"movieId" IN ${integersIn(database, '$1')}`. */
export const integersIn = (database: Database, parameter: string): string =>
  database.isSqlite
    ? `(SELECT value FROM json_each(${parameter}))`
    : `(SELECT value::integer FROM jsonb_array_elements_text(${parameter}::jsonb))`;

export const textsIn = (database: Database, parameter: string): string =>
  database.isSqlite
    ? `(SELECT value FROM json_each(${parameter}))`
    : `(SELECT value FROM jsonb_array_elements_text(${parameter}::jsonb))`;

/** JSON that PostgreSQL takes: it has no place for U+0000 or half of a surrogate pair. */
export function toJson(value: unknown): string {
  const json = JSON.stringify(value);
  return json.includes('\\u') ? JSON.stringify(value, (_key, inner: unknown) => storable(inner)) : json;
}

/** Whether a text can be asked for at all: neither database takes U+0000, and nothing we keep holds it. */
export const isStorable = (text: string): boolean => storable(text) === text;

export const storable = (value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\u0000', '').replaceAll(/\p{Surrogate}/gu, '\ufffd') : value;

const quote = (name: string): string => `"${name}"`;
