import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSite, Visitor, type TestSite } from '../support/site.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

describe('10: a form that was open for too long', () => {
  it('is refused, and comes back with what was typed and a fresh token', async () => {
    const visitor = new Visitor(site.url);
    await visitor.page('/');
    const response = await visitor.fetch('/recommendations', {
      method: 'POST',
      body: new URLSearchParams({ _csrf: 'stale', prompt: 'quiet films about grief', k: '7' }),
    });
    const html = await response.text();
    expect(response.status).toBe(403);
    expect(html).toContain('value="quiet films about grief"');
    const token = /name="_csrf" value="([^"]+)"/.exec(html)![1]!;
    const again = await visitor.fetch('/recommendations', {
      method: 'POST',
      body: new URLSearchParams({ _csrf: token, prompt: 'quiet films about grief', k: '7' }),
    });
    expect(again.status).toBe(303);
  });
});

describe('11, 12, 14: headers', () => {
  it('pages carry a strict policy with a fresh nonce, nosniff, and no wildcard', async () => {
    const one = await fetch(`${site.url}/`);
    const two = await fetch(`${site.url}/`);
    const policy = one.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("object-src 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toBe(two.headers.get('content-security-policy'));
    expect(one.headers.get('x-content-type-options')).toBe('nosniff');
    expect(one.headers.get('referrer-policy')).toBe('same-origin');
    expect(one.headers.get('access-control-allow-origin')).toBeNull();
    expect(one.headers.get('x-powered-by')).toBeNull();
    expect(one.headers.get('cache-control')).toBe('no-store');
  });

  it('on plain http there is no HSTS and no Secure cookie; on https there is both', async () => {
    const plain = await fetch(`${site.url}/`);
    expect(plain.headers.get('strict-transport-security')).toBeNull();
    expect(plain.headers.getSetCookie().every((cookie) => !/secure/i.test(cookie))).toBe(true);
    const secure = await startSite({ publicUrl: 'https://films.example', trustProxy: true });
    try {
      const response = await fetch(`${secure.url}/`, { headers: { 'x-forwarded-proto': 'https' } });
      expect(response.headers.get('strict-transport-security')).toMatch(/max-age=\d{7,}/);
      const cookies = response.headers.getSetCookie();
      expect(cookies.length).toBeGreaterThan(0);
      for (const cookie of cookies) {
        expect(cookie).toMatch(/^__Host-/);
        expect(cookie).toMatch(/; Secure/);
        expect(cookie).toMatch(/; HttpOnly/);
        expect(cookie).toMatch(/; SameSite=Lax/);
      }
    } finally {
      await secure.close();
    }
  });
});

describe('13: nothing that was typed becomes markup', () => {
  const PAYLOADS = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    '</textarea><svg onload=alert(1)>',
    '<%= 7*7 %>',
    '</script><script>alert(1)</script>',
    'javascript:alert(1)',
    '\u2028alert(1)\u2029',
  ];
  it.each(PAYLOADS)('in a prompt, a search and a tag: %s', async (payload) => {
    const visitor = new Visitor(site.url);
    const { location } = await visitor.post('/recommendations', {
      prompt: `I loved "${payload}" and ${payload}`,
      k: '3',
    });
    const pages = [
      (await visitor.page(location)).html,
      (await visitor.page(`/search?q=${encodeURIComponent(payload)}`)).html,
      (await visitor.post('/lite', { title: payload, stars: '4', tagName: payload, tagWish: '1' })).html,
    ];
    for (const html of pages) {
      expect(html).not.toMatch(/<script>alert|<img src=x|<svg onload|(href|src)="javascript:/i);
      expect(html).not.toContain('I loved &#34;49'); // the template did not run
    }
  });
});

describe('15: next leads only to pages of this site', () => {
  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/%5cevil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
  ])('next=%s is not followed', async (next) => {
    const visitor = new Visitor(site.url);
    const { status, location } = await visitor.post('/theme', { theme: 'dark', next });
    expect(status).toBe(303);
    expect(new URL(location, site.url).origin).toBe(new URL(site.url).origin);
  });
});

describe('21, 26: no input gives a 5xx, and errors give nothing away', () => {
  const ODD = ['/%', '/%ff', '/titles/0', '/titles/-1', '/titles/1e9', '/titles/99999999999999999999', '/recommendations/..%2f..%2fetc', '/search?q[]=a&q[]=b', '/search?q=%00', '/search?__proto__[x]=1', '/lite/xxxx', '/recommendations/x/events', '/posters/../../etc/passwd', '/posters/1214.svg?v=99', '/static/../package.json', '/static/%2e%2e/package.json', '/?example=99', '/profile?sort=drop%20table', '/reset-password/xxxx', '/api/v1/titles?query[]=x', '/api/v1/search?k=abc', '/titles/1214?settings[view%20options][client]=1']; // prettier-ignore
  it.each(ODD)('GET %s', async (path) => {
    const response = await fetch(`${site.url}${path}`, { redirect: 'manual' });
    const text = await response.text();
    expect(response.status).toBeLessThan(500);
    expect(text).not.toMatch(/node_modules|at Object\.|\.ts:\d+/);
  });

  it('arrays, huge numbers and strange types in forms are refused or ignored, never a 5xx', async () => {
    const visitor = new Visitor(site.url);
    for (const fields of [
      { prompt: ['a', 'b'], k: ['1', '2'] },
      { prompt: 'x', k: '1e309' },
      { prompt: 'x', k: 'ten', importance: '-5' },
      { prompt: 'x'.repeat(10_000) },
      { prompt: '', k: '0' },
      { opinion: 'abc:9', corrected: '1', yearFrom: 'x' },
      { prompt: '\u0000\ud800', chatModel: '../../x' },
    ]) {
      const { status, html } = await visitor.post(
        '/recommendations',
        fields as Record<string, string | string[]>,
      );
      expect(status).toBeLessThan(500);
      expect(html).not.toMatch(/node_modules|\.ts:\d+/);
    }
  });

  it('a wrong form keeps what was typed and says what is wrong', async () => {
    const visitor = new Visitor(site.url);
    const { status, html } = await visitor.post('/recommendations', {
      prompt: 'keep these words',
      k: '1000',
    });
    expect(status).toBe(400);
    expect(html).toContain('keep these words');
  });
});

describe('28: secrets', () => {
  it('the key for cookies is random, private, and stays over a restart', async () => {
    const { readFile, stat } = await import('node:fs/promises');
    const path = `${site.dataDir}/secret`;
    expect((await readFile(path, 'utf8')).length).toBeGreaterThanOrEqual(40);
    expect((await stat(path)).mode & 0o077).toBe(0);
  });
});
