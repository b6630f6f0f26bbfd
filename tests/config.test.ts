import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configSchema, loadConfig } from '../src/config.ts';
import { UsageError } from '../src/errors.ts';
import { createChatModels } from '../src/llm/registry.ts';

const root = resolve(import.meta.dirname, '..');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'marquee-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const withFile = (settings: unknown) =>
  writeFileSync(
    join(folder, 'config.json'),
    typeof settings === 'string' ? settings : JSON.stringify(settings),
  );

function problemOf(environment: Record<string, string> = {}): string {
  try {
    loadConfig(environment, folder);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  throw new Error('the settings should have been refused');
}

describe('loadConfig', () => {
  it('needs neither file nor environment', () => {
    const config = loadConfig({}, folder);
    expect([config.host, config.port, config.chatModels, config.isSecure]).toEqual([
      '127.0.0.1',
      3000,
      [],
      false,
    ]);
    expect(config.dataDir).toBe(join(folder, 'var'));
    expect(config.budget).toEqual({
      userDailyCalls: 400,
      siteDailyCalls: 20_000,
      userDailyUsd: 0.5,
      siteDailyUsd: 20,
    });
  });

  it('lets the environment win over the file, and the file over the defaults', () => {
    withFile({ port: 4000, host: '0.0.0.0', rateLimits: { apiPerMinute: 7 } });
    const config = loadConfig({ PORT: '5000', MARQUEE_RATE_LIMITS: 'off' }, folder);
    expect([config.port, config.host]).toEqual([5000, '0.0.0.0']);
    expect([config.rateLimits.enabled, config.rateLimits.apiPerMinute]).toEqual([false, 7]);
  });

  it('says in one line which setting is wrong, where it came from and why', () => {
    const told = problemOf({ PORT: '70000' });
    expect(told).toMatch(/^Setting "port" \(environment variable PORT\): .*65535/);
    expect(told).not.toContain('\n');
    withFile({ prot: 1 });
    expect(problemOf()).toContain('Setting "prot"');
    expect(problemOf()).toContain(join(folder, 'config.json'));
    withFile({ budget: { userDailyCals: 1 } });
    expect(problemOf()).toContain('"budget.userDailyCals"');
    withFile({ sessionSecret: 'short' });
    expect(problemOf()).toContain('at least 32 characters');
  });

  it('names the variable when OPENAI_BASE_URL is no address', () => {
    expect(problemOf({ OPENAI_API_KEY: 'sk-x', OPENAI_BASE_URL: 'nowhere' })).toContain(
      'environment variable OPENAI_BASE_URL',
    );
  });

  it('refuses a file that is no JSON object, and a named file that is not there', () => {
    withFile('{"port": ');
    expect(problemOf()).toContain('config.json cannot be read');
    withFile('[1]');
    expect(problemOf()).toContain('it must hold one object');
    expect(problemOf({ MARQUEE_CONFIG: 'other.json' })).toContain('other.json, which does not exist');
  });

  it('refuses a number where a group of settings belongs, whatever the environment adds', () => {
    withFile({ rateLimits: 5 });
    expect(problemOf({ MARQUEE_RATE_LIMITS: 'off' })).toContain('"rateLimits"');
  });

  it('makes one chat model of OPENAI_API_KEY, unless the file defines some', () => {
    const environment = {
      OPENAI_API_KEY: 'sk-x',
      OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
      OPENAI_MODEL: 'tiny',
    };
    expect(loadConfig(environment, folder).chatModels).toEqual([
      { id: 'openai', label: 'tiny', provider: 'openai', model: 'tiny', json: 'schema', apiKey: 'sk-x', recommended: true, baseUrl: 'http://127.0.0.1:9/v1' },
    ]); // prettier-ignore
    withFile({
      chatModels: [
        { id: 'a', label: 'A', provider: 'openai', model: 'a', json: 'text', apiKeyEnv: 'OPENAI_API_KEY' },
      ],
    });
    const [only, ...others] = loadConfig(environment, folder).chatModels;
    expect([only?.id, only?.apiKey, others.length]).toEqual(['a', 'sk-x', 0]);
  });

  it('a local model costs nothing per token unless a price says otherwise; the price of another is not guessed', () => {
    const model = { label: 'A', provider: 'openai', model: 'a', json: 'text' };
    const price = { input: 1, output: 2 };
    withFile({
      chatModels: [
        { ...model, id: 'here', local: true },
        { ...model, id: 'leased', local: true, price },
        { ...model, id: 'away' },
      ],
    });
    const prices = loadConfig({}, folder).chatModels.map((one) => one.price);
    expect(prices).toEqual([{ input: 0, output: 0 }, price, undefined]);
  });

  it('refuses a role without its model, one id twice, and the id none', () => {
    withFile({ roles: { score: 'gone' } });
    expect(problemOf()).toContain('there is no chat model "gone"');
    const model = { id: 'a', label: 'A', provider: 'openai', model: 'a', json: 'text' };
    withFile({ chatModels: [model, model] });
    expect(problemOf()).toContain('stands twice');
    withFile({ chatModels: [{ ...model, id: 'none' }] });
    expect(problemOf()).toContain('reserved');
  });
});

describe('config.example.json', () => {
  const text = readFileSync(join(root, 'config.example.json'), 'utf8');

  it('is accepted as it stands and changes nothing but the chat models', () => {
    withFile(text);
    const { chatModels, ...others } = loadConfig({}, folder);
    const { chatModels: none, ...defaults } = (rmSync(join(folder, 'config.json')), loadConfig({}, folder));
    expect(others).toEqual(defaults);
    expect(none).toEqual([]);
    expect(chatModels.map(({ id }) => id)).toEqual([
      'gpt-4o', 'gpt-3.5-turbo', 'mistral-7b', 'mixtral-8x7b', 'claude', 'databricks', 'ollama',
    ]); // prettier-ignore
  });

  it('explains every setting there is, and none that there is not', () => {
    expect(remarksIn(JSON.parse(text) as Record<string, unknown>)).toEqual(
      settingsOf(configSchema.shape).sort(),
    );
  });

  it('offers, with one key in the environment, what that key opens and what needs none', () => {
    withFile(text);
    const config = loadConfig({ OPENAI_API_KEY: 'sk-x' }, folder);
    expect(createChatModels(config.chatModels, config.roles).list().map(({ id }) => id)).toEqual([
      'gpt-4o', 'gpt-3.5-turbo', 'ollama',
    ]); // prettier-ignore
  });
});

/** Dotted names of the settings with a remark. */
function remarksIn(settings: Record<string, unknown>, prefix = ''): string[] {
  return Object.entries(settings)
    .flatMap(([key, value]) => {
      if (key === '//' || key.endsWith('[]')) return [];
      if (key.startsWith('// ')) return [prefix + key.slice(3)];
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? remarksIn(value as Record<string, unknown>, `${key}.`)
        : [];
    })
    .sort();
}

interface Shaped {
  shape?: Record<string, Shaped>;
  def?: { innerType?: Shaped };
}

function settingsOf(shape: Record<string, unknown>, prefix = ''): string[] {
  return Object.entries(shape).flatMap(([key, field]) => {
    let inner = field as Shaped;
    while (inner.def?.innerType) inner = inner.def.innerType;
    return [prefix + key, ...(inner.shape ? settingsOf(inner.shape, `${key}.`) : [])];
  });
}
