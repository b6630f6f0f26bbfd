import { describe, expect, it } from 'vitest';
import { readPrompt } from '../../../src/retrieval/readPrompt.ts';
import { starterLexicon } from '../starter.ts';

const refused = (prompt: string) => {
  const { filters } = readPrompt(prompt, starterLexicon);
  const { excludePeople = [], excludeLanguages = [], excludeCountries = [], languages = [], people = [] } = filters; // prettier-ignore
  return { excludePeople, excludeLanguages, excludeCountries, languages, people };
};
const NOBODY = { excludePeople: [], excludeLanguages: [], excludeCountries: [], languages: [], people: [] };

describe('people who are refused', () => {
  it.each([
    ['a tense thriller, nothing with Tom Cruise', ['Tom Cruise']],
    ['no jim carrey please, something funny', ['Jim Carrey']],
    ['something loud but nothing by Ridley Scott', ['Ridley Scott']],
    ['an action film without Tom Cruise or Nicolas Cage', ['Tom Cruise', 'Nicolas Cage']],
    ['I want comedies, but no Jim Carrey movies and no horror', ['Jim Carrey']],
    ["please don't recommend anything with Tom Hanks", ['Tom Hanks']],
  ])('%s', (prompt, people) => expect(refused(prompt).excludePeople).toEqual(people));

  it.each([
    'not just Tom Cruise films',
    'no one like Tom Hanks',
    'nothing beats Tom Hanks in a sad role',
    'I have seen nothing by Ingmar Bergman, where do I begin?',
    'there is nothing with Tom Hanks that I have not seen',
    "I'm not a Tom Cruise fan but I can live with him",
    'no strings attached, with a big heart',
  ])('%s: refuses nobody', (prompt) => expect(refused(prompt).excludePeople).toEqual([]));

  it('takes the refusal out of the wish, and never asks for whom it refuses', () => {
    const { preferences, filters } = readPrompt('a tense thriller, nothing with Tom Cruise', starterLexicon);
    expect(preferences).toBe('a tense thriller');
    expect(filters.people).toBeUndefined();
  });
});

describe('languages and countries that are refused', () => {
  it.each([
    ['something moving, not in English', { excludeLanguages: ['English'] }],
    ["a slow family drama that isn't in English", { excludeLanguages: ['English'] }],
    ['a foreign-language film about grief', { excludeLanguages: ['English'] }],
    ['a love story, but no French films', { excludeLanguages: ['French'] }],
    ['a love story, nothing French or Italian please', { excludeLanguages: ['French', 'Italian'] }],
    ['a heist, no American movies', { excludeCountries: ['United States'] }],
    ['an easy comedy, no subtitles', { languages: ['English'] }],
    ["an easy comedy, I don't want to read subtitles", { languages: ['English'] }],
  ])('%s', (prompt, expected) => expect(refused(prompt)).toEqual({ ...NOBODY, ...expected }));

  it.each([
    'not just French films, anything about love',
    'no problem with subtitles, a slow drama',
    'no French kissing, a story for children',
    'no subtitles needed, a silent film',
    'I have seen no French films yet',
  ])('%s: refuses nothing', (prompt) => {
    const { excludeLanguages, excludeCountries, languages } = refused(prompt);
    expect({ excludeLanguages, excludeCountries, isEnglish: languages.includes('English') }).toEqual({
      excludeLanguages: [], excludeCountries: [], isEnglish: false,
    }); // prettier-ignore
  });
});
