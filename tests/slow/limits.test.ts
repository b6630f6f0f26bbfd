import { afterEach, describe, expect, it } from 'vitest';
import { startScriptedProvider, type ScriptedProvider } from '../support/scriptedProvider.ts';
import { startSite, Visitor, type TestSite } from '../support/site.ts';

const PASSWORD = 'a long walk by the sea';

let site: TestSite | null = null;
let provider: ScriptedProvider | null = null;
afterEach(async () => {
  await site?.close();
  await provider?.close();
  site = provider = null;
});

async function start(rateLimits: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<string> {
  site = await startSite({ rateLimits, ...more });
  return site.url;
} // prettier-ignore

/** Posts a login as if from this address, through the one proxy that is trusted. */
async function login(url: string, address: string, form: { name: string; password: string }): Promise<number> {
  const visitor = new Visitor(url);
  const headers = { 'x-forwarded-for': address };
  const html = await (await visitor.fetch('/about', { headers })).text();
  const token = /name="csrf-token" content="([^"]+)"/.exec(html)![1]!;
  const body = new URLSearchParams({ ...form, _csrf: token });
  return (await visitor.fetch('/login', { method: 'POST', headers, body })).status;
} // prettier-ignore

describe('3: guessing passwords', () => {
  it('is stopped for a name and, after six times as many, for an address; its owner elsewhere still gets in', async () => {
    const url = await start({ enabled: true, loginAttempts: 2 }, { trustProxy: true });
    await new Visitor(url).post('/register', { name: 'victim', password: PASSWORD });
    const guess = (name: string) => login(url, '203.0.113.9', { name, password: 'not the password' });
    const statuses = [];
    for (let attempt = 0; attempt < 3; attempt++) statuses.push(await guess('victim'));
    expect(statuses).toEqual([401, 401, 429]);
    expect(await guess('VICTIM')).toBe(429);
    expect(await login(url, '203.0.113.9', { name: 'victim', password: PASSWORD })).toBe(429);
    expect(await login(url, '198.51.100.7', { name: 'victim', password: PASSWORD })).toBe(303);
    const others = [];
    for (let attempt = 0; attempt < 11; attempt++) others.push(await guess(`name-${attempt}`));
    expect(others.at(-1)).toBe(429);
    expect(others[0]).toBe(401);
  });

  it('a header that anybody can send is not believed without a proxy', async () => {
    const url = await start({ enabled: true, loginAttempts: 2 });
    const statuses = [];
    for (let attempt = 0; attempt < 3; attempt++)
      statuses.push(await login(url, `203.0.113.${attempt}`, { name: 'victim', password: 'not it at all' }));
    expect(statuses).toEqual([401, 401, 429]);
  });

  it('4: trying names at registration is throttled too', async () => {
    const url = await start({ enabled: true, registrationsPerHour: 2 });
    const statuses = [];
    for (let attempt = 0; attempt < 3; attempt++)
      statuses.push((await new Visitor(url).post('/register', { name: `n-${attempt}`, password: 'short' })).status); // prettier-ignore
    expect(statuses).toEqual([400, 400, 429]);
  });
});

describe('25: limits', () => {
  it('the API answers the one too many with 429, a problem and when to come back', async () => {
    const url = await start({ enabled: true, apiPerMinute: 3 });
    for (let at = 0; at < 3; at++) expect((await fetch(`${url}/api/v1/titles/1214`)).status).toBe(200);
    const refused = await fetch(`${url}/api/v1/titles/1214`);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(await refused.json()).toMatchObject({ status: 429, code: 'too_many' });
  });

  it('lists have a limit of their own, and it is counted by account, not by address, for who is signed in', async () => {
    const url = await start({ enabled: true, recommendationsPerMinute: 2 });
    const ask = (headers: Record<string, string> = {}) =>
      fetch(`${url}/api/v1/recommendations`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: '{"k":1}' }).then(({ status }) => status); // prettier-ignore
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
    const visitor = new Visitor(url);
    await visitor.post('/register', { name: 'anna', password: PASSWORD });
    const { html } = await visitor.post('/profile/tokens', { name: 'script' });
    const authorization = `Bearer ${/mq_[\w-]+/.exec(html)![0]}`;
    expect([await ask({ authorization }), await ask({ authorization }), await ask({ authorization })]).toEqual([200, 200, 429]); // prettier-ignore
  });

  it('64 kB of body, 16 kB of headers, 500 fields and no more', async () => {
    const url = await start({ enabled: false });
    const visitor = new Visitor(url);
    expect((await visitor.post('/recommendations', { prompt: 'x'.repeat(66_000) })).status).toBe(413);
    expect((await visitor.post('/recommendations', { tag: Array.from({ length: 501 }, () => '1:1') })).status).toBe(413);
    const tooLong = await fetch(`${url}/api/v1/recommendations`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ prompt: 'x'.repeat(66_000) }) });
    expect(tooLong.status).toBe(413);
    expect(await tooLong.json()).toMatchObject({ code: 'too_large' });
    expect((await fetch(url, { headers: { 'x-long': 'y'.repeat(17_000) } })).status).toBe(431);
  }); // prettier-ignore

  it('a person follows eight lists at once and not nine', async () => {
    provider = await startScriptedProvider({ fault: 'hang' });
    const url = await start({ enabled: false }, {
      chatModels: [{ id: 's', label: 'S', provider: 'openai', model: 's', baseUrl: provider.url, json: 'object', local: true, timeoutMs: 20_000 }],
    });
    const visitor = new Visitor(url);
    const { location } = await visitor.post('/recommendations', { prompt: 'quiet films about grief', chatModel: 's', live: '1' });
    const streams = [];
    for (let at = 0; at < 8; at++) streams.push(await visitor.fetch(`${location}/events`));
    expect(streams.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect((await visitor.fetch(`${location}/events`)).status).toBe(429);
    await streams.pop()!.body!.cancel();
    await expect.poll(async () => (await visitor.fetch(`${location}/events`, { signal: AbortSignal.timeout(3000) })).status, { timeout: 5000 }).toBe(200);
    await visitor.post(`${location}/stop`);
  }); // prettier-ignore
});
