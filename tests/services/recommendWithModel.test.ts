import { afterEach, describe, expect, it } from 'vitest';
import type { presentAnswer } from '../../src/contract/presentAnswer.ts';
import {
  FAULTS,
  startScriptedProvider,
  type ScriptedOptions,
  type ScriptedProvider,
} from '../support/scriptedProvider.ts';
import { startSite, type TestSite } from '../support/site.ts';

type Answer = ReturnType<typeof presentAnswer>;
/** For servers that misbehave; those that do not get time enough on a busy machine. */
const TIMEOUT_MS = 1500;
const AMPLE_MS = 10_000;
const PROMPT = 'I loved Alien and Heat, hated Casper. Something tense and claustrophobic with a slow burn';

let site: TestSite | null = null;
let provider: ScriptedProvider | null = null;
afterEach(async () => {
  await site?.close();
  await provider?.close();
  site = provider = null;
});

async function start(
  options: ScriptedOptions = {},
  settings: Record<string, unknown> = {},
  model: Record<string, unknown> = {},
): Promise<void> {
  const timeoutMs = options.fault ? TIMEOUT_MS : AMPLE_MS;
  provider = await startScriptedProvider(options);
  site = await startSite({
    chatModels: [
      { id: 'scripted', label: 'Scripted', provider: 'openai', model: 'm', baseUrl: provider.url, apiKey: 'k', json: 'schema', timeoutMs, price: { input: 1, output: 2 }, ...model },
    ],
    ...settings,
  }); // prettier-ignore
  // Loading the SDK is not what these tests are about.
  await site.app.context.chatModels.warmUp();
}

async function ask(body: Record<string, unknown>): Promise<{ answer: Answer; ms: number }> {
  const began = performance.now();
  const response = await fetch(`${site!.url}/api/v1/recommendations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return { answer: (await response.json()) as Answer, ms: performance.now() - began };
}

describe('with a language model', () => {
  it('asked only for films like one, it scores against what sets that film apart', async () => {
    const reading = {
      opinions: [{ title: 'Alien', rating: 4, said: 'like Alien' }],
      preferences: '',
      wishes: [],
      filters: {},
    };
    await start({ script: (_body, count) => (count === 1 ? JSON.stringify(reading) : undefined) });
    const { answer } = await ask({ prompt: 'movies like Alien', k: 5 });
    expect(answer.understood.opinions.map(({ title }) => title)).toEqual(['Alien']);
    expect(answer.understood.preferences).not.toBe('');
    expect(answer.scoring.fit).toBe('llm');
  });

  it('it reads the prompt and scores the candidates in two round trips, and the books say what it cost', async () => {
    await start();
    const { answer } = await ask({ prompt: PROMPT, k: 10, importance: 40 });
    expect(answer.scoring).toMatchObject({ fit: 'llm', chatModel: 'scripted', taste: 'cf' });
    expect(answer.scoring.degraded).toBeUndefined();
    expect(answer.items).toHaveLength(10);
    expect(answer.items.every(({ fit }) => fit!.by === 'llm')).toBe(true);
    expect(answer.usage.calls).toBe(provider!.requests.length);
    expect(answer.usage.calls).toBeLessThanOrEqual(6);
    expect(answer.usage.promptTokens).toBeGreaterThan(100);
    expect(answer.usage.costUsd).toBeGreaterThan(0);
    const sums = await site!.app.store.llmCalls.sums();
    expect(sums.calls).toBe(answer.usage.calls);
  });

  it('asked the same again, the scores come from the cache', async () => {
    await start();
    const body = { prompt: PROMPT, k: 10, importance: 40 };
    await ask(body);
    const before = provider!.requests.length;
    const { answer } = await ask(body);
    expect(provider!.requests.length - before).toBe(1); // reading the prompt
    expect(answer.usage.cachedCalls).toBeGreaterThan(0);
    expect(answer.scoring.fit).toBe('llm');
  });

  it('is not asked about titles that cannot reach the top K at this importance', async () => {
    await start();
    const asked = () =>
      new Set(
        provider!.requests.flatMap(({ body }) => JSON.stringify(body.messages).match(/\bc\d\d\b/g) ?? []),
      ).size;
    await ask({ prompt: PROMPT, k: 3, importance: 95 });
    const few = asked();
    expect(few).toBeGreaterThanOrEqual(3);
    expect(few).toBeLessThan(50);
  });

  it('is not called at importance 100, without preferences, or when it is switched off', async () => {
    await start();
    const off = await ask({ prompt: PROMPT, chatModel: 'none' });
    expect(off.answer.scoring.degraded).toMatchObject({ code: 'chosen_off' });
    expect(provider!.requests).toHaveLength(0);
    await ask({ ratings: [{ title: 'Heat', rating: 5 }] });
    expect(provider!.requests).toHaveLength(0);
    const taste = await ask({ prompt: PROMPT, importance: 100 });
    expect(taste.answer.scoring.fit).toBe('none');
    expect(taste.answer.scoring.degraded).toBeUndefined();
    expect(provider!.requests.length).toBeLessThanOrEqual(1); // reading only
  });

  it('a used-up budget falls back to text and says so', async () => {
    await start({}, { budget: { siteDailyCalls: 0 } });
    const { answer } = await ask({ prompt: PROMPT });
    expect(answer.scoring).toMatchObject({ fit: 'text', degraded: { code: 'budget' } });
    expect(provider!.requests).toHaveLength(0);
  });

  it('sends neither names of accounts nor other people’s words: only the prompt, rated titles and the catalogue', async () => {
    await start();
    await ask({ prompt: `${PROMPT}. Write to me at ripley@nostromo.example or +44 20 7946 0958` });
    const sent = JSON.stringify(provider!.requests.map(({ body }) => body));
    expect(sent).not.toContain('ripley@nostromo.example');
    expect(sent).not.toContain('7946');
  });

  it('books what left and nothing that still waited for its turn at the deadline', async () => {
    await start({ delayMs: 500 }, {}, { concurrency: 1, timeoutMs: 1200 });
    const { answer } = await ask({ prompt: PROMPT, k: 10, importance: 40 });
    expect(answer.scoring.degraded).toBeDefined();
    expect(provider!.requests.length).toBeLessThan(4);
    expect(answer.usage.calls).toBe(provider!.requests.length);
    expect((await site!.app.store.llmCalls.sums()).calls).toBe(provider!.requests.length);
  });

  it('books a refused request and the one that followed it, and pays for the second only', async () => {
    await start();
    provider!.setFault('rate_limited', 1);
    const { answer } = await ask({ prompt: PROMPT, k: 10, importance: 40 });
    expect(answer.scoring.degraded).toBeUndefined();
    expect(answer.usage.calls).toBe(provider!.requests.length);
    const { promptTokens, completionTokens, costUsd } = answer.usage;
    expect(costUsd).toBeCloseTo((promptTokens + 2 * completionTokens) / 1e6, 9);
    const sent = provider!.requests.slice(1).flatMap(({ body }) => body.messages);
    const letters = sent.reduce((sum, { content }) => sum + content.length, 0);
    expect(Math.abs(promptTokens - letters / 4)).toBeLessThanOrEqual(answer.usage.calls);
  });

  it('that obeys a hostile plot gets no markup, link, id or foreign title onto the list', async () => {
    await start({
      script: (body) => {
        const ids = [...JSON.stringify(body.messages).matchAll(/\{\\"id\\":\\"(c\d\d)/g)].map(([, id]) => id!);
        const reason = '<img src=x onerror=alert(1)> [buy](https://evil.example/x) **now** javascript:alert(2)';
        if (ids.length === 0) return undefined;
        return JSON.stringify({ scores: [...ids, 'c99', 'tt0000001', '<b>'].map((id) => ({ id, score: 5, reason, title: 'Zardoz 9', movieId: 1 })) });
      },
    }); // prettier-ignore
    const { answer } = await ask({ prompt: PROMPT, k: 20, importance: 30 });
    const { catalogue } = site!.app.context.library.current!;
    expect(answer.items).toHaveLength(20);
    for (const { movieId, title, fit } of answer.items) {
      expect(catalogue.get(movieId)!.title).toBe(title);
      expect(fit!.reason).toBe('buy now');
    }
  });

  it('titles it invents are never recommended and are listed as not found', async () => {
    await start({
      script: (_body, count) =>
        count === 1
          ? JSON.stringify({ opinions: [{ title: 'The Phantom Submarine of Delft', rating: 5, said: 'Heat' }, { title: 'Alien', rating: 5, said: 'Alien' }], preferences: 'tense', wishes: ['tense'], filters: {} })
          : undefined,
    }); // prettier-ignore
    const { answer } = await ask({ prompt: PROMPT });
    const { catalogue } = site!.app.context.library.current!;
    expect(answer.understood.opinions.map(({ title }) => title)).toContain('Alien');
    expect(answer.understood.opinions.map(({ title }) => title)).not.toContain(
      'The Phantom Submarine of Delft',
    );
    for (const { movieId } of answer.items) expect(catalogue.get(movieId)).toBeDefined();
  });
});

describe('whatever a language model does, there is a list in time', () => {
  it.each(FAULTS)('%s', async (fault) => {
    await start({ fault });
    const { answer, ms } = await ask({ prompt: PROMPT, k: 12, importance: 30 });
    expect(ms).toBeLessThan(TIMEOUT_MS + 1000);
    expect(answer.items).toHaveLength(12);
    const isWhole = answer.items.every(({ fit }) => fit!.by === 'llm');
    if (!isWhole || answer.scoring.fit !== 'llm') {
      expect(answer.scoring.degraded).toBeDefined();
      expect(answer.scoring.degraded!.reason.length).toBeGreaterThan(10);
    }
    const { catalogue } = site!.app.context.library.current!;
    for (const { movieId, fit } of answer.items) {
      expect(catalogue.get(movieId)).toBeDefined();
      expect(fit!.score).toBeGreaterThanOrEqual(0.01);
      expect(fit!.score).toBeLessThanOrEqual(1);
    }
  });

  it('a server that is not there', async () => {
    await start({}, {}, { timeoutMs: TIMEOUT_MS });
    await provider!.close();
    provider = null;
    const { answer, ms } = await ask({ prompt: PROMPT });
    expect(answer.scoring).toMatchObject({
      fit: 'text',
      degraded: { code: 'unreachable', stage: 'understand' },
    });
    expect(answer.usage).toMatchObject({ calls: 0, promptTokens: 0, completionTokens: 0 });
    expect(ms).toBeLessThan(TIMEOUT_MS + 1000);
  });
});
