import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import autocannon from 'autocannon';

/**
 * `npm run bench [-- --data-dir DIR --seconds 10 --rate 200]`: starts a real server on the starter (or on a data directory
 * that is already filled), asks it for pages at a fixed rate, and prints latencies; then recommender scoring at full size.
 */
const root = resolve(import.meta.dirname, '../..');
const flag = (name: string, usual: string): string => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? usual : (process.argv[at + 1] ?? usual);
};
const seconds = Number(flag('seconds', '10'));
const rate = Number(flag('rate', '200'));

const PAGES = [
  { title: 'GET /', request: { path: '/' } },
  { title: 'GET /lite', request: { path: '/lite' } },
  { title: 'GET /search?q=slow burn', request: { path: '/search?q=slow%20burn' } },
  { title: 'GET /titles/1214', request: { path: '/titles/1214' } },
  json('POST /api/v1/lite', '/api/v1/lite', { tags: [{ name: 'heist' }, { name: 'space', weight: -1 }], ratings: [{ movieId: 6, rating: 5 }] }),
  json('POST /api/v1/recommendations', '/api/v1/recommendations', { prompt: 'I loved Alien and Heat, something tense with a slow burn', chatModel: 'none' }),
]; // prettier-ignore

function json(title: string, path: string, body: object) {
  const headers = { 'content-type': 'application/json' };
  return { title, request: { path, method: 'POST' as const, headers, body: JSON.stringify(body) } };
}

async function startServer(dataDir: string): Promise<{ url: string; stop(): void; readyMs: number }> {
  const started = performance.now();
  const child = spawn(process.execPath, ['src/cli.mjs', 'serve', '--json', '--data-dir', dataDir], {
    cwd: root,
    env: { ...process.env, PORT: '0', MARQUEE_RATE_LIMITS: 'off', MARQUEE_LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const chunk of child.stdout) {
    const { url } = JSON.parse(String(chunk)) as { url: string };
    return {
      url: url.replace('localhost', '127.0.0.1'),
      stop: () => child.kill(),
      readyMs: performance.now() - started,
    };
  }
  throw new Error('the server ended before it was ready');
}

const dataDir = flag('data-dir', '') || (await mkdtemp(join(tmpdir(), 'marquee-bench-')));
const isOurs = flag('data-dir', '') === '';
console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`);
const first = await startServer(dataDir);
first.stop();
const server = await startServer(dataDir);
console.log(
  `start: first ${(first.readyMs / 1000).toFixed(1)} s, again ${(server.readyMs / 1000).toFixed(2)} s`,
);
console.log(`pages at ${rate} requests/s for ${seconds} s each (ms)`);
for (const { title, request } of PAGES) {
  // The first requests compile; what is measured is a server that has been running.
  await autocannon({ url: server.url, connections: 10, duration: 2, requests: [request] });
  const result = await autocannon({
    url: server.url,
    connections: 20,
    duration: seconds,
    overallRate: rate,
    requests: [request],
  });
  const { p50, p97_5: p97, p99, max } = result.latency;
  const failures = result.non2xx + result.errors;
  console.log(
    `  ${title.padEnd(34)} p50 ${p50}  p97.5 ${p97}  p99 ${p99}  max ${max}  ${result.requests.average.toFixed(0)}/s  failed ${failures}`,
  );
}
server.stop();
const { benchServe } = await import('../../training/bench/benchServe.ts');
console.log(`scoring at full size: ${JSON.stringify(benchServe())}`);
if (isOurs) await rm(dataDir, { recursive: true, force: true });
