import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { CommandContext } from '../../src/commands/context.ts';
import { registerData } from '../../src/commands/data.ts';
import { registerPosters } from '../../src/commands/posters.ts';
import { loadConfig } from '../../src/config.ts';
import { UsageError } from '../../src/errors.ts';
import { openStore } from '../../src/store/database.ts';
import { jpegOf, type ScriptedTmdb, startScriptedTmdb, V3_KEY } from '../support/scriptedTmdb.ts';
import { fillDataDirectory } from '../support/site.ts';

/** The commands as a person types them, against a server that speaks TMDB's protocol. */
let server: ScriptedTmdb;
let dataDir: string;
let pictures: string;
let titles = 0;

beforeAll(async () => {
  const posters = [{ file_path: '/heat.jpg', iso_639_1: 'en', vote_average: 5, vote_count: 3 }];
  server = await startScriptedTmdb([
    { id: 949, kind: 'movie', imdbId: 'tt0113277', date: '1995-12-15', posters, providers: { US: ['Max'] } },
    { id: 5000, kind: 'movie', imdbId: 'tt5000000', date: '2026-02-02', votes: 99, details: { title: 'Night Ferry' } },
  ]); // prettier-ignore
  dataDir = await mkdtemp(join(tmpdir(), 'marquee-tmdb-'));
  pictures = join(dataDir, 'pictures');
  await fillDataDirectory(dataDir);
  await mkdir(pictures);
  await writeFile(join(pictures, 'tt0078748.jpg'), jpegOf('/alien.jpg'));
  await writeFile(join(pictures, 'tt9999999.jpg'), jpegOf('/nobody.jpg'));
  await writeFile(join(pictures, 'tt0113277.jpg'), '<html>not a picture</html>');
  const store = await openStore({ dataDir });
  await store.settings.set('dataset', { base: 'starter', addOns: [], addedTitles: {}, minRatings: 5 });
  // A dozen titles are enough: TMDB is asked twenty times a second.
  const all = await store.movies.readAll();
  const named = all.filter(({ imdbId }) => imdbId === 'tt0113277' || imdbId === 'tt0078748');
  await store.movies.retireOthers(new Set([...named, ...all.slice(0, 10)].map(({ movieId }) => movieId)));
  titles = await store.movies.count();
  await store.close();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** The verbs in this process; their work runs in child processes as ever. */
async function marquee(parameters: string[], apiKey: string | null = V3_KEY) {
  const config = join(dataDir, 'config.json');
  await writeFile(config, JSON.stringify({ tmdb: { ...(apiKey ? { apiKey } : {}), baseUrl: server.url } }));
  vi.stubEnv('MARQUEE_CONFIG', config);
  vi.stubEnv('TMDB_API_KEY', '');
  let [out, err, code] = ['', '', -1];
  const into = (keep: (text: string) => void) =>
    new Writable({ write: (piece, _encoding, done) => (keep(String(piece)), done()) }) as NodeJS.WriteStream;
  const context: CommandContext = {
    out: into((text) => (out += text)),
    err: into((text) => (err += text)),
    loadConfig: (options) => loadConfig({ ...process.env, MARQUEE_DATA_DIR: options.dataDir }),
    finish: (exitCode) => (code = exitCode),
  };
  const program = new Command();
  registerPosters(program, context);
  registerData(program, context);
  await program.parseAsync([...parameters, '--data-dir', dataDir], { from: 'user' });
  return { code, out, err };
}

interface Printed {
  name: string;
  numbers: Record<string, number>;
  totals: { titles: number };
  steps: { dropped: { titles: number }; reasons: { reason: string; count: number }[] }[];
}

describe('TMDB on the command line', () => {
  test.each([[['posters']], [['data', 'refresh', 'tmdb', '--since', '2026-01-01']]])(
    '%j without a key says in one line what is missing',
    async (parameters) => {
      const error: unknown = await marquee(parameters, null).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(UsageError);
      expect((error as UsageError).message).toMatch(/^TMDB needs a key: set TMDB_API_KEY.*$/);
    },
  );

  test('data refresh knows no other source', async () => {
    await expect(marquee(['data', 'refresh', 'imdb', '--since', '2026-01-01'])).rejects.toThrow(UsageError);
  });

  test('posters takes pictures from a folder without a key, and says what it left', async () => {
    const { code, out } = await marquee(['posters', '--from', pictures, '--json'], null);
    expect(code).toBe(0);
    const report = JSON.parse(out) as Printed;
    expect([report.name, report.numbers]).toEqual(['posters', { taken: 1 }]);
    expect(report.steps[0]!.reasons.map(({ reason }) => reason).sort()).toEqual([
      'no title of that IMDb id',
      'not a JPEG, PNG or WebP picture',
    ]);
    expect(await readFile(join(dataDir, 'posters', 'tt0078748.jpg'))).toEqual(jpegOf('/alien.jpg'));
  }, 30_000);

  test('posters fetches the rest once; run again it asks for nothing', async () => {
    const first = await marquee(['posters', '--json']);
    expect(first.code).toBe(0);
    expect((JSON.parse(first.out) as Printed).numbers).toEqual({ alreadyHere: 1, fetched: 1 });
    const names = await readdir(join(dataDir, 'posters'));
    expect(names.filter((name) => !name.endsWith('.none')).sort()).toEqual([
      'tt0078748.jpg',
      'tt0113277.jpg',
    ]);
    expect(server.asked('tt0078748')).toEqual([]);
    const asked = server.requests.length;
    const again = await marquee(['posters', '--json']);
    expect((JSON.parse(again.out) as Printed).numbers).toEqual({ alreadyHere: 2, fetched: 0 });
    expect(server.requests.length).toBe(asked);
  }, 60_000);

  test('data refresh tmdb twice brings a new title once, under one id, into the catalogue that is served', async () => {
    const active = async () => {
      const store = await openStore({ dataDir });
      const found = (await store.movies.readAll()).filter(({ imdbId }) => imdbId === 'tt5000000');
      const heat = (await store.movies.readAll()).find(({ imdbId }) => imdbId === 'tt0113277');
      const settings = await store.settings.get<{ catalogueVersion: string; modelId: string }>('active');
      await store.close();
      return { found, heat, settings };
    };
    const before = await active();
    const first = await marquee(['data', 'refresh', 'tmdb', '--since', '2026-01-01', '--json']);
    expect([first.code, first.err.includes(V3_KEY)]).toEqual([0, false]);
    expect((JSON.parse(first.out) as Printed).totals.titles).toBe(titles + 1);
    const once = await active();
    expect(once.found.map(({ title, kind }) => [title, kind])).toEqual([['Night Ferry', 'movie']]);
    expect(once.heat?.providers).toEqual(['Max']);
    expect(once.settings!.catalogueVersion).not.toBe(before.settings!.catalogueVersion);
    expect(once.settings!.modelId).toBe('test');
    server.titles.pop();
    const second = await marquee(['data', 'refresh', 'tmdb', '--since', '2026-01-01']);
    expect(second.code).toBe(0);
    expect((await active()).found).toEqual(once.found);
    const { out } = await marquee(['data', 'report', '--json'], null);
    expect((JSON.parse(out) as { datasets: Printed[] }).datasets.map(({ name }) => name).sort()).toEqual(['posters', 'tmdb']); // prettier-ignore
  }, 60_000);
});
