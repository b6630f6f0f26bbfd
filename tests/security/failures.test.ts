import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WebContext } from '../../src/web/context.ts';
import { serveContext } from '../support/serveContext.ts';
import { startSite, Visitor, type TestSite } from '../support/site.ts';

/** Check 26: failures are generic, carry a number to find them by, and never open a door. */

const SECRET = 'postgres://admin:hunter22@10.0.0.7/marquee';
const PASSWORD = 'a long walk by the sea';

let site: TestSite;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

const fail = () => {
  throw new Error(`cannot reach ${SECRET}`);
};

function expectGeneric(text: string): void {
  expect(text).not.toMatch(/hunter22|node_modules|\.ts:\d+|at \w+ \(|SQLITE|no such table/);
}

describe('a failure nobody foresaw', () => {
  it('is a plain page with a number, or a problem, and no word of what went wrong', async () => {
    const broken: WebContext = {
      ...site.app.context,
      store: { ...site.app.context.store, models: new Proxy(site.app.context.store.models, { get: () => fail }) },
      runs: Object.assign(Object.create(site.app.context.runs) as WebContext['runs'], { start: fail }),
    };
    const server = await serveContext(broken);
    try {
      const page = await fetch(`${server.url}/about/model`);
      expect(page.status).toBe(500);
      const html = await page.text();
      expectGeneric(html);
      expect(html).toContain(page.headers.get('x-request-id'));
      const answer = await fetch(`${server.url}/api/v1/lite`, { method: 'POST' });
      expect(answer.status).toBe(500);
      const text = await answer.text();
      expectGeneric(text);
      expect(JSON.parse(text)).toMatchObject({ code: 'internal', requestId: answer.headers.get('x-request-id') });
    } finally {
      await server.close();
    }
  }); // prettier-ignore

  it('in the error page itself is a line of text', async () => {
    const server = await serveContext(site.app.context, (app) => app.set('views', '/nowhere'));
    try {
      for (const path of ['/', '/no-such-page']) {
        const response = await fetch(server.url + path);
        expect(response.status).toBe(500);
        expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
        const text = await response.text();
        expect(text).toBe(`Something broke on our side. Request ${response.headers.get('x-request-id')}\n`);
      }
    } finally {
      await server.close();
    }
  });
});

describe('a session store that is down', () => {
  it('lets nobody in, says nothing, and is forgotten when it is back', async () => {
    const own = await startSite();
    try {
      const visitor = new Visitor(own.url);
      await visitor.post('/register', { name: 'anna', password: PASSWORD });
      const token = await visitor.token();
      await own.app.store.database.run('ALTER TABLE sessions RENAME TO sessions_away');
      const exported = await visitor.page('/profile/export');
      expect(exported.status).toBe(500);
      expectGeneric(exported.html);
      expect(exported.html).not.toContain('anna');
      const rated = await visitor.fetch('/titles/1214/rate', {
        method: 'POST',
        body: new URLSearchParams({ rating: '5', _csrf: token }),
      });
      expect(rated.status).toBe(500);
      const logIn = await new Visitor(own.url).post('/login', { name: 'anna', password: PASSWORD });
      expect(logIn.status).toBe(500);
      expectGeneric(logIn.html);
      expect((await fetch(`${own.url}/`)).status).toBe(200);
      expect((await fetch(`${own.url}/api/v1/search?q=heat`)).status).toBe(200);
      await own.app.store.database.run('ALTER TABLE sessions_away RENAME TO sessions');
      expect((await visitor.page('/profile/export')).html).toContain('anna');
      const { userId } = (await own.app.store.users.findByName('anna'))!;
      expect(await own.app.store.ratings.list(userId)).toEqual([]);
    } finally {
      await own.close();
    }
  });
});

describe('a database that is gone', () => {
  it('is told to the probe, and a rating that could not be kept is never acknowledged', async () => {
    const away = { ...site.app.context.store, ping: () => Promise.reject(new Error(SECRET)) };
    const server = await serveContext({ ...site.app.context, store: away });
    try {
      const ready = await fetch(`${server.url}/readyz`);
      expect(ready.status).toBe(503);
      expect(await ready.json()).toEqual({ status: 'not ready', reasons: ['the database does not answer'] });
    } finally {
      await server.close();
    }
    const own = await startSite();
    try {
      const visitor = new Visitor(own.url);
      await visitor.post('/register', { name: 'anna', password: PASSWORD });
      await own.app.store.database.run('ALTER TABLE ratings RENAME TO ratings_away');
      const { status, json } = await visitor.api('PUT', '/ratings/1214', { rating: 5 });
      expect(status).toBe(500);
      expectGeneric(JSON.stringify(json));
    } finally {
      await own.close();
    }
  });
});
