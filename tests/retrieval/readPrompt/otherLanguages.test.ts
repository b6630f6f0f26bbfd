import { describe, expect, it } from 'vitest';
import { readPrompt } from '../../../src/retrieval/readPrompt.ts';
import { starterLexicon } from '../starter.ts';

const read = (prompt: string) => readPrompt(prompt, starterLexicon);

describe('a prompt in another language', () => {
  it.each([
    ['Ich suche einen lustigen Film ohne Gewalt', 'German', 'funny, no violence'],
    ['Un film triste et lent, mais pas de romance', 'French', 'sad, slow'],
    ['Quiero una película de terror que no sea muy sangrienta', 'Spanish', 'horror, no bloody'],
  ])('says which, and only what is known of it is a wish: %s', (prompt, language, preferences) => {
    expect(read(prompt).language).toBe(language);
    expect(read(prompt).preferences).toBe(preferences);
  });

  it('keeps words of another script as they are', () => {
    expect(read('мрачная фантастика о космосе').language).toBe('another script');
    expect(read('мрачная фантастика о космосе').preferences).toContain('космосе');
  });

  it('is not one that only names foreign titles', () => {
    expect(read('I loved Das Boot and La La Land, want a sad film').language).toBeUndefined();
    expect(read('something like La vita è bella').language).toBeUndefined();
  });
});

describe('people somebody likes', () => {
  it('are a filter when nothing else is said, and words of the wish beside others', () => {
    expect(read('I like Tarantino').filters).toEqual({ people: ['Quentin Tarantino'] });
    expect(read('I like Tarantino').preferences).toBe('');
    const beside = read('I like Tarantino, something calm');
    expect(beside.filters).toEqual({});
    expect(beside.preferences).toBe('Tarantino, calm');
  });
});
