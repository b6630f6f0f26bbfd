import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { readPrompt } from '../../../src/retrieval/readPrompt.ts';
import { starterLexicon } from '../starter.ts';

const prompts = readFileSync(resolve(import.meta.dirname, '../../fixtures/prompts.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { prompt: string }).prompt);

/** As long as the contract allows, and full of titles. */
const longest = prompts.join('\n').slice(0, 4000);
const words = longest.split(/[^\p{L}\p{N}]+/u).length;

/** How often a question was asked while the longest prompt was read; counted, since time depends on the neighbours. */
function questions<Method extends 'find' | 'namesAt'>(
  index: Record<Method, unknown>,
  method: Method,
): number {
  const asked = vi.spyOn(index as Record<string, (...given: unknown[]) => unknown>, method);
  readPrompt(longest, starterLexicon);
  const { length } = asked.mock.calls;
  asked.mockRestore();
  return length;
}

describe('the work of reading the longest prompt', () => {
  it('asks the index of titles only where a name may begin', () => {
    expect(questions(starterLexicon.titles, 'namesAt')).toBeLessThan(words / 2);
  });

  it('looks for typos only in words that nobody spells so', () => {
    expect(questions(starterLexicon.titles, 'find')).toBeLessThan(words / 20);
  });

  it('looks people up only where somebody may be named', () => {
    expect(questions(starterLexicon.people, 'find')).toBeLessThan(words / 4);
  });
});
