import { DataTypes } from 'sequelize';
import type { Migration } from './migration.ts';

/** People and what is theirs: removing a person removes all of it. A title somebody marked cannot be deleted. */
export const people: Migration = {
  name: '0002-people',
  async up({ queryInterface, transaction }) {
    const date = { type: DataTypes.STRING(24), allowNull: false };
    const movie = {
      type: DataTypes.INTEGER,
      primaryKey: true,
      references: { model: 'movies', key: 'movieId' },
      onDelete: 'RESTRICT',
    };
    const owner = {
      type: DataTypes.INTEGER,
      references: { model: 'users', key: 'userId' },
      onDelete: 'CASCADE',
    };
    await queryInterface.createTable(
      'users',
      {
        userId: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
        name: { type: DataTypes.STRING(80), allowNull: false },
        nameKey: { type: DataTypes.STRING(160), allowNull: false, unique: true },
        passwordHash: { type: DataTypes.STRING(200), allowNull: false },
        role: { type: DataTypes.STRING(10), allowNull: false, defaultValue: 'member' },
        isDisabled: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
        trainOnRatings: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true },
        preferences: { type: DataTypes.TEXT, allowNull: false, defaultValue: '{}' },
        createdAt: date,
      },
      { transaction },
    );
    await queryInterface.createTable(
      'ratings',
      {
        userId: { ...owner, primaryKey: true },
        movieId: movie,
        halfStars: { type: DataTypes.INTEGER, allowNull: false },
        createdAt: date,
        updatedAt: date,
      },
      { transaction },
    );
    for (const table of ['hidden_movies', 'watchlist'])
      await queryInterface.createTable(
        table,
        { userId: { ...owner, primaryKey: true }, movieId: movie, createdAt: date },
        { transaction },
      );
    for (const table of ['ratings', 'hidden_movies', 'watchlist'])
      await queryInterface.addIndex(table, ['movieId'], { transaction, name: `${table}_movie` });
    await queryInterface.createTable(
      'sessions',
      {
        sid: { type: DataTypes.STRING(128), primaryKey: true },
        userId: owner,
        expires: { type: DataTypes.DATE },
        data: { type: DataTypes.TEXT },
      },
      { transaction },
    );
    await queryInterface.createTable(
      'api_tokens',
      {
        tokenId: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
        userId: { ...owner, allowNull: false },
        name: { type: DataTypes.STRING(60), allowNull: false },
        hash: { type: DataTypes.STRING(64), allowNull: false, unique: true },
        createdAt: date,
        lastUsedAt: { type: DataTypes.STRING(24) },
      },
      { transaction },
    );
    await queryInterface.createTable(
      'password_resets',
      {
        hash: { type: DataTypes.STRING(64), primaryKey: true },
        userId: { ...owner, allowNull: false },
        createdAt: date,
        expiresAt: date,
        usedAt: { type: DataTypes.STRING(24) },
      },
      { transaction },
    );
    for (const table of ['sessions', 'api_tokens', 'password_resets'])
      await queryInterface.addIndex(table, ['userId'], { transaction, name: `${table}_user` });
    await queryInterface.addIndex('sessions', ['expires'], { transaction, name: 'sessions_expires' });
  },
};
