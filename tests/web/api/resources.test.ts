import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSite, Visitor, type TestSite } from '../../support/site.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

const get = async (path: string) => {
  const response = await fetch(`${site.url}/api/v1${path}`);
  return {
    status: response.status,
    json: (await response.json()) as Record<string, unknown> & { items: Record<string, unknown>[] },
  };
};
const idOf = (title: string) =>
  site.app.context.library.current!.catalogue.titles.find((one) => one.title === title)!.movieId;

describe('reading the catalogue', () => {
  it('GET /search finds a title by its name first', async () => {
    const { status, json } = await get('/search?q=alien&k=5');
    expect(status).toBe(200);
    expect(json.items[0]).toMatchObject({ title: 'Alien', year: 1979 });
  });

  it('GET /search with an empty query gives an empty list', async () => {
    expect((await get('/search?q=')).json.items).toEqual([]);
  });

  it('GET /titles/{id} gives the title with its tags; an unknown or malformed id is 404', async () => {
    const { json } = await get(`/titles/${idOf('Heat')}`);
    expect(json).toMatchObject({ title: 'Heat', year: 1995, kind: 'movie' });
    expect((json['tags'] as unknown[]).length).toBeGreaterThan(3);
    expect((await get('/titles/987654321')).status).toBe(404);
    expect((await get('/titles/abc')).status).toBe(404);
  });

  it('GET /titles/{id}/similar never names the title itself', async () => {
    const id = idOf('Alien');
    const { json } = await get(`/titles/${id}/similar?k=10`);
    expect(json.items).toHaveLength(10);
    expect(json.items.map(({ movieId }) => movieId)).not.toContain(id);
  });

  it('autocompletes forgive a typo and offer the best known when empty', async () => {
    expect((await get('/titles?query=promethus')).json.items[0]).toMatchObject({ title: 'Prometheus' });
    expect((await get('/titles?query=')).json.items).toHaveLength(15);
    expect((await get('/tags?query=')).json.items).toHaveLength(15);
    expect((await get('/tags?query=claustro')).json.items[0]).toMatchObject({ name: 'claustrophobic' });
  });

  it('an address that does not exist is a problem, not a page', async () => {
    const response = await fetch(`${site.url}/api/v1/nothing`);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('a person’s own data', () => {
  it('needs a cookie or a token', async () => {
    const response = await fetch(`${site.url}/api/v1/ratings/1`, { method: 'DELETE' });
    expect(response.status).toBe(401);
  });

  it('a visitor’s cookie needs the form token with it', async () => {
    const visitor = new Visitor(site.url);
    await visitor.page('/');
    const response = await visitor.fetch(`/api/v1/ratings/${idOf('Heat')}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"rating":4}',
    });
    expect(response.status).toBe(403);
  });

  it('PUT, GET and DELETE a rating; DELETE again is no error', async () => {
    const visitor = new Visitor(site.url);
    const path = `/ratings/${idOf('Heat')}`;
    expect(await visitor.api('PUT', path, { rating: 4.5 })).toMatchObject({
      status: 200,
      json: { rating: 4.5 },
    });
    expect(await visitor.api('GET', path)).toMatchObject({ status: 200, json: { rating: 4.5 } });
    expect((await visitor.api('DELETE', path)).status).toBe(204);
    expect((await visitor.api('DELETE', path)).status).toBe(204);
    expect((await visitor.api('GET', path)).status).toBe(404);
  });

  it.each([5.5, 0, 0.25, '4', null])('PUT /ratings refuses %j', async (rating) => {
    const visitor = new Visitor(site.url);
    expect((await visitor.api('PUT', `/ratings/${idOf('Heat')}`, { rating })).status).toBe(400);
  });

  it('hidden titles leave the lists at once, and come back when unhidden', async () => {
    const visitor = new Visitor(site.url);
    const first = (await visitor.api('POST', '/recommendations', { k: 1 })).json as {
      items: { movieId: number }[];
    };
    const { movieId } = first.items[0]!;
    expect((await visitor.api('PUT', `/hidden/${movieId}`)).status).toBe(200);
    const second = (await visitor.api('POST', '/recommendations', { k: 100 })).json as {
      items: { movieId: number }[];
    };
    expect(second.items.map((item) => item.movieId)).not.toContain(movieId);
    expect((await visitor.api('DELETE', `/hidden/${movieId}`)).status).toBe(204);
    const third = (await visitor.api('POST', '/recommendations', { k: 1 })).json as {
      items: { movieId: number }[];
    };
    expect(third.items[0]!.movieId).toBe(movieId);
  });

  it('a visitor may keep 100 entries; the 101st is refused with an offer to register', async () => {
    const visitor = new Visitor(site.url);
    const token = await visitor.token();
    const { titles } = site.app.context.library.current!.catalogue;
    const put = (movieId: number) =>
      visitor.fetch(`/api/v1/watchlist/${movieId}`, { method: 'PUT', headers: { 'x-csrf-token': token } });
    for (const { movieId } of titles.slice(0, 100)) expect((await put(movieId)).status).toBe(200);
    const refused = await put(titles[100]!.movieId);
    expect(refused.status).toBe(409);
    expect(((await refused.json()) as { detail: string }).detail).toMatch(/register/i);
  });

  it('a personal token acts for its account without cookie or form token', async () => {
    const { users, apiTokens, ratings } = site.app.store;
    const user = await users.create({ name: 'token-owner', passwordHash: 'x' });
    const { token } = await apiTokens.create(user.userId, 'test');
    const movieId = idOf('Heat');
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(`${site.url}/api/v1/ratings/${movieId}`, {
      method: 'PUT',
      headers,
      body: '{"rating":5}',
    });
    expect(response.status).toBe(200);
    expect((await ratings.list(user.userId)).map(({ rating }) => rating)).toEqual([5]);
    const wrong = await fetch(`${site.url}/api/v1/me/export`, {
      headers: { authorization: 'Bearer mq_wrong' },
    });
    expect(wrong.status).toBe(401);
    const exported = await fetch(`${site.url}/api/v1/me/export`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(JSON.stringify(await exported.json())).toContain('token-owner');
  });
});

describe('GET /openapi.json', () => {
  it('describes every operation with relative paths and every refusal', async () => {
    const { json } = await get('/openapi.json');
    const document = json as unknown as {
      openapi: string;
      servers: { url: string }[];
      paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
    };
    expect(document.openapi).toMatch(/^3\.1/);
    expect(document.servers).toEqual([{ url: '/api/v1' }]);
    expect(Object.keys(document.paths).sort()).toEqual([
      '/hidden/{id}', '/lite', '/me/export', '/ratings/{id}', '/recommendations', '/search', '/tags', '/titles', '/titles/{id}', '/titles/{id}/similar', '/watchlist/{id}',
    ]); // prettier-ignore
    for (const operations of Object.values(document.paths))
      for (const { responses } of Object.values(operations)) {
        expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '429', '500', '503']));
      }
  });

  it('names the language models of this installation, and "none"', async () => {
    const model = { label: 'Tiny', provider: 'openai', model: 't', baseUrl: 'http://127.0.0.1:9/v1', json: 'text', local: true }; // prettier-ignore
    const other = await startSite({ chatModels: [{ ...model, id: 'tiny' }] });
    const fieldOf = async (url: string) => {
      const answer = await fetch(`${url}/api/v1/openapi.json`);
      const { components } = (await answer.json()) as { components: { schemas: Record<string, { properties: Record<string, { enum: string[]; description: string }> }> } }; // prettier-ignore
      return components.schemas['RecommendationRequest']!.properties['chatModel']!;
    };
    expect((await fieldOf(other.url)).enum).toEqual(['tiny', 'none']);
    expect((await fieldOf(other.url)).description).toContain('Here: "tiny" (Tiny).');
    expect((await fieldOf(site.url)).enum).toEqual(['none']);
    await other.close();
  });
});
