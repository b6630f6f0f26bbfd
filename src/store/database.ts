import { connect } from './connection.ts';
import { databaseAddress } from './databaseAddress.ts';
import { Database } from './handle.ts';
import { migrate, pendingMigrations, type MigrationReport } from './migrate.ts';
import { apiTokensRepository, type ApiTokens } from './repositories/apiTokens.ts';
import { jobsRepository, type Jobs } from './repositories/jobs.ts';
import { llmCallsRepository, type LlmCalls } from './repositories/llmCalls.ts';
import { llmScoresRepository, type LlmScores } from './repositories/llmScores.ts';
import { marksRepository, type Marks } from './repositories/marks.ts';
import { modelsRepository, type TrainedModels } from './repositories/models.ts';
import { moviesRepository, type Movies } from './repositories/movies.ts';
import { passwordResetsRepository, type PasswordResets } from './repositories/passwordResets.ts';
import { ratingsRepository, type Ratings } from './repositories/ratings.ts';
import { runsRepository, type Runs } from './repositories/runs.ts';
import { sessionsRepository, type Sessions } from './repositories/sessions.ts';
import { settingsRepository, type Settings } from './repositories/settings.ts';
import { tagsRepository, type Tags } from './repositories/tags.ts';
import { usersRepository, type Users } from './repositories/users.ts';

export interface StoreOptions {
  /** Where `marquee.sqlite` lives. */
  dataDir: string;
  /** `postgres://…` takes the place of the SQLite file. */
  databaseUrl?: string | undefined;
  /** Told what a migration did. */
  logger?: { info(details: object, message: string): void } | undefined;
}

/** Everything that is kept in SQL. Plain objects go in and come out. */
export interface Store {
  /** For the session store, which speaks Sequelize itself; nobody else uses it. */
  readonly database: Database;
  /** What opening changed, so that the start can say it. */
  readonly migrated: MigrationReport;
  /** One write transaction, all or nothing; reads inside it stay true until it commits. Writes inside join it. */
  write<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
  readonly users: Users;
  readonly ratings: Ratings;
  readonly hidden: Marks;
  readonly watchlist: Marks;
  readonly movies: Movies;
  readonly tags: Tags;
  readonly runs: Runs;
  readonly sessions: Sessions;
  readonly apiTokens: ApiTokens;
  readonly passwordResets: PasswordResets;
  readonly models: TrainedModels;
  readonly jobs: Jobs;
  readonly settings: Settings;
  readonly llmCalls: LlmCalls;
  readonly llmScores: LlmScores;
}

/**
 * Opens the database, bringing its schema up to date first when it is behind.
 * @throws UsageError with one line when it cannot be opened or written, or is newer than this program.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const address = databaseAddress(options);
  const sequelize = await connect(address);
  try {
    let migrated: MigrationReport = { applied: [], backupPath: null };
    if ((await pendingMigrations(sequelize)).length > 0) {
      migrated = await migrate(address);
      options.logger?.info(migrated, 'The database was brought up to date');
    }
    return assemble(new Database(sequelize), migrated);
  } catch (error) {
    await sequelize.close();
    throw error;
  }
}

function assemble(database: Database, migrated: MigrationReport): Store {
  return {
    database,
    migrated,
    write: (work) => database.write(work),
    ping: () => database.ping(),
    close: () => database.close(),
    users: usersRepository(database),
    ratings: ratingsRepository(database),
    hidden: marksRepository(database, database.models.Hidden),
    watchlist: marksRepository(database, database.models.Saved),
    movies: moviesRepository(database),
    tags: tagsRepository(database),
    runs: runsRepository(database),
    sessions: sessionsRepository(database),
    apiTokens: apiTokensRepository(database),
    passwordResets: passwordResetsRepository(database),
    models: modelsRepository(database),
    jobs: jobsRepository(database),
    settings: settingsRepository(database),
    llmCalls: llmCallsRepository(database),
    llmScores: llmScoresRepository(database),
  };
}
