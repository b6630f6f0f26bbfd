import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routesOf } from '../support/routes.ts';
import { startSite, Visitor, type TestSite } from '../support/site.ts';

/** Who is let in. `owner`: whoever has a profile, in an account or in this browser's cookie. */
type Access = 'anyone' | 'owner' | 'account';

/**
 * Checks 10 and 16: every address the router knows, and who may use it. An address that is not in this table fails the
 * first test, so that nobody adds one without saying whom it is for.
 */
const ACCESS: Record<string, Access> = {
  'GET /': 'anyone',
  'GET /about': 'anyone',
  'GET /about/model': 'anyone',
  'GET /apple-touch-icon.png': 'anyone',
  'GET /favicon.ico': 'anyone',
  'GET /favicon.svg': 'anyone',
  'GET /healthz': 'anyone',
  'GET /lite': 'anyone',
  'GET /lite/:runId': 'anyone',
  'GET /login': 'anyone',
  'GET /posters/:file': 'anyone',
  'GET /privacy': 'anyone',
  'GET /profile': 'anyone',
  'GET /profile/export': 'anyone',
  'GET /readyz': 'anyone',
  'GET /recommendations': 'anyone',
  'GET /recommendations/:runId': 'anyone',
  'GET /recommendations/:runId/events': 'anyone',
  'GET /recommendations/:runId/sent': 'anyone',
  'GET /register': 'anyone',
  'GET /reset-password/:token': 'anyone',
  'GET /robots.txt': 'anyone',
  'GET /search': 'anyone',
  'GET /titles/:movieId': 'anyone',
  'POST /lite': 'anyone',
  'POST /lite/:runId/share': 'anyone',
  'POST /login': 'anyone',
  'POST /logout': 'anyone',
  'POST /models': 'anyone',
  'POST /profile/delete': 'account',
  'POST /profile/forget': 'anyone',
  'POST /profile/password': 'account',
  'POST /profile/tokens': 'account',
  'POST /profile/tokens/:tokenId/revoke': 'account',
  'POST /profile/training': 'account',
  'POST /recommendations': 'anyone',
  'POST /recommendations/:runId/share': 'anyone',
  'POST /recommendations/:runId/stop': 'anyone',
  'POST /recommendations/preview': 'anyone',
  'POST /register': 'anyone',
  'POST /reset-password/:token': 'anyone',
  'POST /theme': 'anyone',
  'POST /titles/:movieId/hide': 'anyone',
  'POST /titles/:movieId/rate': 'anyone',
  'POST /titles/:movieId/save': 'anyone',
  'POST /titles/:movieId/unhide': 'anyone',
  'POST /titles/:movieId/unrate': 'anyone',
  'POST /titles/:movieId/unsave': 'anyone',
  'DELETE /api/v1/hidden/:id': 'owner',
  'DELETE /api/v1/ratings/:id': 'owner',
  'DELETE /api/v1/watchlist/:id': 'owner',
  'GET /api/v1/me/export': 'account',
  'GET /api/v1/openapi.json': 'anyone',
  'GET /api/v1/ratings/:id': 'owner',
  'GET /api/v1/search': 'anyone',
  'GET /api/v1/tags': 'anyone',
  'GET /api/v1/titles': 'anyone',
  'GET /api/v1/titles/:id': 'anyone',
  'GET /api/v1/titles/:id/similar': 'anyone',
  'POST /api/v1/lite': 'anyone',
  'POST /api/v1/recommendations': 'anyone',
  'PUT /api/v1/hidden/:id': 'owner',
  'PUT /api/v1/ratings/:id': 'owner',
  'PUT /api/v1/watchlist/:id': 'owner',
};
/** CONTRACT.md 3: these change nothing but the run, and need neither cookie nor token. */
const OPEN_TO_PROGRAMS = ['POST /api/v1/lite', 'POST /api/v1/recommendations'];

const PASSWORD = 'a long walk by the sea';
const VALUES: Record<string, string> = {
  movieId: '1214', id: '1214', runId: 'AAAAAAAAAAAAAAAAAAAAAA', token: 'made-up', tokenId: '9', file: '1214.svg',
}; // prettier-ignore
const addressOf = (path: string) => path.replace(/:(\w+)/g, (_all, name: string) => VALUES[name]!);
const isApi = (path: string) => path.startsWith('/api/');

interface Account {
  visitor: Visitor;
  name: string;
  token: string;
}
let site: TestSite;
let member: Account;
let admin: Account;
let disabled: Account;
beforeAll(async () => {
  site = await startSite();
  [member, admin, disabled] = [await account(), await account(), await account()];
  await site.app.store.users.setRole(await idOf(admin), 'admin');
  await site.app.store.users.setDisabled(await idOf(disabled), true);
});
afterAll(() => site.close());

const idOf = async ({ name }: Account) => (await site.app.store.users.findByName(name))!.userId;

let people = 0;
async function account(): Promise<Account> {
  const visitor = new Visitor(site.url);
  const name = `route-walker-${++people}`;
  expect((await visitor.post('/register', { name, password: PASSWORD })).status).toBe(303);
  const { html } = await visitor.post('/profile/tokens', { name: 'for a script' });
  return { visitor, name, token: /mq_[\w-]+/.exec(html)![0] };
}

const bodyOf = (path: string, token?: string): RequestInit =>
  isApi(path)
    ? { headers: { 'content-type': 'application/json', ...(token ? { 'x-csrf-token': token } : {}) }, body: '{}' }
    : { body: new URLSearchParams(token ? { _csrf: token } : {}) }; // prettier-ignore

const all = Object.keys(ACCESS).map((route) => route.split(' ') as [method: string, path: string]);
const changing = all.filter(([method]) => method !== 'GET');

describe('the list of addresses', () => {
  it('is the router’s own, and each has somebody it is for', () => {
    const routes = routesOf(site.app.context).filter((route) => !route.startsWith('GET /static/'));
    expect(routes).toEqual(Object.keys(ACCESS).sort());
  });
});

describe('10: every change proves where it comes from', () => {
  it.each(changing)('%s %s is refused to a foreign page, though it has cookie and token', async (method, path) => {
    const { visitor } = member;
    const init = bodyOf(path, await visitor.token());
    for (const foreign of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, { origin: 'null' }]) {
      const headers = { ...(init.headers as Record<string, string>), ...foreign } as Record<string, string>;
      const response = await visitor.fetch(addressOf(path), { ...init, method, headers });
      expect(response.status, JSON.stringify(foreign)).toBe(403);
    }
  }); // prettier-ignore

  it.each(changing.filter((one) => !OPEN_TO_PROGRAMS.includes(one.join(' '))))(
    '%s %s is refused without the form token, and with somebody else’s',
    async (method, path) => {
      const { visitor } = member;
      const elsewhere = await new Visitor(site.url).token();
      for (const token of [undefined, 'made.up', elsewhere]) {
        const response = await visitor.fetch(addressOf(path), { ...bodyOf(path, token), method });
        expect(response.status, token ?? 'none').toBe(403);
      }
    },
  );

  it('no GET changes what is kept', async () => {
    const { visitor } = member;
    const userId = await idOf(member);
    const kept = async () => {
      const tables = ['users', 'ratings', 'hidden_movies', 'watchlist', 'api_tokens', 'runs', 'sessions'];
      const counts = await Promise.all(
        tables.map((table) => site.app.store.database.select(`SELECT count(*) AS n FROM ${table}`)),
      );
      return { counts, user: await site.app.store.users.findById(userId) };
    };
    const before = await kept();
    for (const [method, path] of all) if (method === 'GET') await visitor.page(addressOf(path));
    expect(await kept()).toEqual(before);
  });
});

describe('16: who is let in', () => {
  const refusals = {
    anyone: { stranger: false, visitor: false },
    owner: { stranger: true, visitor: false },
    account: { stranger: true, visitor: true },
  };
  /** Refused as somebody without the right, which is not the same as a refused body or an unknown list. */
  const isTurnedAway = (response: Response) =>
    response.status === 401 || (response.headers.get('location') ?? '').startsWith('/login');

  const tryAs = async (visitor: Visitor, [method, path]: [string, string], token?: string) =>
    visitor.fetch(addressOf(path), { method, ...(method === 'GET' ? {} : bodyOf(path, token)) });

  it.each(all)('%s %s: a visitor, a member and an admin', async (method, path) => {
    const route = `${method} ${path}`;
    const expected = refusals[ACCESS[route]!];
    const visitor = new Visitor(site.url);
    const asVisitor = await tryAs(visitor, [method, path], await visitor.token());
    // 401 at the door itself means "wrong password".
    if (route !== 'POST /login') expect(isTurnedAway(asVisitor)).toBe(expected.visitor);

    // Logging out ends a session that the other addresses still need.
    const [one, other] = path === '/logout' ? [await account(), await account()] : [member, admin];
    const asMember = await tryAs(one.visitor, [method, path], await one.visitor.token());
    expect(isTurnedAway(asMember)).toBe(false);
    expect(asMember.status).toBeLessThan(500);
    const asAdmin = await tryAs(other.visitor, [method, path], await other.visitor.token());
    expect(asAdmin.status).toBe(asMember.status);
  });

  const api = all.filter(([, path]) => isApi(path));
  it.each(api)('%s %s: a program without a cookie, and with tokens good and bad', async (method, path) => {
    const expected = refusals[ACCESS[`${method} ${path}`]!];
    const ask = (headers: Record<string, string>) =>
      fetch(site.url + addressOf(path), {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...(method === 'GET' ? {} : { body: '{"rating": 4}' }),
      });
    expect((await ask({})).status === 401).toBe(expected.stranger);
    const good = await ask({ authorization: `Bearer ${member.token}` });
    expect([200, 204, 404]).toContain(good.status);
    for (const bad of [`Bearer ${member.token}x`, 'Bearer', `Bearer ${disabled.token}`])
      expect((await ask({ authorization: bad })).status, bad.slice(0, 12)).toBe(401);
  });

  it('a token of somebody else cannot be removed, and is as if it were not there', async () => {
    const owner = await account();
    const userId = await idOf(owner);
    const { tokenId } = (await site.app.store.apiTokens.list(userId))[0]!;
    expect((await member.visitor.post(`/profile/tokens/${tokenId}/revoke`)).status).toBe(404);
    expect(await site.app.store.apiTokens.list(userId)).toHaveLength(1);
  });

  it('18: what changes about an account counts at its next request', async () => {
    const changed = await account();
    const { visitor } = changed;
    const userId = await idOf(changed);
    expect((await visitor.api('GET', '/me/export')).json).toMatchObject({ account: { role: 'member' } });
    await site.app.store.users.setRole(userId, 'admin');
    expect((await visitor.api('GET', '/me/export')).json).toMatchObject({ account: { role: 'admin' } });
    await site.app.store.users.setDisabled(userId, true);
    expect((await visitor.api('GET', '/me/export')).status).toBe(401);
  });
});

describe('19: what is for operators is not public', () => {
  it.each([
    '/metrics',
    '/admin',
    '/docs',
    '/dashboard',
    '/.git/config',
    '/.env',
    '/config.json',
    '/server.lock',
  ])('GET %s is 404', async (path) => {
    expect((await fetch(site.url + path)).status).toBe(404);
  });
  it('the probes tell nothing of the inside', async () => {
    expect(await (await fetch(`${site.url}/healthz`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${site.url}/readyz`)).json()).toEqual({ status: 'ready', reasons: [] });
  });
});
