import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import autocannon from 'autocannon';
import type { LoadPlan, LoadRequest, LoadResult } from './openLoop.ts';
import { benchPages } from './pages.ts';

/**
 * `npm run bench [-- --data-dir DIR --seconds 10 --rate 200 --only search --throughput]`: starts a real server on the
 * starter (or on a data directory that is already filled), asks it for pages at a fixed rate, requests coming as people
 * do (openLoop.ts), and prints latencies; then recommender scoring at full size. `--throughput` adds autocannon at full
 * speed. (autocannon's own fixed rate is not used: it sends the requests of a second in bursts.)
 */
const root = resolve(import.meta.dirname, '../..');
const flag = (name: string, usual: string): string => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? usual : (process.argv[at + 1] ?? usual);
};
const seconds = Number(flag('seconds', '10'));
const perSecond = Number(flag('rate', '200'));
const only = flag('only', '');
const WARM_UP_SECONDS = 3;

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

/** The generator is a process of its own, so that its work does not delay its clock. */
async function load(plan: LoadPlan): Promise<LoadResult> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'openLoop.ts')], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(plan));
  let text = '';
  for await (const chunk of child.stdout) text += String(chunk);
  return JSON.parse(text) as LoadResult;
}

async function fullSpeed(url: string, requests: LoadRequest[]): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const result = await autocannon({
    url,
    connections: 10,
    duration: seconds,
    requests: requests.slice(0, 3000).map((one) => ({ ...one, method: one.method ?? 'GET', headers })),
  });
  return result.requests.average;
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
console.log(`pages at ${perSecond} requests/s for ${seconds} s each (ms from when a request was due)`);
for (const { title, requests } of await benchPages(server.url)) {
  if (!title.includes(only)) continue;
  const plan: LoadPlan = { url: server.url, perSecond, seconds, spacing: 'poisson', requests };
  // The first requests compile; what is measured is a server that has been running, on requests it has not seen.
  await load({ ...plan, seconds: WARM_UP_SECONDS, requests: requests.toReversed() });
  const { p50, p95, p99, max, perSecond: reached, failed } = await load(plan);
  const numbers = { p50, p95, p99, max };
  const told = Object.entries(numbers).map(([name, ms]) => `${name} ${ms.toFixed(1)}`);
  console.log(`  ${title.padEnd(42)} ${told.join('  ')}  ${reached.toFixed(0)}/s  failed ${failed}`);
  if (process.argv.includes('--throughput'))
    console.log(`  ${''.padEnd(42)} ${(await fullSpeed(server.url, requests)).toFixed(0)}/s at full speed`);
}
server.stop();
const { benchServe } = await import('../../training/bench/benchServe.ts');
console.log(`scoring at full size: ${JSON.stringify(benchServe())}`);
if (isOurs) await rm(dataDir, { recursive: true, force: true });
