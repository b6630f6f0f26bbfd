import { describe, expect, it } from 'vitest';
import { chosenModel, presentAsk } from '../../../src/web/presenters/presentAsk.ts';
import { emptyAskValues } from '../../../src/web/routes/askForm.ts';
import { llama } from './exampleRun.ts';

const ask = (context: { isSignedIn?: boolean; ratingsKnown?: number; chatModels?: (typeof llama)[] } = {}) =>
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
      { id: 'other', label: 'Other', isSelected: false },
      { id: 'llama', label: 'Llama 3.1 8B, local, recommended', isSelected: true },
      { id: 'none', label: 'None: match on text', isSelected: false },
    ]);
  });

  it('is missed aloud when none is configured', () => {
    const { noModel, whatIsSent } = ask({ chatModels: [] });
    expect(noModel).toBe('No language model configured: matched on text.');
    expect(whatIsSent).toContain('Nothing leaves this server');
    expect(ask().noModel).toBeNull();
  });
});
