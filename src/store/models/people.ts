import { DataTypes, type Model, type ModelStatic, type Sequelize } from 'sequelize';
import { date, key } from './columns.ts';

/** Rows that belong to a person. Dates are ISO 8601 text, which sorts as it reads; JSON is text. */
export interface UserRow {
  userId: number;
  name: string;
  /** The name as it is compared: NFKC and case-folded. */
  nameKey: string;
  passwordHash: string;
  role: 'member' | 'admin';
  isDisabled: boolean;
  trainOnRatings: boolean;
  preferences: string;
  createdAt: string;
}

export interface RatingRow {
  userId: number;
  movieId: number;
  /** 1–10: the rating times two. */
  halfStars: number;
  createdAt: string;
  updatedAt: string;
}

export interface MarkRow {
  userId: number;
  movieId: number;
  createdAt: string;
}

export interface ApiTokenRow {
  tokenId: number;
  userId: number;
  name: string;
  /** SHA-256 of the token, hex. */
  hash: string;
  createdAt: string;
  lastUsedAt: string | null;
}

export interface PasswordResetRow {
  hash: string;
  userId: number;
  createdAt: string;
  expiresAt: string;
  usedAt: string | null;
}

export interface SessionRow {
  sid: string;
  userId: number | null;
  /** A Date, because the session store compares it as one. */
  expires: Date | null;
  data: string | null;
}

type Table<Row extends object, New extends object = Row> = ModelStatic<Model<Row, New>>;

export interface PeopleModels {
  User: Table<UserRow, Omit<UserRow, 'userId'>>;
  Rating: Table<RatingRow>;
  Hidden: Table<MarkRow>;
  Saved: Table<MarkRow>;
  ApiToken: Table<ApiTokenRow, Omit<ApiTokenRow, 'tokenId'>>;
  PasswordReset: Table<PasswordResetRow>;
  Session: Table<SessionRow>;
}

export function definePeople(sequelize: Sequelize): PeopleModels {
  const table = (tableName: string) => ({ tableName, timestamps: false });
  const mark = () => ({ userId: key(DataTypes.INTEGER), movieId: key(DataTypes.INTEGER), createdAt: date() });
  return {
    User: sequelize.define(
      'User',
      {
        userId: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
        name: DataTypes.STRING(80),
        nameKey: DataTypes.STRING(160),
        passwordHash: DataTypes.STRING(200),
        role: DataTypes.STRING(10),
        isDisabled: DataTypes.BOOLEAN,
        trainOnRatings: DataTypes.BOOLEAN,
        preferences: DataTypes.TEXT,
        createdAt: date(),
      },
      table('users'),
    ),
    Rating: sequelize.define(
      'Rating',
      { ...mark(), halfStars: DataTypes.INTEGER, updatedAt: date() },
      table('ratings'),
    ),
    Hidden: sequelize.define('Hidden', mark(), table('hidden_movies')),
    Saved: sequelize.define('Saved', mark(), table('watchlist')),
    ApiToken: sequelize.define(
      'ApiToken',
      {
        tokenId: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
        userId: DataTypes.INTEGER,
        name: DataTypes.STRING(60),
        hash: DataTypes.STRING(64),
        createdAt: date(),
        lastUsedAt: date(),
      },
      table('api_tokens'),
    ),
    PasswordReset: sequelize.define(
      'PasswordReset',
      {
        hash: key(DataTypes.STRING(64)),
        userId: DataTypes.INTEGER,
        createdAt: date(),
        expiresAt: date(),
        usedAt: date(),
      },
      table('password_resets'),
    ),
    Session: sequelize.define(
      'Session',
      {
        sid: key(DataTypes.STRING(128)),
        userId: DataTypes.INTEGER,
        expires: DataTypes.DATE,
        data: DataTypes.TEXT,
      },
      table('sessions'),
    ),
  };
}
