import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fillDataDirectory } from '../support/site.ts';

// Every test here starts processes; on a busy machine each takes seconds to begin, which says nothing about its promise.
vi.setConfig({ testTimeout: 60_000 });

const CLI = resolve(import.meta.dirname, '../../src/cli.mjs');
let dataDir: string;
let elsewhere: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'marquee-cli-'));
  elsewhere = await mkdtemp(join(tmpdir(), 'marquee-elsewhere-'));
  await fillDataDirectory(dataDir);
});
afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
  await rm(elsewhere, { recursive: true, force: true });
});

interface Outcome {
  code: number | null;
  out: string;
  err: string;
}

/** The command as a person runs it, from a folder that is not the project's. */
function marquee(
  parameters: string[],
  options: { input?: string; environment?: Record<string, string>; until?: RegExp } = {},
): Promise<Outcome> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [CLI, ...parameters], {
      cwd: elsewhere,
      env: { ...process.env, MARQUEE_DATA_DIR: dataDir, MARQUEE_LOG_LEVEL: 'error', ...options.environment },
    });
    const outcome: Outcome = { code: null, out: '', err: '' };
    let isStopped = false;
    child.stdout.on('data', (chunk) => {
      outcome.out += String(chunk);
      if (!options.until?.test(outcome.out) || isStopped) return;
      isStopped = true;
      child.kill('SIGTERM');
    });
    child.stderr.on('data', (chunk) => (outcome.err += String(chunk)));
    child.on('close', (code) => done({ ...outcome, code }));
    child.stdin.end(options.input ?? '');
  });
}

describe('marquee', () => {
  it('every verb has --help', async () => {
    const { out, code } = await marquee(['--help']);
    expect(code).toBe(0);
    for (const verb of ['serve', 'setup', 'data', 'train', 'recommend', 'models', 'evaluate', 'user'])
      expect(out).toMatch(new RegExp(`^  ${verb}`, 'm'));
  });

  it.each([
    'recommend',
    'nonsense',
    'serch',
    'train --nope',
    'setup',
    'recommend --prompt x --k ten',
    'user promote nobody',
  ])('wrong usage is exit code 2 and one line: %s', async (line) => {
    const { code, out, err } = await marquee(line.split(' '));
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^marquee: .+\n$/);
  });
});

describe('recommend', () => {
  it('--prompt prints a list; with --json one document on stdout', async () => {
    const { out, code } = await marquee([
      'recommend',
      '--prompt',
      'I loved Alien, something in space',
      '--json',
    ]);
    expect(code).toBe(0);
    const answer = JSON.parse(out) as { items: unknown[]; understood: { opinions: unknown[] } };
    expect(answer.items).toHaveLength(10);
    expect(answer.understood.opinions).toHaveLength(1);
  });

  it('--batch answers a line a request in the same order, goes on after a bad line, and ends with 2', async () => {
    const input = join(elsewhere, 'in.jsonl');
    const output = join(elsewhere, 'out.jsonl');
    await writeFile(
      input,
      [
        '{"id":"a","prompt":"space","k":3}',
        '{"id":"b","k":0}',
        'not json',
        '{"id":"c","ratings":[{"title":"Heat","rating":5}],"k":2}',
      ].join('\n'),
    );
    const { code } = await marquee(['recommend', '--batch', input, '--out', output]);
    expect(code).toBe(2);
    const lines = (await readFile(output, 'utf8'))
      .trim()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as {
            id: unknown;
            items?: unknown[];
            line?: number;
            error?: { status: number; code: string };
          },
      );
    expect(lines.map(({ id }) => id)).toEqual(['a', 'b', null, 'c']);
    expect(lines[0]!.items).toHaveLength(3);
    expect(lines[1]).toMatchObject({ line: 2, error: { status: 400, code: 'bad_input' } });
    expect(lines[2]).toMatchObject({ line: 3, error: { status: 400 } });
    expect(lines[3]!.items).toHaveLength(2);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    '--batch stopped by %s ends with 130 and leaves no file',
    async (signal) => {
      const folder = await mkdtemp(join(elsewhere, 'stopped-'));
      const input = join(folder, 'many.jsonl');
      await writeFile(input, '{"prompt":"space","k":100}\n'.repeat(20_000));
      const child = spawn(
        process.execPath,
        [CLI, 'recommend', '--batch', input, '--out', join(folder, 'out.jsonl')],
        {
          env: { ...process.env, MARQUEE_DATA_DIR: dataDir },
        },
      );
      await expect.poll(async () => (await readdir(folder)).length, { timeout: 30_000 }).toBe(2);
      child.kill(signal);
      expect(await new Promise((done) => child.once('close', done))).toBe(130);
      expect(await readdir(folder)).toEqual(['many.jsonl']);
    },
  );
});

describe('user', () => {
  it('creates, promotes, resets by a one-time link, and deletes', async () => {
    const created = await marquee(['user', 'create', 'ripley', '--json'], {
      input: 'in space no one hears\n',
    });
    expect(created).toMatchObject({ code: 0 });
    expect(JSON.parse(created.out)).toMatchObject({ name: 'ripley' });
    expect((await marquee(['user', 'create', 'Ripley'], { input: 'in space no one hears\n' })).code).toBe(2);
    expect(JSON.parse((await marquee(['user', 'promote', 'RIPLEY', '--json'])).out)).toMatchObject({
      role: 'admin',
    });
    const { out } = await marquee(['user', 'reset-password', 'ripley']);
    expect(out).toMatch(/^http:\/\/localhost:3000\/reset-password\/\S{20,}\n$/);
    expect((await marquee(['user', 'delete', 'ripley'])).code).toBe(0);
    expect((await marquee(['user', 'delete', 'ripley'])).code).toBe(2);
  });
});

describe('serve', () => {
  it('starts quickly, says its address, and stops cleanly on SIGTERM', async () => {
    const { code, out } = await marquee(['serve'], { environment: { PORT: '0' }, until: /Ready in/ });
    expect(out).toMatch(/Ready in [\d.]+ s: http:\/\/localhost:\d+/);
    expect(code).toBe(0);
  });

  it('a port in use is one line and exit code 2', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => taken.once('listening', done));
    const { port } = taken.address() as AddressInfo;
    const environment = { PORT: String(port), MARQUEE_LOG_LEVEL: 'info' };
    const { code, out, err } = await marquee(['serve'], { environment });
    taken.close();
    expect(code).toBe(2);
    expect(err).toMatch(new RegExp(`^marquee: Port ${port} is in use .*\n$`));
    // Nothing was loaded, migrated or set up for an address that cannot be had.
    expect(out).toBe('');
  });

  it('a second server on one SQLite directory is refused', async () => {
    await writeFile(join(dataDir, 'server.lock'), String(process.pid));
    const { code, err } = await marquee(['serve'], { environment: { PORT: '0' } });
    await rm(join(dataDir, 'server.lock'));
    expect(code).toBe(2);
    expect(err).toContain('Another server');
  });

  it('a data directory that cannot be written, and a wrong setting, are one line each', async () => {
    const file = join(elsewhere, 'a-file');
    await writeFile(file, '');
    const noFolder = await marquee(['serve'], { environment: { MARQUEE_DATA_DIR: join(file, 'var') } });
    expect(noFolder.code).toBe(2);
    expect(noFolder.err).toContain('cannot be written');
    // Below /proc a folder that is there says ENOENT to a new one: this never ended once.
    const nowhere = await marquee(['serve'], { environment: { MARQUEE_DATA_DIR: '/proc/x' } });
    expect(nowhere.code).toBe(2);
    expect(nowhere.err).toMatch(/^marquee: Data directory \/proc\/x cannot be written: .*\n$/);
    const wrong = await marquee(['serve'], { environment: { PORT: 'ten' } });
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('"port"');
    expect(wrong.err).toContain('PORT');
  });
});
