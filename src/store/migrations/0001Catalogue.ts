import { DataTypes } from 'sequelize';
import type { Migration } from './migration.ts';

/** Titles with their facts, the ids we gave ourselves, tags and how often each was applied. */
export const catalogue: Migration = {
  name: '0001-catalogue',
  async up({ queryInterface, transaction }) {
    const text = { type: DataTypes.TEXT };
    const list = { type: DataTypes.TEXT, allowNull: false, defaultValue: '[]' };
    const count = { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 };
    await queryInterface.createTable(
      'movies',
      {
        movieId: { type: DataTypes.INTEGER, primaryKey: true },
        imdbId: { type: DataTypes.STRING(20) },
        tmdbId: { type: DataTypes.INTEGER },
        title: { type: DataTypes.TEXT, allowNull: false },
        originalTitle: text,
        otherTitles: list,
        year: { type: DataTypes.INTEGER, allowNull: false },
        kind: { type: DataTypes.STRING(10), allowNull: false },
        genres: list,
        directors: list,
        cast: list,
        countries: list,
        languages: list,
        runtimeMinutes: { type: DataTypes.INTEGER },
        tagline: text,
        plot: text,
        keywords: list,
        providers: list,
        posterPath: text,
        ratingCount: count,
        ratingMean: { type: DataTypes.DOUBLE },
        voteCount: count,
        isRetired: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
      },
      { transaction },
    );
    await queryInterface.createTable(
      'own_ids',
      {
        key: { type: DataTypes.TEXT, primaryKey: true },
        movieId: { type: DataTypes.INTEGER, allowNull: false, unique: true },
      },
      { transaction },
    );
    await queryInterface.createTable(
      'tags',
      {
        tagId: { type: DataTypes.INTEGER, primaryKey: true },
        name: { type: DataTypes.TEXT, allowNull: false },
      },
      { transaction },
    );
    await queryInterface.createTable(
      'tag_counts',
      {
        movieId: {
          type: DataTypes.INTEGER,
          primaryKey: true,
          references: { model: 'movies', key: 'movieId' },
          onDelete: 'CASCADE',
        },
        tagId: {
          type: DataTypes.INTEGER,
          primaryKey: true,
          references: { model: 'tags', key: 'tagId' },
          onDelete: 'CASCADE',
        },
        count,
        relevance: { type: DataTypes.DOUBLE },
      },
      { transaction },
    );
  },
};
