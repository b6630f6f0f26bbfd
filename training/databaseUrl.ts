import { loadConfig } from '../src/config.ts';

/** The database a child process is to use: the one it was told, else the one the settings name. */
export const databaseUrlOf = (given: string | undefined): string | undefined =>
  given ?? loadConfig().databaseUrl;
