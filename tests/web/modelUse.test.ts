import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { presentAnswer } from '../../src/contract/presentAnswer.ts';
import { startScriptedProvider, type ScriptedProvider } from '../support/scriptedProvider.ts';
import { startSite, Visitor, type TestSite } from '../support/site.ts';

type Answer = ReturnType<typeof presentAnswer>;

const PROMPT =
  'I loved Alien and Heat. Something tense with a slow burn. I am ripley@nostromo.example, +44 20 7946 0958, @ellen_r, IBAN DE89 3704 0044 0532 0130 00, card 4111 1111 1111 1111, my list: https://lists.example/l?token=abc123';
const SECRETS = ['ripley@', '7946', 'ellen_r', '3704', '4111', 'abc123'];
const ask = { prompt: PROMPT, k: '6', importance: '40', chatModel: 'far' };

let provider: ScriptedProvider;
let site: TestSite;
beforeAll(async () => {
  provider = await startScriptedProvider();
  const model = (id: string, more: object) => ({ id, label: `Model ${id}`, provider: 'openai', model: id, baseUrl: provider.url, apiKey: 'k', json: 'schema', timeoutMs: 10_000, price: { input: 2.5, output: 10 }, ...more }); // prettier-ignore
  site = await startSite({
    chatModels: [model('far', { recommended: true }), model('near', { local: true })],
  });
  await site.app.context.chatModels.warmUp();
});
afterAll(async () => {
  await site.close();
  await provider.close();
});
beforeEach(() => void provider.requests.splice(0));

const unescape = (html: string): string =>
  html.replace(/&(lt|gt|quot|amp|#39|#34);/g, (_all, name: string) => ({ lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'", '#34': '"' })[name]!); // prettier-ignore
/** The texts a page shows word for word, the random code taken out. */
const verbatim = (html: string): string[] =>
  [...html.matchAll(/<pre class="verbatim">\n?([\s\S]*?)<\/pre>/g)].map(([, text]) => plain(unescape(text!)));
const plain = (text: string): string =>
  text.replace(/(=== (?:BEGIN|END) [A-Z]+ )[0-9a-f]{12}/g, '$1code').replace(/\r\n/g, '\n');
const received = (): string[] =>
  provider.requests.flatMap(({ body }) => body.messages.map(({ content }) => plain(content)));

describe('what would be sent', () => {
  it('is shown word for word before anything leaves, with what it may cost', async () => {
    const visitor = new Visitor(site.url);
    const { status, html } = await visitor.post('/recommendations/preview', ask);
    expect([status, provider.requests.length]).toEqual([200, 0]);
    expect(html).toMatch(/About [\d,]+ tokens in 5 calls, about \$0\.\d+\./);
    const shown = verbatim(html);
    expect(shown).toHaveLength(10);
    for (const secret of SECRETS) expect(shown.join('\n')).not.toContain(secret);
    await visitor.post('/recommendations', ask);
    // The call that reads the prompt is what left.
    expect(shown.slice(0, 2)).toEqual(received().slice(0, 2));
  });

  it('masks in what the provider really receives, in every call', async () => {
    await new Visitor(site.url).post('/recommendations', { ...ask, prompt: `${PROMPT} And a long voyage.` });
    expect(provider.requests.length).toBeGreaterThan(1);
    const sent = JSON.stringify(provider.requests.map(({ body }) => body));
    for (const secret of SECRETS) expect(sent).not.toContain(secret);
    expect(sent).toContain('I loved Alien and Heat');
  });

  it('is said for each model in the box, and none sends nothing', async () => {
    const visitor = new Visitor(site.url);
    const { html } = await visitor.page('/');
    expect(html).toMatch(/data-estimate-line>About [\d,]+ tokens in 5 calls, about \$0\.\d+\.</);
    expect(html).toMatch(/value="none" data-estimate=""/);
    const none = await visitor.post('/recommendations/preview', { ...ask, chatModel: 'none' });
    expect(none.html).toContain('Nothing would be sent. You chose no language model');
    expect(verbatim(none.html)).toEqual([]);
  });
});

describe('what was sent', () => {
  it('is shown to the owner word for word, every call, and to nobody else', async () => {
    const visitor = new Visitor(site.url);
    const { location } = await visitor.post('/recommendations', { ...ask, prompt: 'a lonely ship in space' });
    const { html } = await visitor.page(`${location}/sent`);
    expect(verbatim(html).sort()).toEqual(received().sort());
    await visitor.post(`${location}/share`);
    const guest = new Visitor(site.url);
    expect((await guest.page(location)).status).toBe(200);
    expect((await guest.page(`${location}/sent`)).status).toBe(404);
    expect((await guest.page(location)).html).not.toContain('/sent"');
  });
});

describe('which models may read my words', () => {
  it('is kept in this browser: only local ones are offered and asked', async () => {
    const visitor = new Visitor(site.url);
    expect((await visitor.post('/models', { allowed: 'local', next: '/' })).location).toBe('/');
    const { html } = await visitor.page('/');
    expect(html).toContain('value="near"');
    expect(html).not.toContain('value="far"');
    expect((await visitor.post('/recommendations', ask)).status).toBe(400);
    await visitor.post('/recommendations', { ...ask, chatModel: '' });
    expect(new Set(provider.requests.map(({ body }) => body.model))).toEqual(new Set(['near']));
  });

  it('may be none: nothing leaves, and the page says whose choice that is', async () => {
    const visitor = new Visitor(site.url);
    await visitor.post('/models', { allowed: 'none' });
    expect((await visitor.page('/')).html).toContain('You allow no language model: matched on text.');
    const { location } = await visitor.post('/recommendations', { ...ask, chatModel: 'none' });
    expect((await visitor.page(location)).html).toContain('no language model: matched on text.');
    expect(provider.requests).toHaveLength(0);
    await visitor.post('/models', { allowed: 'any' });
    expect((await visitor.page('/')).html).toContain('value="far"');
  });

  it('is kept in the account, where the API honours it, and a choice made before registering holds', async () => {
    const visitor = new Visitor(site.url);
    await visitor.post('/models', { allowed: 'local' });
    await visitor.post('/register', { name: 'ellen', password: 'paper lantern street' });
    const recommend = async (body: object) =>
      (await visitor.api('POST', '/recommendations', { prompt: 'a lonely ship', ...body })).json as Answer;
    expect((await recommend({})).scoring.chatModel).toBe('near');
    const refused = await recommend({ chatModel: 'far' });
    expect(refused.scoring.degraded).toMatchObject({ code: 'chosen_off' });
    expect(refused.scoring.degraded!.reason).toContain('only language models that run');
    await visitor.post('/models', { allowed: 'none' });
    visitor.dropCookie('marquee_models');
    expect((await recommend({})).scoring).toMatchObject({ fit: 'text', degraded: { code: 'chosen_off' } });
    expect(new Set(provider.requests.map(({ body }) => body.model))).toEqual(new Set(['near']));
  });
});

it('the name of one’s own account stays here, but a title of the same name goes', async () => {
  const visitor = new Visitor(site.url);
  await visitor.post('/register', { name: 'Nostromo_Cook', password: 'paper lantern street' });
  const prompt = 'I loved Alien. I am nostromo_cook and want a tense voyage home';
  const preview = await visitor.post('/recommendations/preview', { ...ask, prompt });
  await visitor.post('/recommendations', { ...ask, prompt });
  const sent = received().join('\n') + verbatim(preview.html).join('\n');
  expect(sent.toLowerCase()).not.toContain('nostromo_cook');
  expect(sent).toContain('I am [account] and want');
  const other = new Visitor(site.url);
  await other.post('/register', { name: 'Alien', password: 'paper lantern street' });
  await other.post('/recommendations', { ...ask, prompt: 'I loved Alien. A tense voyage out' });
  expect(received().join('\n')).toContain('I loved Alien. A tense voyage out');
});

describe('a stream of a list', () => {
  it('shows the list as far as it has come a few times, not once for every score', async () => {
    const visitor = new Visitor(site.url);
    const { location } = await visitor.post('/recommendations', { ...ask, prompt: 'a quiet town by the sea, long shadows', live: '1' }); // prettier-ignore
    const text = await (await visitor.fetch(`${location}/events`)).text();
    const lists = text.match(/^event: list$/gm) ?? [];
    expect(lists.length).toBeLessThan(12);
    expect(text.match(/^event: (?:progress|list|done)$/gm)?.at(-1)).toBe('event: done');
  });
});

it('an account that used up its calls for today gets text match and is told so before and after; others go on', async () => {
  const capped = await startSite({
    chatModels: [{ id: 'far', label: 'Far', provider: 'openai', model: 'far', baseUrl: provider.url, apiKey: 'k', json: 'schema', timeoutMs: 10_000 }],
    budget: { userDailyCalls: 6 },
  }); // prettier-ignore
  try {
    await capped.app.context.chatModels.warmUp();
    const visitor = new Visitor(capped.url);
    await visitor.post('/register', { name: 'dallas', password: 'paper lantern street' });
    const recommend = async (who: Visitor, prompt: string) =>
      (await who.api('POST', '/recommendations', { prompt })).json as Answer;
    expect((await recommend(visitor, 'a tense ship at night')).scoring.fit).toBe('llm');
    await expect.poll(async () => (await capped.app.store.llmCalls.sums()).calls).toBeGreaterThan(1);
    const refused = await recommend(visitor, 'a warm kitchen in summer');
    expect(refused.scoring).toMatchObject({ fit: 'text', degraded: { code: 'budget' } });
    expect(refused.usage.calls).toBe(0);
    const { html } = await visitor.post('/recommendations/preview', { ...ask, chatModel: 'far' });
    expect(html).toContain('Nothing would be sent. Your language model calls for today are used up');
    expect((await recommend(new Visitor(capped.url), 'a warm kitchen in summer')).scoring.fit).toBe('llm');
  } finally {
    await capped.close();
  }
});
