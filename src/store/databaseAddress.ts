import { join } from 'node:path';

export type DatabaseAddress = { dialect: 'sqlite'; path: string } | { dialect: 'postgres'; url: string };

/** @param options.databaseUrl `postgres://…` takes the place of the SQLite file in `dataDir` */
export const databaseAddress = (options: {
  dataDir: string;
  databaseUrl?: string | undefined;
}): DatabaseAddress =>
  options.databaseUrl
    ? { dialect: 'postgres', url: options.databaseUrl }
    : { dialect: 'sqlite', path: join(options.dataDir, 'marquee.sqlite') };
