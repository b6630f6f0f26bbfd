import fc from 'fast-check';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../src/web/api/index.ts';
import { openApiDocument } from '../../src/web/api/openApi.ts';
import { COOKIES } from '../../src/web/middleware/visitor.ts';
import { routesOf } from '../support/routes.ts';
import { startSite, Visitor, type TestSite } from '../support/site.ts';

/** Check 21, and the promise behind it: no input makes a 5xx, and no answer shows the inside. */

let site: TestSite;
let visitor: Visitor;
let member: Visitor;
let tokens: Map<Visitor, string>;
beforeAll(async () => {
  site = await startSite();
  visitor = new Visitor(site.url);
  member = new Visitor(site.url);
  await member.post('/register', { name: 'fuzzed', password: 'a long walk by the sea' });
  tokens = new Map([
    [visitor, await visitor.token()],
    [member, await member.token()],
  ]);
});
afterAll(() => site.close());

const RUNS = 60;
const odd = fc.constantFrom(
  '', '\0', 'a\0b', '\ud800', '%', '%00', '%ff', '%2e%2e%2f', '../../etc/passwd', '__proto__', 'constructor', 'toString',
  '[]', '{}', 'null', '-1', '0', '1e309', '99999999999999999999', 'NaN', '٣', "' OR 1=1 --", 'j:[1]', 'j:{"a":1}', 's:x.y',
  '<script>alert(1)</script>', '\r\nX-Injected: 1', '1:5:9', 'x'.repeat(5000), '\u202e\u2028', 'İ'.repeat(40),
); // prettier-ignore
const value = fc.oneof(odd, fc.string({ unit: 'binary', maxLength: 60 }));

/** As it goes over the wire: half of a surrogate pair has no UTF-8, but its bytes can be sent. */
const encoded = (text: string): string =>
  text.isWellFormed() ? encodeURIComponent(text) : text.replace(/./gsu, (c) => (c.isWellFormed() ? encodeURIComponent(c) : '%ED%A0%80')); // prettier-ignore

function expectSound(status: number, text: string): void {
  expect(status).toBeLessThan(500);
  expect(text).not.toMatch(/node_modules|\.ts:\d+|at \w+ \(|SQLITE_|TypeError/);
}

async function expectSoundAnswer(response: Response): Promise<void> {
  expectSound(response.status, await response.text());
}

describe('whatever is in a form', () => {
  const FIELDS = [
    'prompt', 'k', 'importance', 'auto', 'chatModel', 'usePastRatings', 'corrected', 'opinion', 'preferences', 'genre', 'yearFrom',
    'yearTo', 'kind', 'provider', 'title', 'stars', 'tagName', 'tagWish', 'tag', 'rating', 'remove', 'name', 'password',
    'oldPassword', 'newPassword', 'next', 'theme', 'keepOut', 'live', '__proto__', 'constructor', 'a[b]', 'a[]',
  ]; // prettier-ignore
  const fields = fc.array(fc.tuple(fc.constantFrom(...FIELDS), value), { maxLength: 10 });

  it('every address that takes one refuses it or takes it', async () => {
    const addresses = routesOf(site.app.context)
      .filter((route) => route.startsWith('POST ') && !route.includes('/api/'))
      .map((route) => route.slice(5))
      .filter((path) => path !== '/logout');
    const path = fc.tuple(fc.constantFrom(...addresses), fc.constantFrom('1214', 'AAAA', '%00', '%ed%a0%80', '0', '1e400', '9007199254740993')); // prettier-ignore
    await fc.assert(
      fc.asyncProperty(path, fields, fc.boolean(), async ([address, parameter], given, isMember) => {
        const who = isMember ? member : visitor;
        const body = [['_csrf', tokens.get(who)!] as const, ...given].map(([name, text]) => `${encoded(name)}=${encoded(text)}`).join('&'); // prettier-ignore
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        await expectSoundAnswer(
          await who.fetch(address.replace(/:\w+/, parameter), { method: 'POST', headers, body }),
        );
      }),
      {
        numRuns: 4 * RUNS,
        examples: [
          [
            ['/login', ''],
            [
              ['name', 'a\0b'],
              ['password', 'long enough'],
            ],
            false,
          ],
          [['/recommendations/:runId/stop', '%00'], [], false],
        ],
      },
    );
  });

  it.each([
    ['application/json', '[]'],
    ['application/json', '{"name":["a"],"password":{"a":1},"_csrf":["x"]}'],
    ['application/json; charset=utf-16', '{}'],
    ['application/x-www-form-urlencoded; charset=klingon', 'a=1'],
    ['multipart/form-data; boundary=x', '--x'],
    ['text/plain', 'name=x'],
    ['', ''],
  ])('a body of the type "%s" that holds %s is refused', async (type, body) => {
    for (const path of ['/register', '/login', '/recommendations', '/lite', '/profile/password', '/profile/training', '/theme', '/titles/1214/rate']) {
      const headers = { 'content-type': type, 'x-csrf-token': tokens.get(member)! };
      await expectSoundAnswer(await member.fetch(path, { method: 'POST', headers, body }));
    }
  }); // prettier-ignore
});

describe('whatever stands in an address, a cookie or a header', () => {
  it('an address leads to a page or to "nothing here"', async () => {
    const start = fc.constantFrom('/titles/', '/recommendations/', '/lite/', '/posters/', '/static/', '/reset-password/', '/profile/', '/search?q=', '/profile?tab=rated&text=', '/lite?tag=', '/?example=', '/login?next=', '/api/v1/titles/', '/api/v1/search?k=', '/api/v1/tags?query='); // prettier-ignore
    const end = fc.constantFrom('', '/events', '/share', '/similar', '.svg', '.jpg');
    await fc.assert(
      fc.asyncProperty(start, value, end, async (before, text, after) => {
        await expectSoundAnswer(await member.fetch(`${before}${encoded(text)}${after}`));
      }),
      {
        numRuns: 4 * RUNS,
        examples: [
          ['/recommendations/', '\0', ''],
          ['/lite/', '\0', ''],
        ],
      },
    );
  });

  it('a cookie that nobody gave is no cookie', async () => {
    const cookie = fc.tuple(fc.constantFrom(...Object.values(COOKIES), '__proto__'), value);
    await fc.assert(
      fc.asyncProperty(fc.array(cookie, { maxLength: 6 }), fc.constantFrom('/', '/lite', '/profile', '/api/v1/search'), async (cookies, path) => {
        const header = cookies.map(([name, text]) => `${name}=${encoded(text)}`).join('; ');
        await expectSoundAnswer(await fetch(site.url + path, { headers: { cookie: header } }));
      }),
      { numRuns: 2 * RUNS, examples: [[[[COOKIES.csrf, 'j:[1]']], '/'], [[[COOKIES.visitor, 'j:{}']], '/profile']] },
    );
  }); // prettier-ignore

  it.each<[string, Record<string, string>]>([
    ['a range nobody has', { range: 'bytes=99999999-' }],
    ['many ranges', { range: 'bytes=0-1,3-4,9-' }],
    ['a long tag', { 'if-none-match': '"x"'.repeat(1000) }],
    ['a time that is none', { 'if-modified-since': 'tomorrow' }],
    ['an origin that is none', { origin: '%%%' }],
    ['a language without end', { 'accept-language': 'x'.repeat(5000) }],
    ['an encoding that is none', { 'accept-encoding': 'br;q=x,*;q=0' }],
    ['two proxies with markup', { 'x-forwarded-host': '<b>', 'x-forwarded-proto': 'x', 'x-forwarded-for': '::::' }],
    ['half a token', { authorization: 'Bearer' }],
  ])('%s', async (_name, headers) => {
    for (const path of ['/', '/static/css/base.css', '/posters/1214.svg', '/api/v1/titles/1214', '/profile/export'])
      await expectSoundAnswer(await fetch(site.url + path, { headers, redirect: 'manual' }));
  }); // prettier-ignore

  it('any method on any address', async () => {
    const addresses = [...new Set(routesOf(site.app.context).map((route) => route.split(' ')[1]!))];
    for (const address of addresses)
      for (const method of ['HEAD', 'OPTIONS', 'TRACE', 'PATCH', 'DELETE', 'PUT', 'PROPFIND']) {
        const { status, text } = await rawRequest(method, address.replace(/:\w+/, '1214'));
        expectSound(status, text);
        if (method === 'HEAD') expect(text).toBe('');
      }
  });
});

describe('whatever is sent to the API', () => {
  const { paths } = openApiDocument(operations) as unknown as {
    paths: Record<
      string,
      Record<string, { responses: Record<string, { content?: Record<string, unknown> }> }>
    >;
  };
  const keys = ['prompt', 'ratings', 'tags', 'chatModel', 'importance', 'usePastRatings', 'k', 'filters', 'popularity', 'diversity', 'blend', 'rating', 'movieId', 'title', 'weight', 'year', '__proto__', 'constructor']; // prettier-ignore
  const json = fc.letrec<{ any: unknown }>((tie) => ({
    any: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      value,
      fc.double(),
      fc.integer(),
      fc.constantFrom(null, true, 4, 0.5, 5, 1214, 'linear', 'heist'),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...keys), tie('any'), { maxKeys: 5 }),
    ),
  })).any; // prettier-ignore

  it('is answered with a status the document declares, and refused as a problem', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...operations), json, value, fc.boolean(), async (one, body, id, isKnown) => {
        const address = one.path.replace('{id}', isKnown ? '1214' : encoded(id).replaceAll('.', '%2E') || 'x');
        const response = await member.fetch(`/api/v1${address}`, {
          method: one.method.toUpperCase(),
          headers: { 'content-type': 'application/json', 'x-csrf-token': tokens.get(member)! },
          ...(one.method === 'get' ? {} : { body: JSON.stringify(body) }),
        });
        const text = await response.text();
        expectSound(response.status, text);
        const declared = paths[one.path]![one.method]!.responses[String(response.status)];
        expect(declared, `${one.method} ${one.path} answers ${response.status}`).toBeDefined();
        const type = response.headers.get('content-type')?.split(';')[0];
        expect(type ?? null).toBe(Object.keys(declared!.content ?? {})[0] ?? null);
        if (response.status >= 400) expect(JSON.parse(text)).toMatchObject({ status: response.status, code: expect.any(String), requestId: expect.any(String) });
      }),
      { numRuns: 6 * RUNS },
    );
  }); // prettier-ignore

  it('with a method it does not have is 405 and names those it has', async () => {
    const { status, headers, text } = await rawRequest('TRACE', '/api/v1/titles/1214');
    expect(status).toBe(405);
    expect(headers['allow']).toBe('GET, HEAD, OPTIONS');
    expect(JSON.parse(text)).toMatchObject({ status: 405, code: 'method_not_allowed' });
  });

  it('at an address it does not have is 404 whatever the method', async () => {
    for (const method of ['GET', 'POST', 'DELETE']) {
      const { status, text } = await rawRequest(method, '/API/v1/nothing');
      expect(status).toBe(404);
      expect(JSON.parse(text)).toMatchObject({ code: 'not_found' });
    }
  });
});

/** fetch refuses TRACE and shortens paths; this sends what it is told. */
function rawRequest(method: string, path: string) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }>(
    (done, fail) => {
      const sent = request(new URL(site.url), { method, path, agent: false }, (response) => {
        let text = '';
        response.on('data', (piece) => (text += String(piece)));
        response.on('end', () => done({ status: response.statusCode!, headers: response.headers, text }));
      });
      sent.on('error', fail);
      sent.end();
    },
  );
}
