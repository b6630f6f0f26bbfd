import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configSchema, loadConfig } from '../src/config.ts';
import { UsageError } from '../src/errors.ts';

/** What somebody may well write by mistake, a few for each setting. */
const MISTAKES: Record<string, unknown[]> = {
  host: ['', 127, null],
  port: ['3000', -1, 65_536, 3000.5, null],
  dataDir: ['', 7, null],
  publicUrl: ['films.example', 'ftp://films.example', 'https://films.example/marquee', 'https://', true],
  trustProxy: ['yes', 'nginx', '10.0.0.0/33', '10.0.0/8', '', -1, 1.5, null],
  databaseUrl: ['mysql://db/marquee', 'localhost:5432', '', true],
  sessionSecret: ['too short', '', 123456],
  logLevel: ['verbose', '', 3],
  chatModels: [
    {}, ['gpt-4o'], [{ id: 'a' }],
    [{ id: 'a b', label: 'A', provider: 'openai', model: 'm', json: 'object' }],
    [{ id: 'a', label: 'A', provider: 'anthropic', model: 'm', json: 'object' }],
    [{ id: 'a', label: 'A', provider: 'openai', model: 'm', json: 'yes' }],
    [{ id: 'a', label: 'A', provider: 'openai', model: 'm', json: 'object', baseUrl: 'file:///etc/passwd' }],
    [{ id: 'a', label: 'A', provider: 'openai', model: 'm', json: 'object', timeoutMs: 20 }],
    [{ id: 'a', label: 'A', provider: 'openai', model: 'm', json: 'object', concurrency: 0 }],
    [{ id: 'a', label: 'A', provider: 'openai', model: 'm', json: 'object', price: { input: -1, output: 0 } }],
    [{ id: 'a', label: 'A', provider: 'openai', model: 'm', json: 'object', api_key: 'k' }],
  ],
  roles: [[], { score: 5 }, { scorer: 'a' }, { judge: 'nobody' }],
  budget: [5, { userDailyCalls: -1 }, { siteDailyCalls: 1.5 }, { userDailyUsd: '1' }, { siteDailyUsd: -0.1 }, { daily: 1 }],
  logPrompts: ['no', 0, null],
  rateLimits: [
    false, { enabled: 'off' }, { pagesPerMinute: 0 }, { recommendationsPerMinute: -1 }, { apiPerMinute: '300' },
    { registrationsPerHour: 0.5 }, { loginAttempts: 0 }, { perMinute: 1 },
  ],
  tmdb: ['key', { apiKey: '' }, { baseUrl: 'api' }, { imageBaseUrl: 'ftp://x' }, { key: 'x' }],
}; // prettier-ignore

/** The same by environment variable, with the setting each of them means. */
const VARIABLES: [variable: string, wrong: string, setting: string][] = [
  ['PORT', 'ten', 'port'],
  ['PORT', '99999', 'port'],
  ['MARQUEE_PUBLIC_URL', 'films.example', 'publicUrl'],
  ['MARQUEE_TRUST_PROXY', 'nginx', 'trustProxy'],
  ['MARQUEE_LOG_LEVEL', 'loud', 'logLevel'],
  ['MARQUEE_SESSION_SECRET', 'short', 'sessionSecret'],
  ['MARQUEE_RATE_LIMITS', 'maybe', 'rateLimits.enabled'],
  ['DATABASE_URL', 'sqlite://x', 'databaseUrl'],
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'marquee-mistakes-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function problemOf(settings: unknown, environment: Record<string, string> = {}): string {
  writeFileSync(join(folder, 'config.json'), JSON.stringify(settings));
  try {
    loadConfig(environment, folder);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  return 'accepted';
}

const rows = Object.entries(MISTAKES).flatMap(([name, values]) =>
  values.map((value) => [name, JSON.stringify(value), value] as const),
);

describe('a wrong setting stops the start', () => {
  it('and every setting there is stands in this table', () => {
    expect(Object.keys(MISTAKES).sort()).toEqual(Object.keys(configSchema.shape).sort());
  });

  it.each(rows)('%s: %s, with one line that names it and the file', (name, _shown, value) => {
    const line = problemOf({ [name]: value });
    expect(line).not.toContain('\n');
    expect(line).toMatch(new RegExp(`^Setting "${name}[\\w.]*" \\(`));
    expect(line).toContain(join(folder, 'config.json'));
    expect(line.length).toBeLessThan(300);
  });

  it.each(VARIABLES)('%s=%s, with one line that names the variable', (variable, wrong, setting) => {
    const line = problemOf({}, { [variable]: wrong });
    expect(line.startsWith(`Setting "${setting}" (environment variable ${variable}): `)).toBe(true);
    expect(line).not.toContain('\n');
  });

  it('and a name nobody knows, with the name', () => {
    expect(problemOf({ chatmodels: [] })).toContain('Setting "chatmodels"');
  });
});

describe('a right setting is taken', () => {
  it.each([true, false, 1, '10.0.0.1', '10.0.0.0/8, loopback', 'fd00::/8', 'uniquelocal'])('trustProxy %j', (trustProxy) => {
    expect(problemOf({ trustProxy })).toBe('accepted');
  }); // prettier-ignore

  it('a public address with a slash at its end is the same address', () => {
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ publicUrl: 'https://films.example/' }));
    const config = loadConfig({}, folder);
    expect([config.publicUrl, config.isSecure]).toEqual(['https://films.example', true]);
  });
});
