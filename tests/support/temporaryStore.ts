import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Title } from '../../src/domain.ts';
import { openStore, type Store } from '../../src/store/database.ts';

export interface TemporaryStore {
  store: Store;
  dataDir: string;
  /** Closes it and removes its folder. */
  dispose(): Promise<void>;
}

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'marquee-store-'));

/** A store of its own in a new folder. */
export async function temporaryStore(): Promise<TemporaryStore> {
  const dataDir = await temporaryFolder();
  const store = await openStore({ dataDir });
  return {
    store,
    dataDir,
    async dispose() {
      await store.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A title with a name that says its id; everything else is empty unless given. */
export const makeTitle = (movieId: number, facts: Partial<Title> = {}): Title => ({
  movieId,
  imdbId: null,
  tmdbId: null,
  title: `Title ${movieId}`,
  originalTitle: null,
  otherTitles: [],
  year: 2000,
  kind: 'movie',
  genres: [],
  directors: [],
  cast: [],
  countries: [],
  languages: [],
  runtimeMinutes: null,
  tagline: null,
  plot: null,
  keywords: [],
  providers: [],
  posterPath: null,
  ratingCount: 0,
  ratingMean: null,
  voteCount: 0,
  isRetired: false,
  ...facts,
});

export const makeTitles = (count: number): Title[] =>
  Array.from({ length: count }, (_, at) => makeTitle(at + 1));
