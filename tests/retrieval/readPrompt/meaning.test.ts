import { describe, expect, it } from 'vitest';
import { readPrompt } from '../../../src/retrieval/readPrompt.ts';
import { starterLexicon, starterName } from '../starter.ts';

const read = (prompt: string) => readPrompt(prompt, starterLexicon);

describe('what people say for a kind of film', () => {
  it.each([
    ['I want to cry', ['sad', 'tearjerker', 'touching']],
    ['a film to make me cry', ['sad', 'tearjerker', 'touching']],
    ["I don't want to cry", ['not sad']],
    ['turn my brain off', ['fun', 'action-packed', 'silly']],
    [
      'keep me on the edge of my seat, set on a submarine',
      ['suspense', 'tense', 'thriller', 'set on a submarine'],
    ],
    ['something feel-good for date night', ['feel-good', 'romance', 'romantic comedy']],
    ['everything I should have seen by 30', ['classic', 'masterpiece']],
    ['with strong female leads', ['heroine', 'kick-butt women', 'women']],
  ])('is read as words that films are tagged with: %s', (prompt, wishes) => {
    expect(read(prompt).wishes).toEqual(wishes);
    expect(read(prompt).filters).toEqual({});
  });

  it.each([
    'surprise me',
    'what is the capital of France?',
    'tell me a joke',
    "I'm bored",
    'short film under 90 minutes',
  ])('is no wish when it is small talk or nothing a list is made by: %s', (prompt) =>
    expect(read(prompt).preferences).toBe(''),
  );

  it('leaves the people a prompt tells of out of the wish', () => {
    const { preferences, opinions } = read(
      'my grandmother loved Casablanca and Vertigo, what should we watch',
    );
    expect(preferences).toBe('');
    expect(opinions).toHaveLength(2);
  });
});

describe('words that are refused', () => {
  it.each([
    ['no superheroes, no sequels', 'no superheroes, no sequels'],
    ['scary but not gory', 'scary but not gory'],
    ['without American heroes', 'without American-heroes'],
    ['no gore, violence or sex', 'no gore, no violence, no sex'],
    ['I hate gore and jump scares', 'no gore, no jump-scares'],
    ['sick of superheroes', 'no superheroes'],
    ['not set in space', 'not space'],
  ])('are each marked as such for the text match: %s', (prompt, preferences) =>
    expect(read(prompt).preferences).toBe(preferences),
  );

  it('are shown as they were said', () => {
    expect(read('something dark without a happy ending').wishes).toEqual(['dark without happy ending']);
  });

  it('are none where nothing is refused', () => {
    expect(read('not only slapstick').preferences).toBe('not only slapstick');
    expect(read('a heist film, no problem with subtitles').preferences).toBe('a heist film');
  });
});

describe('a genre', () => {
  it.each([
    ['documentaries about food', ['Documentary'], ['food']],
    ['claustrophobic sci-fi', ['Science Fiction'], ['claustrophobic']],
    ['a french western from 1921', ['Western'], []],
    ['dark comedies', undefined, ['dark comedies']],
  ])('is a filter or a wish, not both: %s', (prompt, genres, wishes) => {
    expect(read(prompt).filters.genres).toEqual(genres);
    expect(read(prompt).wishes).toEqual(wishes);
  });

  it('is refused by what excludes it', () => {
    expect(read('something like Studio Ghibli but live action').filters).toEqual({
      excludeGenres: ['Animation'],
    });
    expect(read('animated, not live action').filters.excludeGenres).toBeUndefined();
  });
});

describe('titles to be like', () => {
  const alike = (prompt: string) => read(prompt).alike.map(starterName);

  it.each([
    ['films like 300', '300 2007'],
    ['like Seven', 'Seven 1995'],
    ['sequel to Alien', 'Alien 1979'],
    ['movies like up', 'Up 2009'],
  ])('may be numbers and common words: %s', (prompt, title) => {
    expect(alike(prompt)).toEqual([title]);
    expect(read(prompt).preferences).toBe('');
  });

  it.each(['something like it', 'something like home', 'films like them'])(
    'are no plain words: %s',
    (prompt) => expect(alike(prompt)).toEqual([]),
  );

  it('are no wish when they are named twice', () => {
    const { preferences, opinions } = read('Alien, but I hate Alien');
    expect(preferences).toBe('');
    expect(opinions.map(({ rating }) => rating)).toEqual([1]);
  });
});
