import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSite, Visitor, type TestSite } from '../support/site.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

const PASSWORD = 'a long walk by the sea';
let counter = 0;
const newName = () => `person-${++counter}`;

async function register(name = newName()): Promise<{ visitor: Visitor; name: string }> {
  const visitor = new Visitor(site.url);
  const { status } = await visitor.post('/register', { name, password: PASSWORD });
  expect(status).toBe(303);
  return { visitor, name };
}
const isSignedIn = async (visitor: Visitor) => (await visitor.api('GET', '/me/export')).status === 200;

describe('accounts and sessions', () => {
  it('1, 2: passwords of 8 to at least 64 characters; short and common ones are refused with the reason', async () => {
    const visitor = new Visitor(site.url);
    for (const password of ['short', 'password', '12345678', 'qwertyuiop'])
      expect((await visitor.post('/register', { name: newName(), password })).status).toBe(400);
    const long = 'ü'.repeat(64);
    const name = newName();
    expect((await visitor.post('/register', { name, password: long })).status).toBe(303);
    const other = new Visitor(site.url);
    expect((await other.post('/login', { name, password: long.slice(0, 63) })).status).not.toBe(303);
    expect((await other.post('/login', { name, password: long })).status).toBe(303);
  });

  it('3: logging in is slowed down after five failures from one address, and says when to come back', async () => {
    const limited = await startSite({ rateLimits: { enabled: true } });
    try {
      const visitor = new Visitor(limited.url);
      await visitor.post('/register', { name: 'victim', password: PASSWORD });
      const attacker = new Visitor(limited.url);
      const statuses = [];
      for (let attempt = 0; attempt < 7; attempt++)
        statuses.push(
          (await attacker.post('/login', { name: 'victim', password: 'wrong wrong wrong' })).status,
        );
      expect(statuses.slice(0, 5).every((status) => status !== 429)).toBe(true);
      expect(statuses[6]).toBe(429);
    } finally {
      await limited.close();
    }
  });

  it('4: an unknown name and a wrong password get the same answer', async () => {
    const { name } = await register();
    const answers = [];
    for (const fields of [
      { name, password: 'not the password' },
      { name: 'nobody-here', password: 'not the password' },
    ]) {
      const { status, html } = await new Visitor(site.url).post('/login', fields);
      answers.push({
        status,
        message:
          /role="alert"[^>]*>([^<]*)/.exec(html)?.[1] ??
          html.replaceAll(fields.name, '').replace(/value="[^"]*"|content="[^"]*"|nonce="[^"]*"/g, '').length,
      });
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  it('5: there is no account before one is made', async () => {
    const fresh = await startSite();
    try {
      expect(await fresh.app.store.users.count()).toBe(0);
    } finally {
      await fresh.close();
    }
  });

  it('6: logging in gives a new session; a session id from before is dead', async () => {
    const { visitor, name } = await register();
    const session = () =>
      (visitor as unknown as { cookies: Map<string, string> }).cookies.get('marquee_session')!;
    const before = session();
    await visitor.post('/logout');
    await visitor.post('/login', { name, password: PASSWORD });
    expect(session()).not.toBe(before);
    const thief = new Visitor(site.url);
    (thief as unknown as { cookies: Map<string, string> }).cookies.set('marquee_session', before);
    expect(await isSignedIn(thief)).toBe(false);
  });

  it('7: logging out, disabling and deleting kill the session; a new password ends the other ones', async () => {
    const { visitor, name } = await register();
    const elsewhere = new Visitor(site.url);
    await elsewhere.post('/login', { name, password: PASSWORD });
    expect(await isSignedIn(elsewhere)).toBe(true);
    const changed = await visitor.post('/profile/password', {
      oldPassword: PASSWORD,
      newPassword: 'another long walk by the sea',
    });
    expect(changed.status).toBe(303);
    expect(await isSignedIn(visitor)).toBe(true);
    expect(await isSignedIn(elsewhere)).toBe(false);
    await visitor.post('/logout');
    expect(await isSignedIn(visitor)).toBe(false);

    const gone = await register();
    const user = (await site.app.store.users.findByName(gone.name))!;
    await site.app.store.users.setDisabled(user.userId, true);
    expect(await isSignedIn(gone.visitor)).toBe(false);
  });

  it('a deleted account’s cookie is a visitor’s: pages work, nothing of the account is left', async () => {
    const { visitor, name } = await register();
    const wrong = await visitor.post('/profile/delete', { password: 'not it at all' });
    expect(wrong.status).toBe(400);
    const { status } = await visitor.post('/profile/delete', { password: PASSWORD });
    expect(status).toBe(303);
    expect(await site.app.store.users.findByName(name)).toBeNull();
    expect((await visitor.page('/')).status).toBe(200);
    expect(await isSignedIn(visitor)).toBe(false);
  });

  it('9: the session cookie is HttpOnly and SameSite=Lax', async () => {
    const visitor = new Visitor(site.url);
    const token = await visitor.token();
    const response = await visitor.fetch('/register', {
      method: 'POST',
      body: new URLSearchParams({ _csrf: token, name: newName(), password: PASSWORD }),
    });
    const cookie = response.headers.getSetCookie().find((line) => line.startsWith('marquee_session='))!;
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(cookie.split('=')[1]!.length).toBeGreaterThan(32);
  });

  it('16: other people’s lists do not exist for me until they are shared', async () => {
    const { visitor } = await register();
    const { location } = await visitor.post('/recommendations', { prompt: 'heist', k: '3' });
    const path = new URL(location, site.url).pathname;
    const stranger = new Visitor(site.url);
    expect((await stranger.page(path)).status).toBe(404);
    expect((await stranger.post(`${path}/share`)).status).toBe(404);
    expect((await visitor.post(`${path}/share`)).status).toBe(303);
    expect((await stranger.page(path)).status).toBe(200);
  });

  it('17: extra fields such as role and userId are ignored', async () => {
    const visitor = new Visitor(site.url);
    const name = newName();
    await visitor.post('/register', {
      name,
      password: PASSWORD,
      role: 'admin',
      isAdmin: 'true',
      userId: '1',
    });
    expect((await site.app.store.users.findByName(name))!.role).toBe('member');
  });

  it('what a visitor liked is carried over at registration', async () => {
    const visitor = new Visitor(site.url);
    await visitor.post('/titles/1214/rate', { rating: '5' });
    const name = newName();
    await visitor.post('/register', { name, password: PASSWORD });
    const user = (await site.app.store.users.findByName(name))!;
    expect(await site.app.store.ratings.list(user.userId)).toMatchObject([{ movieId: 1214, rating: 5 }]);
  });

  it('anonymous pages write nothing to the sessions table', async () => {
    const [before] = (await site.app.store.database.select('SELECT count(*) AS n FROM sessions')) as {
      n: number;
    }[];
    for (let at = 0; at < 20; at++) await fetch(`${site.url}/`);
    const [after] = (await site.app.store.database.select('SELECT count(*) AS n FROM sessions')) as {
      n: number;
    }[];
    expect(after!.n).toBe(before!.n);
  });
});
