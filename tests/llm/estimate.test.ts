import { afterEach, describe, expect, it } from 'vitest';
import type { ChatModelFacts } from '../../src/llm/chatModel.ts';
import { estimateCalls, estimatePrompt } from '../../src/llm/estimate.ts';
import { batchMessages, planScoring } from '../../src/llm/planScoring.ts';
import { readingMessages, understandPrompt } from '../../src/llm/understandPrompt.ts';
import { scoreTitles } from '../../src/llm/scoreTitles.ts';
import { closeAll, scripted, titles } from './support.ts';

afterEach(closeAll);

const PROMPT = 'I loved Heat and hated Cats. A slow heist in winter, no horror';
const TASK = {
  preferences: 'a slow heist in winter',
  ratings: [{ title: 'Heat', year: 1995, rating: 5 }],
  titles: titles(),
};

const facts = (more: Partial<ChatModelFacts> = {}): ChatModelFacts => ({
  id: 'm', label: 'M', provider: 'openai', model: 'one', json: 'schema', style: 'standard', price: { input: 1, output: 2 }, concurrency: 4, timeoutMs: 5_000, isLocal: false, isRecommended: false, ...more,
}); // prettier-ignore

describe('what calls are expected to cost', () => {
  it('is within a third of what a server counts, on the safe side, for a prompt and for its words', async () => {
    const { model } = await scripted();
    const signal = new AbortController().signal;
    const reading = await understandPrompt({ model, prompt: PROMPT, signal });
    const scoring = await scoreTitles({ ...TASK, model, signal, seed: 1 });
    const real = reading.usage.promptTokens + scoring.promptTokens;
    const plan = await planScoring(TASK, model.facts, { seed: 1 });
    const known = estimateCalls([
      { facts: model.facts, titles: 0, messages: readingMessages(model.facts, PROMPT, 'abc') },
      ...plan.batches.map((batch) => ({
        facts: model.facts,
        titles: batch.length,
        messages: batchMessages(TASK, model.facts, 'abc', batch),
      })),
    ]);
    expect(known.calls).toBe(reading.usage.calls + scoring.calls);
    expect(known.promptTokens / real).toBeGreaterThan(0.9);
    expect(known.promptTokens / real).toBeLessThan(1.35);
    const before = estimatePrompt(
      { understand: model.facts, score: model.facts },
      { prompt: PROMPT, titles: 50 },
    );
    expect(before.calls).toBe(known.calls);
    expect(before.promptTokens / known.promptTokens).toBeGreaterThan(0.8);
    expect(before.promptTokens / known.promptTokens).toBeLessThan(1.4);
  });

  it('is tokens times price, of the model that does each part', () => {
    const cheap = facts({ id: 'cheap', price: { input: 1, output: 1 } });
    const dear = facts({ id: 'dear', price: { input: 100, output: 100 } });
    const both = estimatePrompt({ understand: cheap, score: dear }, { prompt: PROMPT, titles: 50 });
    const reading = estimatePrompt({ understand: cheap, score: null }, { prompt: PROMPT, titles: 50 });
    expect(reading.usd).toBeCloseTo((reading.promptTokens + reading.completionTokens) / 1e6, 12);
    const rest = both.promptTokens + both.completionTokens - reading.promptTokens - reading.completionTokens;
    expect(both.usd).toBeCloseTo(reading.usd! + rest / 1e4, 9);
  });

  it('is not known where a price is not', () => {
    const unpriced = facts({ price: null });
    expect(
      estimatePrompt({ understand: unpriced, score: facts() }, { prompt: PROMPT, titles: 50 }).usd,
    ).toBeNull();
    expect(estimateCalls([])).toEqual({ calls: 0, promptTokens: 0, completionTokens: 0, usd: 0 });
  });

  it('is one call a title in the classic style', () => {
    const classic = facts({ style: 'classic' });
    expect(
      estimatePrompt({ understand: classic, score: classic }, { prompt: PROMPT, titles: 50 }).calls,
    ).toBe(51);
  });
});
