import { DataTypes, type DataType } from 'sequelize';

/** ISO 8601 in UTC with milliseconds: sorts as text, and reads the same from SQLite and PostgreSQL. */
export const date = () => ({ type: DataTypes.STRING(24) });
export const key = (type: DataType) => ({ type, primaryKey: true });

export const now = (): string => new Date().toISOString();
