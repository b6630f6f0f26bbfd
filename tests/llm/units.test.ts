import { describe, expect, it } from 'vitest';
import { callsFor, shuffle, splitEvenly } from '../../src/llm/batches.ts';
import { checkBudget, costUsd } from '../../src/llm/budget.ts';
import { ChatModelError } from '../../src/llm/chatModel.ts';
import { CircuitBreaker } from '../../src/llm/circuitBreaker.ts';
import { parseRetryAfter } from '../../src/llm/guardedFetch.ts';
import { plotPassages } from '../../src/llm/plotPassages.ts';
import { withRetries } from '../../src/llm/retry.ts';
import { estimateTokens } from '../../src/llm/tokens.ts';

describe('CircuitBreaker', () => {
  it('opens after five failures in a row, lets one trial through after 30 s, and closes when it succeeds', () => {
    let nowMs = 0;
    const breaker = new CircuitBreaker({ now: () => nowMs });
    for (let count = 0; count < 4; count++) breaker.failed(breaker.tryEnter()!);
    breaker.succeeded();
    for (let count = 0; count < 5; count++) breaker.failed(breaker.tryEnter()!);
    expect([breaker.state, breaker.tryEnter()]).toEqual(['open', null]);
    nowMs = 30_000;
    expect(breaker.state).toBe('half-open');
    const trial = breaker.tryEnter()!;
    expect([trial, breaker.tryEnter()]).toEqual([{ isTrial: true }, null]);
    breaker.failed(trial);
    expect(breaker.state).toBe('open');
    nowMs = 60_000;
    breaker.gaveUp(breaker.tryEnter()!);
    expect(breaker.tryEnter()).toEqual({ isTrial: true });
    breaker.succeeded();
    expect(breaker.state).toBe('closed');
  });

  it('is not kept open by calls that began before it opened, and they do not end the trial of another', () => {
    let nowMs = 0;
    const breaker = new CircuitBreaker({ now: () => nowMs });
    const early = Array.from({ length: 8 }, () => breaker.tryEnter()!);
    for (const pass of early.slice(0, 5)) breaker.failed(pass);
    nowMs = 29_000;
    breaker.failed(early[5]!);
    nowMs = 30_000;
    expect(breaker.tryEnter()).toEqual({ isTrial: true });
    breaker.failed(early[6]!);
    breaker.gaveUp(early[7]!);
    expect(breaker.tryEnter()).toBeNull();
  });
});

describe('withRetries', () => {
  const failing = (options: ConstructorParameters<typeof ChatModelError>[2]) => {
    const waits: number[] = [];
    let tries = 0;
    const run = (deadlineAt: number, maxTries = 4) =>
      withRetries(() => (tries++, Promise.reject(new ChatModelError('unreachable', 'x', options))), {
        signal: new AbortController().signal, deadlineAt, maxTries, random: () => 0.5, now: () => 0, sleep: (ms) => (waits.push(ms), Promise.resolve()),
      }).catch((error: unknown) => (error as ChatModelError).failure); // prettier-ignore
    return { run, waits, tries: () => tries };
  };

  it('waits twice as long each time', async () => {
    const { run, waits } = failing({ isRetryable: true });
    expect(await run(1e9)).toBe('unreachable');
    expect(waits).toEqual([300, 600, 1200]);
  });

  it('waits as Retry-After says', async () => {
    const { run, waits } = failing({ isRetryable: true, retryAfterMs: 1500 });
    await run(1e9, 2);
    expect(waits).toEqual([1500]);
  });

  it('begins no wait that passes the deadline, and no retry of what cannot succeed', async () => {
    const late = failing({ isRetryable: true });
    await late.run(650);
    expect([late.tries(), late.waits]).toEqual([1, []]);
    const hopeless = failing({});
    await hopeless.run(1e9);
    expect(hopeless.tries()).toBe(1);
  });
});

describe('parseRetryAfter', () => {
  it('reads seconds and dates', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    expect(parseRetryAfter('7', now)).toBe(7_000);
    expect(parseRetryAfter('Thu, 01 Jan 2026 00:00:05 GMT', now)).toBe(5_000);
    expect(parseRetryAfter('Wed, 31 Dec 2025 00:00:05 GMT', now)).toBe(0);
    expect([parseRetryAfter('soon', now), parseRetryAfter(null, now)]).toEqual([null, null]);
  });
});

describe('estimateTokens', () => {
  // Counts of GPT-4o's tokenizer for texts of our own are near these.
  const cases: [string, number][] = [
    ['A quiet story of two brothers who meet again after twenty years.', 13],
    ['{"id":"c01","score":4.2,"reason":"Quiet and tense."}', 20],
    ['', 0],
  ];
  it('is near what a tokenizer counts', () => {
    for (const [text, count] of cases) {
      expect(estimateTokens(text)).toBeGreaterThanOrEqual(count * 0.75);
      expect(estimateTokens(text)).toBeLessThanOrEqual(count * 1.5);
    }
  });
});

describe('plotPassages', () => {
  const plot =
    'A baker opens a shop. The weather is fine for weeks. In the cellar an old violin waits behind the flour. Her cousin arrives by train. The violin turns out to be stolen, and the police ask questions.';

  it('keeps a short plot whole', () => expect(plotPassages(plot, 'violin', 200)).toBe(plot));

  it('keeps the start and what matches, in order, within the budget', () => {
    const kept = plotPassages(plot, 'stolen violins', 36);
    expect(kept).toBe(
      'A baker opens a shop. In the cellar an old violin waits behind the flour. The violin turns out to be stolen, and the police ask questions.',
    );
    expect(estimateTokens(kept)).toBeLessThanOrEqual(36);
  });

  it('cuts a single endless sentence', () => {
    const kept = plotPassages(`A ${'very '.repeat(500)}long walk`, 'walk', 30);
    expect(estimateTokens(kept)).toBeLessThanOrEqual(30);
    expect(kept.startsWith('A very very')).toBe(true);
  });
});

describe('batches', () => {
  it('makes one call up to 20 titles and four of 50', () => {
    expect([0, 1, 20, 21, 40, 50, 80, 100].map(callsFor)).toEqual([0, 1, 1, 2, 3, 4, 4, 5]);
    for (let count = 21; count <= 100; count++)
      for (const part of splitEvenly(Array.from({ length: count }), callsFor(count))) {
        expect(part.length).toBeGreaterThanOrEqual(10);
        expect(part.length).toBeLessThanOrEqual(20);
      }
  });

  it('shuffles the same way for the same seed and loses nothing', () => {
    const items = [1, 2, 3, 4, 5, 6, 7, 8];
    expect(shuffle(items, 'run')).toEqual(shuffle(items, 'run'));
    expect(shuffle(items, 1)).not.toEqual(shuffle(items, 2));
    expect(shuffle(items, 1).sort()).toEqual(items);
  });
});

describe('budget', () => {
  const limits = { userDailyCalls: 10, siteDailyCalls: 100, userDailyUsd: 0.1, siteDailyUsd: 1 };
  const none = { userCalls: 0, userUsd: 0, siteCalls: 0, siteUsd: 0 };

  it('allows what fits and refuses what does not, saying which cap', () => {
    const planned = { calls: 5, usd: 0.02 };
    expect(checkBudget(limits, none, planned)).toEqual({ isAllowed: true });
    const refused = [{ userCalls: 6 }, { siteCalls: 96 }, { userUsd: 0.09 }, { siteUsd: 0.99 }].map((sums) =>
      checkBudget(limits, { ...none, ...sums }, planned),
    );
    expect(refused.map((verdict) => !verdict.isAllowed && verdict.code)).toEqual([
      'budget',
      'budget',
      'budget',
      'budget',
    ]);
    expect(new Set(refused.map((verdict) => !verdict.isAllowed && verdict.reason)).size).toBe(4);
    expect(checkBudget({ ...limits, userDailyCalls: 0 }, none, { calls: 1, usd: 0 }).isAllowed).toBe(false);
  });

  it('counts free models by calls only', () => {
    expect(checkBudget({ ...limits, userDailyUsd: 0 }, none, { calls: 1, usd: 0 })).toEqual({
      isAllowed: true,
    });
  });

  it('multiplies tokens with the price per million', () => {
    expect(costUsd({ input: 2.5, output: 10 }, { promptTokens: 4_000, completionTokens: 500 })).toBeCloseTo(
      0.015,
      12,
    );
    expect(costUsd(null, { promptTokens: 1, completionTokens: 1 })).toBeNull();
  });
});
