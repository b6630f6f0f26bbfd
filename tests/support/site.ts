import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, type App } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { createLogger } from '../../src/logger.ts';
import { encodeModel } from '../../src/recommender/modelFile.ts';
import { activate, buildSnapshot } from '../../src/services/buildSnapshot.ts';
import { modelPath } from '../../src/services/library.ts';
import { openStore } from '../../src/store/database.ts';
import { trainModel } from '../../training/trainModel.ts';
import { smallCatalogue } from './smallCatalogue.ts';

export interface TestSite {
  url: string;
  app: App;
  dataDir: string;
  close(): Promise<void>;
}

/**
 * The whole site on a real port, a real SQLite file and a small trained catalogue, in a folder that goes away again.
 * @param settings as they stand in config.json; rate limits are off unless asked for
 */
export async function startSite(settings: Record<string, unknown> = {}): Promise<TestSite> {
  const dataDir = await mkdtemp(join(tmpdir(), 'marquee-site-'));
  await cp(await filledTemplate(), dataDir, { recursive: true });
  const configPath = join(dataDir, 'config.json');
  await writeFile(
    configPath,
    JSON.stringify({ host: '127.0.0.1', port: 0, dataDir, rateLimits: { enabled: false }, ...settings }),
  );
  const config = loadConfig({ MARQUEE_CONFIG: configPath }, dataDir);
  const app = await createApp(config, { logger: createLogger('silent') });
  const { url } = await app.listen();
  return {
    url: url.replace('localhost', '127.0.0.1'),
    app,
    dataDir,
    async close() {
      await app.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

let template: Promise<string> | null = null;

/** A filled data directory, made once a process and copied for every site. */
function filledTemplate(): Promise<string> {
  template ??= (async () => {
    const folder = await mkdtemp(join(tmpdir(), 'marquee-template-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    await fillDataDirectory(folder);
    return folder;
  })();
  return template;
}

/** Catalogue rows, model and snapshot, as `setup` leaves them. */
export async function fillDataDirectory(dataDir: string): Promise<void> {
  const { titles, tags, counts, ratings } = smallCatalogue();
  await mkdir(join(dataDir, 'models'), { recursive: true });
  const store = await openStore({ dataDir });
  try {
    await store.movies.upsertMany(titles);
    await store.tags.replaceAll(tags, counts);
    const { model } = await trainModel(ratings, {
      parameters: { algorithm: 'rdlae', lambda: 20, dropout: 0.3, xi: 0.2 },
      minRatings: 5,
    });
    await writeFile(modelPath(dataDir, 'test'), Buffer.concat(encodeModel(model)));
    await buildSnapshot({ store, dataDir });
    await activate(store, { modelId: 'test' });
  } finally {
    await store.close();
  }
}

/** A browser without a screen: keeps cookies, reads the form token of a page, posts forms. */
export class Visitor {
  private readonly cookies = new Map<string, string>();
  private readonly base: string;

  constructor(base: string) {
    this.base = base;
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookies.size > 0)
      headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(new URL(path, this.base), { redirect: 'manual', ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  async page(path: string): Promise<{ status: number; html: string; headers: Headers }> {
    const response = await this.fetch(path);
    return { status: response.status, html: await response.text(), headers: response.headers };
  }

  /** The form token as a page of the site carries it. */
  async token(path = '/about'): Promise<string> {
    const { html } = await this.page(path);
    const found = /<meta name="csrf-token" content="([^"]+)"/.exec(html)?.[1];
    if (!found) throw new Error(`${path} carries no form token`);
    return found;
  }

  /** Posts a form with a fresh token; `location` is where it leads. */
  async post(
    path: string,
    fields: Record<string, string | string[]> = {},
  ): Promise<{ status: number; location: string; html: string }> {
    const body = new URLSearchParams({ _csrf: await this.token() });
    for (const [name, value] of Object.entries(fields))
      for (const one of [value].flat()) body.append(name, one);
    const response = await this.fetch(path, { method: 'POST', body });
    return {
      status: response.status,
      location: response.headers.get('location') ?? '',
      html: await response.text(),
    };
  }

  /** A JSON API call with this browser's cookies and form token. */
  async api(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; json: unknown; headers: Headers }> {
    const response = await this.fetch(`/api/v1${path}`, {
      method,
      headers: {
        'x-csrf-token': await this.token(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, json: text ? JSON.parse(text) : null, headers: response.headers };
  }

  hasCookie(name: string): boolean {
    return this.cookies.has(name);
  }

  dropCookie(name: string): void {
    this.cookies.delete(name);
  }
}
