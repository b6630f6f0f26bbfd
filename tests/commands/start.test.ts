import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillDataDirectory } from '../support/site.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** Node that says it is another version, before anything of ours is loaded. */
const pretend = (version: string) =>
  `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`;

let dataDir: string;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'marquee-start-'));
  await fillDataDirectory(dataDir);
});
afterAll(() => rmSync(dataDir, { recursive: true }));

const node = (parameters: string[], environment: Record<string, string> = {}) =>
  spawnSync(process.execPath, parameters, {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 15_000,
    env: { ...process.env, MARQUEE_DATA_DIR: dataDir, PORT: '0', MARQUEE_LOG_LEVEL: 'error', ...environment },
  });

describe('a start that cannot be', () => {
  it.each([
    ['npm start', ['--import', 'tsx', 'src/main.ts']],
    ['marquee', ['src/cli.mjs', '--help']],
  ])('on a Node that is too old: %s says so in one line and ends with 2', (_name, parameters) => {
    for (const version of ['18.20.4', '20.18.1']) {
      const { status, stdout, stderr } = node(['--import', pretend(version), ...parameters]);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toBe(`marquee: Node ${version} is too old: Marquee needs Node 20.19 or newer\n`);
    }
    expect(node(['--import', pretend('22.0.0'), 'src/cli.mjs', '--help']).status).toBe(0);
  });

  it.each(['203.0.113.77', 'no-such-host.invalid'])('on the address %s of another machine: one line and 2', (host) => {
    const { status, stderr } = node(['--import', 'tsx', 'src/main.ts'], { HOST: host });
    expect(stderr).toBe(`marquee: Setting "host": ${host} is not an address of this machine\n`);
    expect(status).toBe(2);
  }); // prettier-ignore
});
