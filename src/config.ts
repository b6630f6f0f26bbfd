import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { UsageError } from './errors.ts';

const chatModel = z.strictObject({
  id: z.string().regex(/^[\w.:-]{1,60}$/, 'letters, digits and . _ : - only'),
  label: z.string().min(1).max(80),
  provider: z.enum(['openai', 'huggingface']),
  model: z.string().min(1),
  baseUrl: z.url({ protocol: /^https?$/ }).optional(),
  apiKey: z.string().min(1).optional(),
  apiKeyEnv: z.string().min(1).optional(),
  json: z.enum(['schema', 'object', 'text']),
  price: z.strictObject({ input: z.number().min(0), output: z.number().min(0) }).optional(),
  concurrency: z.int().min(1).max(64).optional(),
  timeoutMs: z.int().min(500).max(300_000).optional(),
  local: z.boolean().optional(),
  style: z.enum(['standard', 'classic']).optional(),
  recommended: z.boolean().optional(),
});

const perMinute = z.int().min(1);

/** The site lives at the root of its host; a slash at the end is no path. */
const origin = z
  .url({ protocol: /^https?$/ })
  .refine((url) => /^[^/]+\/\/[^/]+\/?$/.test(url), 'scheme and host only, such as https://films.example')
  .transform((url) => new URL(url).origin);

const TRUST_PROXY =
  'true, false, how many proxies there are, or their addresses (10.0.0.1, 10.0.0.0/8, loopback)';
const NAMED_NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];
const proxies = z
  .string()
  .refine((text) => text.split(',').every((one) => isNetwork(one.trim())), TRUST_PROXY);

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  if (bits === undefined) return longest > 0 || NAMED_NETWORKS.includes(text);
  return more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= longest;
}

/** Every setting with its default and bounds. */
export const configSchema = z.strictObject({
  host: z.string().min(1).default('127.0.0.1'),
  port: z.int().min(0).max(65_535).default(3000),
  dataDir: z.string().min(1).default('var'),
  publicUrl: origin.optional(),
  trustProxy: z.union([z.boolean(), z.int().min(0), proxies], TRUST_PROXY).default(false),
  databaseUrl: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  sessionSecret: z.string().min(32, 'at least 32 characters').optional(),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  chatModels: z.array(chatModel).default([]),
  roles: z
    .strictObject({
      understand: z.string().optional(),
      score: z.string().optional(),
      answer: z.string().optional(),
      judge: z.string().optional(),
    })
    .default({}),
  budget: z
    .strictObject({
      userDailyCalls: z.int().min(0).default(400),
      siteDailyCalls: z.int().min(0).default(20_000),
      userDailyUsd: z.number().min(0).default(0.5),
      siteDailyUsd: z.number().min(0).default(20),
    })
    .prefault({}),
  logPrompts: z.boolean().default(false),
  rateLimits: z
    .strictObject({
      enabled: z.boolean().default(true),
      pagesPerMinute: perMinute.default(600),
      recommendationsPerMinute: perMinute.default(30),
      apiPerMinute: perMinute.default(300),
      registrationsPerHour: perMinute.default(20),
      loginAttempts: perMinute.default(5),
    })
    .prefault({}),
  tmdb: z
    .strictObject({
      apiKey: z.string().min(1).optional(),
      baseUrl: z.url({ protocol: /^https?$/ }).optional(),
      imageBaseUrl: z.url({ protocol: /^https?$/ }).optional(),
    })
    .prefault({}),
});

export type ChatModelConfig = z.infer<typeof chatModel>;
export type Config = z.infer<typeof configSchema> & {
  /** True on an https address: secure cookies and HSTS. */
  isSecure: boolean;
};

/** Environment variables that override the file, and where they go. */
const ENVIRONMENT: Record<string, { path: string[]; kind: 'text' | 'number' | 'boolean' }> = {
  HOST: { path: ['host'], kind: 'text' },
  PORT: { path: ['port'], kind: 'number' },
  MARQUEE_DATA_DIR: { path: ['dataDir'], kind: 'text' },
  MARQUEE_PUBLIC_URL: { path: ['publicUrl'], kind: 'text' },
  MARQUEE_TRUST_PROXY: { path: ['trustProxy'], kind: 'boolean' },
  MARQUEE_LOG_LEVEL: { path: ['logLevel'], kind: 'text' },
  MARQUEE_SESSION_SECRET: { path: ['sessionSecret'], kind: 'text' },
  MARQUEE_RATE_LIMITS: { path: ['rateLimits', 'enabled'], kind: 'boolean' },
  DATABASE_URL: { path: ['databaseUrl'], kind: 'text' },
  TMDB_API_KEY: { path: ['tmdb', 'apiKey'], kind: 'text' },
};

export type Environment = Record<string, string | undefined>;

/**
 * Settings: defaults, then the file named by MARQUEE_CONFIG (`./config.json`, may be absent), then the environment.
 * @throws UsageError with one line that names the setting, where it came from and what is wrong.
 */
export function loadConfig(environment: Environment = process.env, folder: string = process.cwd()): Config {
  const { settings, file } = readFile(environment, folder);
  const cameFrom = new Map<string, string>();
  for (const [name, { path, kind }] of Object.entries(ENVIRONMENT)) {
    const text = environment[name];
    if (text === undefined || text === '') continue;
    put(settings, path, kind === 'text' ? text : parseScalar(text));
    cameFrom.set(path.join('.'), `environment variable ${name}`);
  }
  if (addOpenAiFromEnvironment(settings, environment))
    cameFrom.set('chatModels.0.baseUrl', 'environment variable OPENAI_BASE_URL');
  const parsed = configSchema.safeParse(settings);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const field = issue.path.join('.');
    const unknown =
      issue.code === 'unrecognized_keys' ? [field, issue.keys.join(', ')].filter(Boolean).join('.') : field;
    throw new UsageError(`Setting "${unknown}" (${cameFrom.get(field) ?? file}): ${issue.message}`);
  }
  checkReferences(parsed.data, file);
  const config = parsed.data;
  return {
    ...config,
    dataDir: resolve(folder, config.dataDir),
    isSecure: config.publicUrl?.startsWith('https:') ?? false,
    chatModels: config.chatModels.map((model) => withPrice(withKey(model, environment))),
  };
}

function readFile(
  environment: Environment,
  folder: string,
): { settings: Record<string, unknown>; file: string } {
  const named = environment['MARQUEE_CONFIG'];
  const path = resolve(folder, named ? named : 'config.json');
  if (!existsSync(path)) {
    if (named) throw new UsageError(`MARQUEE_CONFIG names ${path}, which does not exist`);
    return { settings: {}, file: 'default' };
  }
  try {
    const settings: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof settings !== 'object' || settings === null || Array.isArray(settings))
      throw new Error('it must hold one object');
    return { settings: withoutComments(settings as Record<string, unknown>), file: path };
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`);
  }
}

/** Keys that start with `//` are remarks: config.example.json explains every setting with them. */
function withoutComments(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.startsWith('//'))
      .map(([key, inner]) => [key, stripInner(inner)]),
  );
}

function stripInner(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stripInner);
  return typeof value === 'object' && value !== null
    ? withoutComments(value as Record<string, unknown>)
    : value;
}

function parseScalar(text: string): unknown {
  if (['true', 'on', 'yes'].includes(text)) return true;
  if (['false', 'off', 'no'].includes(text)) return false;
  return /^-?\d+\.?\d*$/.test(text) ? Number(text) : text;
}

function put(target: Record<string, unknown>, path: string[], value: unknown): void {
  let place = target;
  for (const key of path.slice(0, -1)) {
    const inner = (place[key] ??= {});
    // Not an object: the schema will say so, with the file's name.
    if (typeof inner !== 'object' || inner === null) return;
    place = inner as Record<string, unknown>;
  }
  place[path.at(-1)!] = value;
}

/** With OPENAI_API_KEY alone (and OPENAI_BASE_URL, OPENAI_MODEL if set) one model is defined. */
function addOpenAiFromEnvironment(settings: Record<string, unknown>, environment: Environment): boolean {
  const key = environment['OPENAI_API_KEY'];
  const models = (settings['chatModels'] ?? []) as unknown[];
  if (!key || !Array.isArray(models) || models.length > 0) return false;
  const model = environment['OPENAI_MODEL'] ?? 'gpt-4o';
  const baseUrl = environment['OPENAI_BASE_URL'];
  settings['chatModels'] = [
    {
      id: 'openai',
      label: model,
      provider: 'openai',
      model,
      json: 'schema',
      apiKey: key,
      recommended: true,
      ...(baseUrl ? { baseUrl } : {}),
    },
  ];
  return true;
}

function withKey(model: ChatModelConfig, environment: Environment): ChatModelConfig {
  const fromEnvironment = model.apiKeyEnv ? environment[model.apiKeyEnv] : undefined;
  return fromEnvironment && !model.apiKey ? { ...model, apiKey: fromEnvironment } : model;
}

/** A model on machines of whoever runs the site costs nothing per token, unless a price says otherwise. */
const withPrice = (model: ChatModelConfig): ChatModelConfig =>
  model.local ? { price: { input: 0, output: 0 }, ...model } : model;

function checkReferences(config: z.infer<typeof configSchema>, file: string): void {
  const ids = config.chatModels.map((model) => model.id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice) throw new UsageError(`Setting "chatModels" (${file}): the id "${twice}" stands twice`);
  if (ids.includes('none')) throw new UsageError(`Setting "chatModels" (${file}): the id "none" is reserved`);
  for (const [role, id] of Object.entries(config.roles))
    if (id !== undefined && !ids.includes(id))
      throw new UsageError(`Setting "roles.${role}" (${file}): there is no chat model "${id}"`);
}
