import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPrompt } from '../../../src/retrieval/readPrompt.ts';
import { starterLexicon } from '../starter.ts';

const prompts = readFileSync(resolve(import.meta.dirname, '../../fixtures/prompts.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { prompt: string }).prompt);

/** As long as the contract allows, and full of titles. */
const longest = prompts.join('\n').slice(0, 4000);

describe('the time of reading', () => {
  it('is a few milliseconds of work for the longest prompt, however many titles it names', () => {
    expect(longest).toHaveLength(4000);
    readPrompt(longest, starterLexicon);
    const milliseconds = Array.from({ length: 8 }, () => {
      const started = process.cpuUsage();
      readPrompt(longest, starterLexicon);
      return process.cpuUsage(started).user / 1000;
    });
    // Of the processor's own time the best of eight: a busy neighbour makes no difference. Twice what it takes.
    expect(Math.min(...milliseconds)).toBeLessThan(40);
  });
});
