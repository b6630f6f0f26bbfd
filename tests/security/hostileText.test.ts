import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Title } from '../../src/domain.ts';
import { activate, buildSnapshot } from '../../src/services/buildSnapshot.ts';
import { answerTo } from '../support/scriptedAnswers.ts';
import { startScriptedProvider, type ScriptedProvider } from '../support/scriptedProvider.ts';
import { startSite, Visitor, type TestSite } from '../support/site.ts';

/**
 * Checks 13 and 29: text from a data set, from TMDB, from a person or from a language model is text on every page. The
 * payloads name themselves, so that a page shows which one got through.
 */
const payload = (where: string) =>
  `${where}"'><script>boom()</script><img src=x onerror=boom()><a href="javascript:boom()">![x](https://evil.example/x.png)</textarea>`;
const ALIEN = 1214;

// The model's usual deadline and a test's usual patience are both 20 s: on a busy machine either ended a list of 50 judged
// titles, and the promises here are not about speed.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });
const PATIENCE_MS = 90_000;

let site: TestSite;
let provider: ScriptedProvider;
beforeAll(async () => {
  provider = await startScriptedProvider({
    // A model whose every sentence is an attack.
    script: (body) => answerTo(body).replaceAll(/"reason":"(\\.|[^"])*"/g, () => `"reason":${JSON.stringify(`Good. ${payload('reason')}`)}`),
  });
  site = await startSite({
    chatModels: [{ id: 's', label: payload('label').slice(0, 80), provider: 'openai', model: 's', baseUrl: provider.url, json: 'object', local: true, timeoutMs: PATIENCE_MS }],
  });
  await poisonCatalogue();
}); // prettier-ignore
afterAll(async () => {
  await site.close();
  await provider.close();
});

/** Every fact of a title that a data set or TMDB brings. */
async function poisonCatalogue(): Promise<void> {
  const { store, context } = site.app;
  const known = (await store.movies.getMany([ALIEN])).get(ALIEN)!;
  const hostile: Partial<Title> = {
    title: `Alien ${payload('title')}`,
    originalTitle: payload('original'),
    otherTitles: [payload('other')],
    directors: [payload('director')],
    cast: [payload('cast')],
    genres: [payload('genre').slice(0, 60)],
    countries: [payload('country')],
    languages: [payload('language')],
    keywords: [payload('keyword')],
    providers: [payload('provider')],
    plot: `A quiet grief. ${payload('plot')}`,
  };
  await store.movies.upsertMany([{ ...known, ...hostile }]);
  await buildSnapshot({ store, dataDir: site.dataDir });
  await activate(store, {});
  await context.library.refresh();
  expect(context.library.current?.catalogue.get(ALIEN)?.title).toContain('<script>');
}

/** The attack is on the page, and harmless: no tag, no attribute and no address of it is live. */
function expectHarmless(html: string, where: string, isThere = true): void {
  if (isThere) expect(html, where).toContain('boom()');
  expect(html, where).not.toMatch(/<script>boom|<img src=x|<a href="javascript:|<\/textarea>"/i);
  expect(html, where).not.toMatch(/(src|href)=["']?(javascript:|https?:\/\/evil\.example)/i);
  // Inside JSON for scripts a `<` is escaped too.
  for (const [, inside] of html.matchAll(/<script[^>]*type="application\/json"[^>]*>(.*?)<\/script>/gs))
    expect(inside, where).not.toContain('<');
}

describe('a title of which every fact is an attack', () => {
  it.each(['/titles/1214', '/search?q=alien', '/search', '/lite?rating=1214:5', '/posters/1214.svg'])(
    'is text on %s',
    async (path) => {
      const html = await (await fetch(site.url + path)).text();
      expectHarmless(html, path, !['/search', '/posters/1214.svg'].includes(path));
    },
  );

  it('is text on the profile of who rated, saved or hid it', async () => {
    const visitor = new Visitor(site.url);
    await visitor.post(`/titles/${ALIEN}/rate`, { rating: '5' });
    await visitor.post(`/titles/${ALIEN}/save`);
    for (const tab of ['rated', 'saved', 'watchlist', 'hidden', 'account'])
      expectHarmless((await visitor.page(`/profile?tab=${tab}`)).html, tab, false);
    expectHarmless((await visitor.page('/profile?tab=rated')).html, 'rated');
  });

  it('is text in lists, in reasons and in what was understood', async () => {
    const visitor = new Visitor(site.url);
    const { location } = await visitor.post('/recommendations', { prompt: 'I loved Heat. a quiet grief', k: '40' });
    expectHarmless((await visitor.page(location)).html, 'list', false);
    const lite = await visitor.post('/lite', { rating: `${ALIEN}:5`, k: '5' });
    expectHarmless((await visitor.page(lite.location)).html, 'lite');
  }); // prettier-ignore
});

describe('29: a language model whose every sentence is an attack', () => {
  it('says it as plain text, without links and pictures', async () => {
    const visitor = new Visitor(site.url);
    const { location } = await visitor.post('/recommendations', { prompt: 'quiet films about grief', k: '5', chatModel: 's', importance: '20' }); // prettier-ignore
    const { html } = await visitor.page(location);
    expect(html).toContain('Good.');
    expectHarmless(html, 'reasons', false);
    const { json } = await visitor.api('POST', '/recommendations', { prompt: 'quiet films about grief', k: 5, chatModel: 's', importance: 20 }); // prettier-ignore
    const reasons = (json as { items: { fit: { reason?: string } }[] }).items.flatMap(({ fit }) => fit.reason ?? []); // prettier-ignore
    expect(reasons.length).toBe(5);
    for (const reason of reasons) expect(reason).not.toMatch(/[<>]|https?:|javascript:|!\[/);
  });
});

describe('what a person types', () => {
  it('into the name of a token, a user name, a search and a form that is refused is text', async () => {
    const visitor = new Visitor(site.url);
    const refused = await visitor.post('/register', { name: payload('name'), password: 'a long walk by the sea' }); // prettier-ignore
    expect(refused.status).toBe(400);
    expectHarmless(refused.html, 'register');
    expectHarmless((await visitor.post('/login', { name: payload('name'), password: 'x' })).html, 'login');
    await visitor.post('/register', { name: 'anna', password: 'a long walk by the sea' });
    const made = await visitor.post('/profile/tokens', { name: '<script>boom()</script>' });
    expectHarmless(made.html, 'token');
    expectHarmless((await visitor.page(`/search?q=${encodeURIComponent(payload('q'))}`)).html, 'search');
    const form = await visitor.post('/recommendations', { prompt: payload('prompt'), k: '1000' });
    expectHarmless(form.html, 'ask form');
    const lite = await visitor.post('/lite', { title: payload('typed'), stars: '4', tagName: payload('tag'), tagWish: '1' }); // prettier-ignore
    expectHarmless(lite.html, 'lite form', false);
  });
});
