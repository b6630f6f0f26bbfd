import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { runChild } from '../../src/jobs/runChild.ts';
import { createLogger } from '../../src/logger.ts';
import { openStore } from '../../src/store/database.ts';
import { type SmallGenome, smallGenome, zipGenome } from '../datasets/support/smallGenome.ts';
import { startPostgres, type TemporaryPostgres } from '../support/temporaryPostgres.ts';

/** The whole way from a data set to a served list with PostgreSQL in the place of SQLite. */
let server: TemporaryPostgres;
let databaseUrl: string;
let dataDir: string;

beforeAll(async () => {
  server = await startPostgres();
  databaseUrl = await server.emptyDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'marquee-postgres-setup-'));
});
afterAll(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function run<Result>(file: string, ...parameters: string[]): Promise<Result> {
  const { exitCode, error, result } = await runChild<Result>(file, [...parameters, '--data-dir', dataDir], {
    environment: { DATABASE_URL: databaseUrl },
  });
  expect([exitCode, error]).toEqual([0, undefined]);
  return result!;
}
const setUp = (...parameters: string[]) =>
  run<{ totals: object }>('datasets/setup.ts', '--dataset', ...parameters);

async function withStore<Result>(work: (store: Awaited<ReturnType<typeof openStore>>) => Promise<Result>) {
  const store = await openStore({ dataDir, databaseUrl });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const rows = () =>
  withStore(async (store) => ({
    titles: await store.movies.readAll(),
    tags: await store.tags.readAll(),
    version: (await store.settings.get<{ catalogueVersion: string }>('active'))!.catalogueVersion,
  }));

/** Starts the site on what is loaded and asks it. */
async function ask(method: string, path: string, body: unknown, token?: string) {
  const configPath = join(dataDir, 'config.json');
  await writeFile(configPath, JSON.stringify({ host: '127.0.0.1', port: 0, dataDir }));
  const config = loadConfig({ MARQUEE_CONFIG: configPath, DATABASE_URL: databaseUrl }, dataDir);
  const app = await createApp(config, { logger: createLogger('silent') });
  try {
    const { url } = await app.listen();
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    });
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  } finally {
    await app.close();
  }
}

async function genomeFile(change: (genome: SmallGenome) => void = () => {}): Promise<string> {
  const genome = smallGenome();
  change(genome);
  const path = join(dataDir, 'genome.zip');
  await writeFile(path, zipGenome(genome));
  return path;
}

describe('setup on PostgreSQL', () => {
  test('serves the starter, and twice gives the same rows and the same catalogue', async () => {
    const first = await setUp('starter');
    const before = await rows();
    expect(before.titles.length).toBeGreaterThan(300);
    expect(first.totals).toMatchObject({ titles: before.titles.length });
    expect(existsSync(join(dataDir, 'marquee.sqlite'))).toBe(false);
    const second = await setUp('starter');
    expect(second.totals).toEqual(first.totals);
    expect(await rows()).toEqual(before);

    const [liked] = before.titles.toSorted((a, b) => b.ratingCount - a.ratingCount);
    const answer = await ask('POST', '/recommendations', {
      ratings: [{ movieId: liked!.movieId, rating: 5 }],
      k: 5,
      importance: 100,
    });
    expect(answer.status).toBe(200);
    expect(answer.json['items']).toHaveLength(5);
    expect(answer.json['scoring']).toMatchObject({ taste: 'cf' });
  });

  test('takes another catalogue with add-ons and a training of its own; what people rated is retired, not lost', async () => {
    await setUp(
      'tag-genome-2021',
      '--from',
      await genomeFile(),
      '--active-since',
      '0',
      '--min-ratings',
      '15',
    );
    const streaming = join(dataDir, 'streaming');
    await mkdir(streaming);
    await writeFile(
      join(streaming, 'netflix_titles.csv'),
      'show_id,type,title,director,cast,country,date_added,release_year,rating,duration,listed_in,description\n' +
        's1,Movie,Heat,Michael Mann,,United States,,1995,R,170 min,"Dramas, Thrillers",Thieves — and a ☂ “plan”.\n' +
        's2,TV Show,Dark,,Louis Hofmann,Germany,,2020,,3 Seasons,TV Dramas,Time is a knot.\n',
    );
    const report = await setUp('streaming', '--from', streaming);
    expect(report.totals).toMatchObject({ titles: 12 });

    const { userId, token } = await withStore(async (store) => {
      const person = await store.users.create({ name: 'Ann', passwordHash: 'x' });
      return { userId: person.userId, ...(await store.apiTokens.create(person.userId, 'test')) };
    });
    const rated = await ask('PUT', '/ratings/10', { rating: 4.5 }, token);
    expect([rated.status, rated.json['rating']]).toEqual([200, 4.5]);

    const trained = await run<{ isActive: boolean; parameters: { minRatings?: number } }>(
      'training/train.ts',
    );
    expect(trained.isActive).toBe(true);
    expect(trained.parameters.minRatings, 'as the data set was set up').toBe(15);

    await setUp(
      'tag-genome-2021',
      '--from',
      await genomeFile((genome) => {
        genome.metadata = genome.metadata.filter((film) => (film as { item_id: number }).item_id !== 10);
      }),
      '--active-since',
      '0',
    );
    const { titles } = await rows();
    expect(titles.find(({ movieId }) => movieId === 10)).toMatchObject({ title: 'Up', isRetired: true });
    expect(titles.find(({ movieId }) => movieId === 1)).toMatchObject({
      plot: 'Thieves — and a ☂ “plan”.',
      providers: ['Netflix'],
    });
    expect(titles.some(({ title, kind }) => title === 'Dark' && kind === 'tv')).toBe(true);
    const kept = await withStore((store) => store.ratings.get(userId, 10));
    expect(kept).toMatchObject({ rating: 4.5 });
  });
});
