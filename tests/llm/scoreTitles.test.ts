import { afterEach, describe, expect, it } from 'vitest';
import { estimateMessageTokens } from '../../src/llm/tokens.ts';
import { classicScoreMessages } from '../../src/llm/classic.ts';
import {
  type CachedScore,
  cacheKey,
  scoreTitles,
  type ScoreTitlesOptions,
  type TitleScore,
} from '../../src/llm/scoreTitles.ts';
import { startDeadline } from '../../src/llm/deadline.ts';
import type { ModelCall } from '../../src/llm/modelCall.ts';
import { closeAll, scripted, type Scripted, titles } from './support.ts';

afterEach(closeAll);

const PREFERENCES = 'a heist in winter, slow';

const run = (model: Scripted['model'], more: Partial<ScoreTitlesOptions> = {}) =>
  scoreTitles({
    model, preferences: PREFERENCES, ratings: [{ title: 'Heat', year: 1995, rating: 5 }], titles: titles(), signal: new AbortController().signal, seed: 7, ...more,
  }); // prettier-ignore

describe('scoreTitles', () => {
  it('scores fifty titles in four calls, each title once, by what the model said of it', async () => {
    const { model, provider } = await scripted();
    const seen: number[] = [];
    const result = await run(model, { onBatch: (scores) => seen.push(...scores.keys()) });
    expect([result.calls, provider.requests.length, result.scores.size]).toEqual([4, 4, 50]);
    expect(result.failure).toBeUndefined();
    expect([...seen].sort((a, b) => a - b)).toEqual(titles().map(({ movieId }) => movieId));
    const heist = result.scores.get(100)!;
    const desert = result.scores.get(101)!;
    expect(heist.score).toBeGreaterThan(desert.score);
    expect(heist.reason).toContain('heist');
    expect(result.promptTokens).toBeGreaterThan(1_000);
  });

  it('keeps titles out of the order they came in, and the same order for the same seed', async () => {
    const { model, provider } = await scripted({}, { concurrency: 1 });
    await run(model);
    await run(model);
    await run(model, { seed: 8 });
    const bodies = provider.requests.map(({ body }) => namesIn(body.messages[1]!.content));
    expect(bodies.slice(0, 4)).toEqual(bodies.slice(4, 8));
    expect(bodies.slice(0, 4)).not.toEqual(bodies.slice(8));
    expect(bodies[0]).not.toEqual(
      titles()
        .slice(0, 13)
        .map(({ title }) => title),
    );
  });

  it('puts rules first, preferences second, candidates last, so that a provider can cache the start', async () => {
    const { model, provider } = await scripted();
    await run(model, { nonce: 'abc123' });
    const texts = provider.requests.map(({ body }) => body.messages.map(({ content }) => content).join('\n'));
    const shared = texts[0]!.slice(0, texts[0]!.indexOf('=== BEGIN CANDIDATES'));
    expect(shared).toContain(PREFERENCES);
    expect(shared).toContain('Heat (1995): 5 of 5');
    for (const text of texts) expect(text.startsWith(shared)).toBe(true);
  });

  it('costs at most two fifths of the tokens of one call a title', async () => {
    const { model } = await scripted();
    const calls: ModelCall[] = [];
    await run(model, { recordCall: (call) => calls.push(call) });
    const batched = calls.reduce((sum, call) => sum + call.promptTokens + call.completionTokens, 0);
    const { model: classic, provider } = await scripted({}, { style: 'classic', concurrency: 8 });
    const single = await run(classic, { ratings: [] });
    expect(provider.requests.length).toBe(50);
    const singleWithRules = await oneCallATitle();
    expect(batched / singleWithRules).toBeLessThan(0.4);
    // Even against the classic's bare question it is no more.
    expect(batched).toBeLessThan((single.promptTokens + single.completionTokens) * 1.2);
  });

  it('hands a score on while its batch is still coming in', async () => {
    const { model } = await scripted({ pieceMs: 5 });
    const startedAt = performance.now();
    let firstAt = Infinity;
    await run(model, { titles: titles(20), onBatch: () => (firstAt = Math.min(firstAt, performance.now())) });
    const total = performance.now() - startedAt;
    expect(firstAt - startedAt).toBeLessThan(total / 2);
  });

  it('asks nothing again that the cache knows, and says how many calls that saved', async () => {
    const { model, provider } = await scripted();
    const kept = new Map<string, CachedScore>();
    const cache = {
      get: (keys: readonly string[]) =>
        Promise.resolve(
          new Map(keys.flatMap((key) => (kept.has(key) ? [[key, kept.get(key)!] as const] : []))),
        ),
      put: (entries: readonly (CachedScore & { key: string })[]) => {
        for (const { key, score, reason } of entries) kept.set(key, { score, reason });
        return Promise.resolve();
      },
    };
    const first = await run(model, { cache });
    const second = await run(model, { cache, preferences: ' A heist in WINTER — slow! ' });
    expect(provider.requests.length).toBe(4);
    expect([second.calls, second.cachedCalls, second.promptTokens]).toEqual([0, 4, 0]);
    for (const [movieId, { score, reason, isCached }] of second.scores)
      expect([score, reason, isCached]).toEqual([
        first.scores.get(movieId)!.score,
        first.scores.get(movieId)!.reason,
        true,
      ]);
    await run(model, { cache, ratings: [] });
    expect(provider.requests.length).toBe(8);
  });

  it('gives a list although the cache is broken', async () => {
    const { model } = await scripted();
    const broken = {
      get: () => Promise.reject(new Error('disk')),
      put: () => Promise.reject(new Error('disk')),
    };
    expect((await run(model, { cache: broken })).scores.size).toBe(50);
  });

  it('reads the line form of models without a JSON mode', async () => {
    const { model, provider } = await scripted({}, { json: 'text' });
    const result = await run(model);
    expect([result.scores.size, provider.requests.length]).toEqual([50, 4]);
    expect(result.scores.get(100)!.reason).toContain('heist');
  });

  it('asks once more for what a batch left out, and for nothing else', async () => {
    const { model, provider } = await scripted({ fault: 'truncated_json', faultTimes: 1 });
    const result = await run(model, { titles: titles(20) });
    expect(result.scores.size).toBe(20);
    expect(provider.requests.length).toBe(2);
    const [all, left] = provider.requests.map(({ body }) => namesIn(body.messages[1]!.content));
    expect(left!.length).toBeLessThan(all!.length);
    expect(all).toEqual(expect.arrayContaining(left!));
    expect(provider.requests[1]!.body.messages[1]!.content).toContain('left these out');
  });

  it('keeps what came before a wire was cut, and gets the rest', async () => {
    const { model, provider } = await scripted({ fault: 'cut', faultTimes: 1 });
    const result = await run(model, { titles: titles(20) });
    expect([result.scores.size, provider.requests.length]).toEqual([20, 2]);
  });

  it('says partial, with how many and why, when only some titles came', async () => {
    const { model } = await scripted({ fault: 'truncated_json' });
    const result = await run(model, { titles: titles(20) });
    expect(result.scores.size).toBeGreaterThan(8);
    expect(result.scores.size).toBeLessThan(20);
    expect(result.failure?.code).toBe('partial');
    expect(result.failure?.reason).toContain(`${20 - result.scores.size} of 20 titles`);
  });

  const nothing = [
    ['rate_limited_bare', 'rate_limited'], ['server_error', 'unreachable'], ['garbage', 'bad_answer'], ['html', 'bad_answer'],
    ['wrong_ids', 'bad_answer'], ['refusal', 'bad_answer'], ['empty', 'bad_answer'], ['hang', 'timeout'],
  ] as const; // prettier-ignore
  for (const [fault, code] of nothing) {
    it(`says ${code} when every answer is ${fault}, in no more than two calls a batch`, async () => {
      const { model, provider } = await scripted({ fault });
      const result = await run(model, { titles: titles(20) });
      expect([result.scores.size, result.failure?.code]).toEqual([0, code]);
      expect(provider.requests.length).toBeLessThanOrEqual(2);
    });
  }

  it('counts a repeated id once and clamps scores that are a little out of range', async () => {
    const repeats = await scripted({ fault: 'repeats' });
    expect((await run(repeats.model)).scores.size).toBe(50);
    const outside = await scripted({ fault: 'out_of_range' });
    const scores = [...(await run(outside.model)).scores.values()].map(({ score }) => score);
    expect(new Set(scores)).toEqual(new Set([0, 5]));
  });

  it('cuts an over-long reason at 160 characters and keeps its score', async () => {
    const { model } = await scripted({ fault: 'over_long' }, { timeoutMs: 4_000 });
    const result = await run(model, { titles: titles(10) });
    expect(result.scores.size).toBe(10);
    for (const { reason } of result.scores.values()) expect(reason.length).toBeLessThanOrEqual(160);
  });

  it('is back within its deadline with what has come by then', async () => {
    const { model } = await scripted({ fault: 'trickle' }, { concurrency: 8 }, { idleMs: 2_000 });
    const deadline = startDeadline(1_500);
    const startedAt = Date.now();
    const result = await run(model, { signal: deadline.signal, deadlineAt: deadline.at });
    deadline.end();
    expect(Date.now() - startedAt).toBeLessThan(2_000);
    expect(['timeout', 'partial']).toContain(result.failure?.code);
    expect(result.failure?.reason).toContain('took too long');
  });

  it('keeps what has come when somebody presses stop', async () => {
    const { model } = await scripted({ pieceMs: 4 });
    const controller = new AbortController();
    const seen = new Map<number, TitleScore>();
    const result = await run(model, {
      signal: controller.signal,
      onBatch: (scores) => {
        for (const [movieId, score] of scores) seen.set(movieId, score);
        if (seen.size === 5) controller.abort();
      },
    });
    expect(result.scores.size).toBeGreaterThanOrEqual(5);
    expect(result.scores.size).toBeLessThan(50);
    expect(result.failure).toEqual({ code: 'partial', reason: expect.stringContaining('Stopped') as string });
  });

  it('writes each call into the books with tokens, cost and outcome', async () => {
    const { model } = await scripted({}, { price: { input: 1, output: 2 } });
    const calls: ModelCall[] = [];
    await run(model, { recordCall: (call) => calls.push(call) });
    expect(calls.length).toBe(4);
    for (const call of calls) {
      expect([call.chatModel, call.purpose, call.outcome, call.httpStatus]).toEqual([
        'm',
        'score',
        'ok',
        null,
      ]);
      expect(call.costUsd).toBeCloseTo((call.promptTokens + 2 * call.completionTokens) / 1e6, 12);
    }
  });

  it('shows the first card of a model that answers after 800 ms within a second, and all soon after', async () => {
    const { model } = await scripted({ delayMs: 800 }, {}, { idleMs: 5_000 });
    const startedAt = performance.now();
    let firstAt = Infinity;
    const result = await run(model, {
      onBatch: () => (firstAt = Math.min(firstAt, performance.now() - startedAt)),
    });
    expect(result.scores.size).toBe(50);
    expect(firstAt).toBeLessThan(1_300);
    expect(performance.now() - startedAt).toBeLessThan(1_900);
  });
});

describe('scoreTitles in the classic style', () => {
  it('asks one call a title and reads score --- explanation', async () => {
    const { model, provider } = await scripted({}, { style: 'classic', concurrency: 8 });
    const list = [...titles(4), { ...titles(1)[0]!, movieId: 999, plot: null }];
    const result = await run(model, { titles: list });
    expect(provider.requests.length).toBe(4);
    expect(result.scores.get(999)).toEqual({ score: 3, reason: '', isCached: false });
    expect(result.scores.get(100)).toEqual({
      score: 3,
      reason: 'It shares words with what was asked for.',
      isCached: false,
    });
    expect(result.scores.get(101)!.score).toBe(1);
  });
});

describe('cacheKey', () => {
  const [title] = titles(1);
  const model = { id: 'm', model: 'one', style: 'standard' as const };
  const key = cacheKey('slow heist', title!, model);

  it('changes with preferences, facts, ratings, model and wording, and with nothing else', () => {
    expect(cacheKey('Slow, heist!', title!, model)).toBe(key);
    const others = [
      cacheKey('slow heists', title!, model),
      cacheKey('slow heist', { ...title!, plot: 'Another.' }, model),
      cacheKey('slow heist', title!, { ...model, id: 'n' }),
      cacheKey('slow heist', title!, model, [{ title: 'Heat', year: 1995, rating: 5 }]),
      cacheKey('slow heist', title!, model, [], '0'),
    ];
    expect(new Set([key, ...others]).size).toBe(6);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
  });
});

const namesIn = (text: string): string[] => [...text.matchAll(/"title":"([^"]+)"/g)].map(([, name]) => name!);

/** The same question about one title at a time, as the classic asked it but with the same rules and facts. */
async function oneCallATitle(): Promise<number> {
  const { model } = await scripted();
  let tokens = 0;
  for (const title of titles()) {
    const calls: ModelCall[] = [];
    await run(model, { titles: [title], recordCall: (call) => calls.push(call) });
    tokens += calls.reduce((sum, call) => sum + call.promptTokens + call.completionTokens, 0);
    expect(estimateMessageTokens(classicScoreMessages(PREFERENCES, [], title))).toBeGreaterThan(50);
  }
  return tokens;
}
