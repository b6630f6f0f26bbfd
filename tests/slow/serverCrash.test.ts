import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/database.ts';
import { startScriptedProvider, type ScriptedProvider } from '../support/scriptedProvider.ts';
import { fillDataDirectory, Visitor } from '../support/site.ts';
import { smallCatalogue } from '../support/smallCatalogue.ts';
import { startServer, type ServerProcess } from './serverProcess.ts';

const PASSWORD = 'a long walk by the sea';

let folder: string;
let dataDir: string;
let running: ServerProcess | null = null;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marquee-server-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
let count = 0;
beforeEach(async () => {
  dataDir = join(folder, String(++count));
  await fillDataDirectory(dataDir);
});
afterEach(async () => {
  if (running?.child.exitCode === null) running.child.kill('SIGKILL');
  await running?.ended;
  running = null;
});

const start = async (environment: Record<string, string> = {}): Promise<ServerProcess> =>
  (running = await startServer(dataDir, environment));

async function personOf(url: string, name: string): Promise<string> {
  const visitor = new Visitor(url);
  expect((await visitor.post('/register', { name, password: PASSWORD })).status).toBe(303);
  return /mq_[\w-]+/.exec((await visitor.post('/profile/tokens', { name: 'storm' })).html)![0];
}

const put = (url: string, token: string, movieId: number, rating: number) =>
  fetch(`${url}/api/v1/ratings/${movieId}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ rating }),
  });

/** Another rating for a title each time its turn comes. */
const ratingOfTurn = (turn: number) =>
  0.5 + 0.5 * ((turn + Math.floor(turn / smallCatalogue().titles.length)) % 10);

/** Rates one title after the other, as fast as the server takes them, until it does not answer any more. */
async function storm(url: string, token: string, onAcknowledged: () => void): Promise<Map<number, number>> {
  const acknowledged = new Map<number, number>();
  const movieIds = smallCatalogue().titles.map(({ movieId }) => movieId);
  for (let turn = 0; ; turn++) {
    const movieId = movieIds[turn % movieIds.length]!;
    const rating = ratingOfTurn(turn);
    try {
      const response = await put(url, token, movieId, rating);
      if (response.status !== 200) continue;
      const kept = (await response.json()) as { rating: number };
      expect(kept.rating).toBe(rating);
      acknowledged.set(movieId, turn);
      onAcknowledged();
    } catch {
      return acknowledged;
    }
  }
}

describe('a server killed with -9 in a storm of ratings', () => {
  it.each([150, 400])('has every rating it acknowledged (after %d), and starts again by itself', async (enough) => {
    const { url, child, ended } = await start();
    const people = ['anna', 'berta', 'carla', 'dora'];
    const tokens = await Promise.all(people.map((name) => personOf(url, name)));
    let answered = 0;
    const storms = tokens.map((token) => storm(url, token, () => {
      if (++answered === enough) child.kill('SIGKILL');
    }));
    const acknowledged = await Promise.all(storms);
    await ended;
    const again = await start();
    expect((await fetch(`${again.url}/readyz`)).status).toBe(200);
    for (const [at, token] of tokens.entries())
      for (const [movieId, turn] of acknowledged[at]!) {
        const response = await fetch(`${again.url}/api/v1/ratings/${movieId}`, { headers: { authorization: `Bearer ${token}` } });
        const { rating } = (await response.json()) as { rating: number };
        // The write that was under way when the process died may have been kept too: it is the next turn of this title.
        expect([ratingOfTurn(turn), ratingOfTurn(turn + smallCatalogue().titles.length)]).toContain(rating);
      }
    expect(acknowledged.reduce((sum, { size }) => sum + size, 0)).toBeGreaterThanOrEqual(enough);
    again.child.kill('SIGTERM');
    expect(await again.ended).toBe(0);
  }); // prettier-ignore
});

describe('a server and the command line on one SQLite', () => {
  it('a second server is refused in one line, and the first goes on', async () => {
    const first = await start();
    const failure = await startServer(dataDir).then(() => 'it started', (error: Error) => error.message); // prettier-ignore
    expect(failure).toMatch(/ended with 2: marquee: Another server \(process \d+\) already uses the data directory/);
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  }); // prettier-ignore

  it('another process writes beside it, and neither loses anything', async () => {
    const { url } = await start();
    const token = await personOf(url, 'anna');
    const store = await openStore({ dataDir });
    const movieIds = smallCatalogue().titles.slice(0, 60).map(({ movieId }) => movieId); // prettier-ignore
    const raise = () => store.settings.update<number>('counter', (value) => (value ?? 0) + 1);
    await Promise.all([
      (async () => {
        for (const movieId of movieIds) expect((await put(url, token, movieId, 4)).status).toBe(200);
      })(),
      ...movieIds.map(raise),
    ]);
    expect(await store.settings.get('counter')).toBe(movieIds.length);
    const { userId } = (await store.users.findByName('anna'))!;
    expect(await store.ratings.list(userId)).toHaveLength(movieIds.length);
    await store.close();
  });
});

describe('a full disk', () => {
  it('refuses ratings with 503, keeps what it had, goes on reading, and takes ratings again once there is room', async ({ skip }) => {
    const small = join(folder, 'small-disk');
    await mkdir(small);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', small], { stdio: 'ignore' });
    } catch {
      return skip('a small disk cannot be mounted here');
    }
    try {
      dataDir = small;
      await fillDataDirectory(small);
      const { url } = await start();
      const token = await personOf(url, 'anna');
      const [first, ...others] = smallCatalogue().titles.map(({ movieId }) => movieId);
      expect((await put(url, token, first!, 4.5)).status).toBe(200);
      const filler = join(small, 'filler');
      execFileSync('sh', ['-c', `cat /dev/zero > '${filler}' 2>/dev/null || true`]);
      const statuses = [];
      const kept: number[] = [];
      for (const movieId of others) {
        const { status } = await put(url, token, movieId, 3);
        statuses.push(status);
        if (status === 200) kept.push(movieId);
        if (status !== 200 && statuses.length > 20) break;
      }
      expect(new Set(statuses)).toEqual(new Set(kept.length > 0 ? [200, 503] : [503]));
      expect((await fetch(`${url}/`)).status).toBe(200);
      expect((await fetch(`${url}/api/v1/search?q=heat`)).status).toBe(200);
      await rm(filler);
      expect((await put(url, token, others.at(-1)!, 5)).status).toBe(200);
      const read = async (movieId: number) =>
        ((await (await fetch(`${url}/api/v1/ratings/${movieId}`, { headers: { authorization: `Bearer ${token}` } })).json()) as { rating: number }).rating;
      expect(await read(first!)).toBe(4.5);
      for (const movieId of kept) expect(await read(movieId)).toBe(3);
    } finally {
      running?.child.kill('SIGKILL');
      await running?.ended;
      execFileSync('umount', [small], { stdio: 'ignore' });
    }
  }); // prettier-ignore
});

describe('a list in the making when the server stops', () => {
  let provider: ScriptedProvider;
  afterEach(() => provider.close());

  async function startWithModel(options: Parameters<typeof startScriptedProvider>[0]): Promise<ServerProcess> {
    provider = await startScriptedProvider(options);
    const model = { id: 's', label: 'S', provider: 'openai', model: 's', baseUrl: provider.url, json: 'object', local: true, timeoutMs: 15_000 }; // prettier-ignore
    await writeFile(join(folder, 'config.json'), JSON.stringify({ chatModels: [model] }));
    return start({ MARQUEE_CONFIG: join(folder, 'config.json') });
  } // prettier-ignore
  const ask = { prompt: 'quiet films about grief', k: '4', importance: '30', chatModel: 's', live: '1' };

  it('by SIGTERM is ended with what there is: its stream says "done", open requests are answered, exit code 0', async () => {
    const { url, child, ended } = await startWithModel({ fault: 'hang' });
    const visitor = new Visitor(url);
    const { location } = await visitor.post('/recommendations', ask);
    const stream = await visitor.fetch(`${location}/events`);
    const open = Array.from({ length: 5 }, () => fetch(`${url}/api/v1/recommendations`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ prompt: 'a heist', chatModel: 's', k: 2 }) })); // prettier-ignore
    // A request that was not yet taken when the server closes its door is refused, and rightly.
    const store = await openStore({ dataDir });
    const taken = async () => (await store.database.select('SELECT "runId" FROM "runs"')).length;
    await expect.poll(taken, { timeout: 20_000 }).toBe(1 + open.length);
    await store.close();
    const stoppedAt = performance.now();
    child.kill('SIGTERM');
    expect(await stream.text()).toMatch(/event: done\n/);
    for (const answer of await Promise.all(open)) {
      expect(answer.status).toBe(200);
      expect(((await answer.json()) as { items: unknown[] }).items).toHaveLength(2);
    }
    expect(await ended).toBe(0);
    // Well before connections that clients keep open are cut by force (8 s), and before the model's deadline (15 s).
    expect(performance.now() - stoppedAt).toBeLessThan(7000);
  });

  it('by kill -9 is made again when its owner looks at it after the restart', async () => {
    const first = await startWithModel({ delayMs: 3000 });
    const visitor = new Visitor(first.url);
    const { location } = await visitor.post('/recommendations', ask);
    const path = new URL(location, first.url).pathname;
    await new Promise((done) => setTimeout(done, 500));
    first.child.kill('SIGKILL');
    await first.ended;
    const { port } = new URL(first.url);
    await start({ MARQUEE_CONFIG: join(folder, 'config.json'), PORT: port });
    expect((await new Visitor(first.url).page(path)).status).toBe(404);
    const stream = await visitor.fetch(`${path}/events`);
    expect(await stream.text()).toMatch(/event: done\n/);
    const { html } = await visitor.page(path);
    expect(html).toContain('data-state="done"');
    expect(html.match(/href="\/titles\/\d+/g)!.length).toBeGreaterThanOrEqual(4);
  });
});
