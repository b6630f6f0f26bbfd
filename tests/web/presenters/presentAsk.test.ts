import { describe, expect, it } from 'vitest';
import { type AskContext, chosenModel, presentAsk } from '../../../src/web/presenters/presentAsk.ts';
import { emptyAskValues } from '../../../src/web/routes/askForm.ts';
import { llama } from './exampleRun.ts';

const ask = (context: Partial<AskContext> = {}) =>
  presentAsk(emptyAskValues(), { chatModels: [llama], isSignedIn: false, ratingsKnown: 0, ...context });

describe('use my past ratings', () => {
  it('is there to log in for when this browser holds nothing', () => {
    expect(ask().past).toEqual({
      label: 'use my past ratings',
      isDisabled: true,
      isChecked: false,
      offersLogin: true,
    });
  });

  it('says what this browser holds', () => {
    expect(ask({ ratingsKnown: 1 }).past).toMatchObject({
      label: 'use the 1 rating this browser holds',
      isDisabled: false,
      offersLogin: false,
    });
  });

  it('signed in it is ticked, also before the first rating', () => {
    expect(ask({ isSignedIn: true, ratingsKnown: 0 }).past).toEqual({
      label: 'use my ratings (none yet)',
      isDisabled: false,
      isChecked: true,
      offersLogin: false,
    });
  });

  it('is ticked for an account with ratings', () => {
    expect(ask({ isSignedIn: true, ratingsKnown: 42 }).past).toMatchObject({
      label: 'use my 42 ratings',
      isChecked: true,
    });
  });
});

describe('the model', () => {
  const other = { ...llama, id: 'other', label: 'Other', isLocal: false, isRecommended: false };

  it('is the one asked for, else the recommended, else the first, else none', () => {
    expect(chosenModel('other', [other, llama])).toBe('other');
    expect(chosenModel('gone', [other, llama])).toBe('llama');
    expect(chosenModel('', [other])).toBe('other');
    expect(chosenModel('', [])).toBe('none');
    expect(chosenModel('none', [llama])).toBe('none');
  });

  it('can always be none, and the recommended one is marked', () => {
    expect(ask({ chatModels: [other, llama] }).models).toEqual([
      { id: 'other', label: 'Other', isSelected: false, estimate: '' },
      { id: 'llama', label: 'Llama 3.1 8B, local, recommended', isSelected: true, estimate: '' },
      { id: 'none', label: 'None: match on text', isSelected: false, estimate: '' },
    ]);
  });

  it('is said with what a list may take, where the price is known and where it is not', () => {
    const estimateOf = () => ({ calls: 5, promptTokens: 9000, completionTokens: 1840, usd: 0.0409 });
    expect(ask({ estimateOf }).estimate).toBe('About 10,800 tokens in 5 calls, about $0.04.');
    expect(ask({ estimateOf: () => ({ ...estimateOf(), usd: 0 }) }).estimate).toContain('free of charge');
    expect(ask({ estimateOf: () => ({ ...estimateOf(), usd: null }) }).estimate).toContain('does not know');
  });

  it('that nobody allowed is not missed but refused', () => {
    const refused = ask({ chatModels: [], isAnyConfigured: true, allowedModels: 'none' });
    expect(refused.noModel).toBe('You allow no language model: matched on text.');
    expect(refused.modelChoice?.options.map(({ value, isChecked }) => [value, isChecked])).toEqual([['any', false], ['local', false], ['none', true]]); // prettier-ignore
    expect(ask({ chatModels: [] }).modelChoice).toBeNull();
  });

  it('is missed aloud when none is configured', () => {
    const { noModel, whatIsSent } = ask({ chatModels: [] });
    expect(noModel).toBe('No language model configured: matched on text.');
    expect(whatIsSent).toContain('Nothing leaves this server');
    expect(ask().noModel).toBeNull();
  });
});
