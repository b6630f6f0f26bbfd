import { describe, expect, it } from 'vitest';
import { rememberAnswers } from '../../src/services/remember.ts';
import { handMadeLibrary } from './handMadeLibrary.ts';

describe('answers that are the same for everybody', () => {
  it('are worked out once a library, and the least recently asked go first', () => {
    const library = handMadeLibrary();
    const remembered = rememberAnswers<{ made: number }>(2);
    let made = 0;
    const ask = (question: string, of = library) => remembered(of, question, () => ({ made: ++made })).made;
    expect([ask('a'), ask('b'), ask('a')]).toEqual([1, 2, 1]);
    expect(ask('c')).toBe(3);
    expect([ask('a'), ask('b')]).toEqual([1, 4]);
    expect(ask('a', handMadeLibrary())).toBe(5);
  });
});
