import { describe, expect, it } from 'vitest';
import { NameIndex } from '../../../src/retrieval/nameMatch.ts';
import { buildLexicon, readPrompt } from '../../../src/retrieval/readPrompt.ts';
import { TitleIndex } from '../../../src/retrieval/titleMatch.ts';

const names: [key: number, names: string[], year: number][] = [
  [1, ['Oldboy'], 2013],
  [2, ['Old Boy', 'Oldeuboi'], 2003],
  [3, ['Star Wars: Episode IV - A New Hope'], 1977],
  [4, ['Star Wars: The Clone Wars'], 2008],
  [5, ['Starship Troopers'], 1997],
  [6, ['Psycho'], 1960],
  [7, ['Psycho'], 1998],
  [8, ['Psycho II'], 1983],
  [9, ['No Country for Old Men'], 2007],
  [10, ['Alien'], 1979],
  [11, ['Aliens'], 1986],
];
const lexicon = buildLexicon({
  titles: TitleIndex.build(
    names.map(([key, given, year]) => ({ key, names: given, year, popularity: 10_000 / key })),
  ),
  tags: NameIndex.build([]),
  people: NameIndex.build([{ key: 1, name: 'Agn\uFFFDs Varda', popularity: 1 }]),
  genres: ['Thriller', 'Horror', 'Western'],
  countries: [],
  languages: ['Korean', 'French'],
  providers: [],
  latestYear: 2024,
});
const read = (prompt: string) => readPrompt(prompt, lexicon);
const refused = (prompt: string) => read(prompt).refusedTitles.toSorted((a, b) => a - b);

describe('a title that is refused', () => {
  it.each([
    ['takes its namesakes along, however they are spelled', 'a Korean thriller, not Oldboy', [1, 2]],
    ['takes the other spelling along, too', 'a Korean thriller, not Old Boy', [1, 2]],
    ['takes its remake along, not its sequel', 'Not Psycho, something with suspense', [6, 7]],
    ['is one when its year is said', 'suspense, but not Psycho (1998)', [7]],
    ['takes the whole series along when only that has the name', 'no Star Wars please, space opera', [3, 4]],
    ['is not the one it is weighed against', 'something like Alien but not Aliens', [11]],
    ['may be one of several', 'space opera, no Star Wars or Starship Troopers', [3, 4, 5]],
  ])('%s', (_promise, prompt, expected) => expect(refused(prompt)).toEqual(expected));

  it.each([
    'I loved No Country for Old Men',
    'I hated Psycho',
    'films like Psycho',
    'not only Psycho, all of that kind',
  ])('%s: refuses no title', (prompt) => expect(refused(prompt)).toEqual([]));

  it('is one opinion of two stars, and nothing to be like', () => {
    const { opinions, alike, preferences } = read('no Star Wars please, space opera');
    expect(opinions).toEqual([{ movieId: 3, rating: 2, said: 'Star Wars' }]);
    expect(alike).toEqual([]);
    expect(preferences).toBe('space opera');
  });
});

describe('what is no wish', () => {
  it('is a genre beside a title to be like, since the filter says it', () => {
    const { preferences, wishes, filters, alike } = read('a horror movie like Alien');
    expect({ preferences, wishes, filters, alike }).toEqual({
      preferences: '', wishes: [], filters: { genres: ['Horror'] }, alike: [10],
    }); // prettier-ignore
  });

  it('is not a genre with anything said of it', () =>
    expect(read('a slow horror movie like Alien').preferences).toBe('a slow horror movie'));

  it.each(['surprise me', 'Surprise us!', 'what should we watch?', 'my grandmother loved Psycho'])(
    '%s',
    (prompt) => expect(read(prompt)).toMatchObject({ preferences: '', wishes: [] }),
  );

  it('is whoever loved it', () =>
    expect(read('my grandmother loved old musicals').preferences).toBe('old musicals'));
});

describe('a person whose name lost letters in the data', () => {
  it.each(['films by Agnès Varda', 'films by agnes varda', 'a film directed by Agnès Varda'])(
    '%s',
    (prompt) => {
      const { filters, preferences } = read(prompt);
      expect(filters.people).toEqual(['Agn\uFFFDs Varda']);
      expect(preferences).toBe('');
    },
  );
});
