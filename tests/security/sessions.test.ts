import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startSite, Visitor, type TestSite } from '../support/site.ts';

const PASSWORD = 'a long walk by the sea';
const DAY_MS = 24 * 3600 * 1000;

let site: TestSite;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());
afterEach(() => {
  vi.useRealTimers();
});

let people = 0;
async function signedIn(): Promise<Visitor> {
  const visitor = new Visitor(site.url);
  expect((await visitor.post('/register', { name: `sleeper-${++people}`, password: PASSWORD })).status).toBe(303);
  return visitor;
} // prettier-ignore

/** Looks at the page that tells who is signed in. */
const isSignedIn = async (visitor: Visitor) => (await visitor.api('GET', '/me/export')).status === 200;

/** Only the clock moves; timers and the network go on. */
function setClock(fromNowMs: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: fromNow + fromNowMs });
}
const fromNow = Date.now();

describe('8: a session ends', () => {
  it('after 14 days without a visit, and not while there are visits', async () => {
    setClock(0);
    const visitor = await signedIn();
    setClock(13 * DAY_MS);
    expect(await isSignedIn(visitor)).toBe(true);
    setClock(26 * DAY_MS);
    expect(await isSignedIn(visitor)).toBe(true);
    setClock(40.5 * DAY_MS);
    expect(await isSignedIn(visitor)).toBe(false);
  });

  it('after 60 days whatever happens', async () => {
    setClock(0);
    const visitor = await signedIn();
    for (let day = 10; day < 60; day += 10) {
      setClock(day * DAY_MS);
      expect(await isSignedIn(visitor), `day ${day}`).toBe(true);
    }
    setClock(60.5 * DAY_MS);
    expect(await isSignedIn(visitor)).toBe(false);
  });

  it('when it was begun under a clock that ran ahead', async () => {
    setClock(400 * DAY_MS);
    const visitor = await signedIn();
    expect(await isSignedIn(visitor)).toBe(true);
    setClock(0);
    expect(await isSignedIn(visitor)).toBe(false);
  });

  it('and reading pages in between writes nothing to the database', async () => {
    const visitor = await signedIn();
    const rows = () => site.app.store.database.select('SELECT sid, expires, data FROM sessions ORDER BY sid');
    const before = await rows();
    for (const path of ['/', '/profile', '/lite', '/search?q=heist']) await visitor.page(path);
    expect(await rows()).toEqual(before);
  });
});

describe('6, 9: the cookie of a session', () => {
  const cookieOf = (response: Response) =>
    response.headers.getSetCookie().find((line) => /marquee_session=/.test(line)) ?? '';

  it('holds an id of at least 128 random bits, signed', async () => {
    const visitor = new Visitor(site.url);
    const form = { name: `sleeper-${++people}`, password: PASSWORD };
    const body = new URLSearchParams({ ...form, _csrf: await visitor.token() });
    const cookie = cookieOf(await visitor.fetch('/register', { method: 'POST', body }));
    const [, id = '', signature = ''] = /=s%3A([^.]+)\.([^;]+)/.exec(cookie) ?? [];
    expect(id.length * 6).toBeGreaterThanOrEqual(128);
    expect(decodeURIComponent(signature).length).toBeGreaterThanOrEqual(40);
  });

  it('on an https address is __Host-, Secure, HttpOnly and Lax, also when the proxy in front sends no word of https', async () => {
    const secure = await startSite({ publicUrl: 'https://films.example' });
    try {
      const visitor = new Visitor(secure.url);
      const body = new URLSearchParams({ name: 'anna', password: PASSWORD, _csrf: await visitor.token() });
      const response = await visitor.fetch('/register', { method: 'POST', body });
      expect(response.status).toBe(303);
      const cookie = cookieOf(response);
      expect(cookie).toMatch(/^__Host-marquee_session=/);
      for (const attribute of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/'])
        expect(cookie).toContain(`; ${attribute}`);
      expect(cookie).not.toContain('Domain');
      expect(await isSignedIn(visitor)).toBe(true);
    } finally {
      await secure.close();
    }
  });

  it('made up, or signed with another key, signs nobody in', async () => {
    const stranger = await startSite({ sessionSecret: 'somebody else’s key that is long enough' });
    try {
      const visitor = await signedIn();
      const theirs = new Visitor(stranger.url);
      const cookies = (await visitor.fetch('/')).headers; // keeps the visitor's jar fresh
      expect(cookies).toBeDefined();
      const jar = (visitor as unknown as { cookies: Map<string, string> }).cookies;
      for (const [name, value] of jar) (theirs as unknown as { cookies: Map<string, string> }).cookies.set(name, value);
      expect((await theirs.page('/profile/export')).html).not.toContain('"account"');
    } finally {
      await stranger.close();
    }
  }); // prettier-ignore
});
