import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NameIndex } from '../../src/retrieval/nameMatch.ts';
import { TitleIndex } from '../../src/retrieval/titleMatch.ts';
import { starterIndex, starterKey, starterLexicon, starterName, starterTags } from './starter.ts';

const found = (said: string, year?: number) => {
  const match = starterIndex.find(said, year === undefined ? {} : { year });
  return match && starterName(match.key);
};

describe('TitleIndex.find', () => {
  it.each([
    ['Heat', 'Heat 1995'], ['heat 1995', 'Heat 1995'], ['Heat (1995)', 'Heat 1995'], ['Matrix', 'The Matrix 1999'], ['Matrix, The', 'The Matrix 1999'],
    ['godfather 2', 'The Godfather Part II 1974'], ['The Godfather: Part II', 'The Godfather Part II 1974'], ['Se7en', 'Seven 1995'],
    ['Spiderman', 'Spider-Man 2002'], ['wall-e', 'WALL·E 2008'], ['Amelie', 'Amélie 2001'], ['Le fabuleux destin d’Amélie Poulain', 'Amélie 2001'],
    ['Thelma and Louise', 'Thelma & Louise 1991'], ['fellowship of the ring', 'The Lord of the Rings: The Fellowship of the Ring 2001'],
    ['Alein', 'Alien 1979'], ['dark knigth', 'The Dark Knight 2008'], ['Intersteller', 'Interstellar 2014'], ['千と千尋の神隠し', 'Spirited Away 2001'],
  ])('finds %s', (said, title) => expect(found(said)).toBe(title)); // prettier-ignore

  it('is exact before it is close, and surer when exact', () => {
    expect(starterIndex.find('Alien')).toEqual({ key: starterKey('Alien', 1979), confidence: 1 });
    expect(starterIndex.find('Aliens')).toEqual({ key: starterKey('Aliens', 1986), confidence: 1 });
    expect(starterIndex.find('Alein')!.confidence).toBeLessThan(0.9);
  });
  it('decides between namesakes by year, else by fame', () => {
    expect(found('Scarface')).toBe('Scarface 1983');
    expect(found('Scarface', 1932)).toBe('Scarface 1932');
    expect(found('Dune (1984)')).toBe('Dune 1984');
    expect(found('Heat', 1986)).toBeNull();
  });
  it('does not guess: another word, number or plural is another title', () => {
    const index = TitleIndex.build([
      { key: 1, names: ['Heat'], year: 1995, popularity: 9 },
      { key: 2, names: ['Alien 3'], year: 1992, popularity: 5 },
      { key: 3, names: ['Alien'], year: 1979, popularity: 9 },
    ]);
    for (const said of ['Hate', 'Alien 2', 'Aliens', 'Het', '', '   ', '...', 'x'.repeat(500)])
      expect(index.find(said), said).toBeNull();
  });
  it('is the same after it was written and read', () => {
    const revived = TitleIndex.revive(structuredClone(starterIndex.state));
    for (const said of ['Heat', 'dark knigth', 'matrix'])
      expect(revived.find(said)).toEqual(starterIndex.find(said));
    expect(revived.complete('god', 5)).toEqual(starterIndex.complete('god', 5));
  });
});

describe('TitleIndex.complete and suggest', () => {
  const names = (query: string, limit = 3) => starterIndex.complete(query, limit).map(starterName);

  it('completes any word by its beginning, the best known first', () => {
    expect(names('god')[0]).toBe('The Godfather 1972');
    expect(names('knight d')).toContain('The Dark Knight 2008');
    expect(names('spid')[0]).toBe('Spider-Man 2002');
  });
  it('forgives typos', () => {
    expect(names('dark knigth')).toContain('The Dark Knight 2008');
    expect(names('terminatr')).toContain('The Terminator 1984');
  });
  it('offers the most popular for an empty query, and nothing for what begins no word', () => {
    expect(names('', 15)).toHaveLength(15);
    expect(names('')[0]).toBe('The Godfather 1972');
    expect(names('zzxqy')).toEqual([]);
    expect(names('god', 0)).toEqual([]);
  });
  it('suggests what an unknown name may have meant', () => {
    expect(starterIndex.suggest('Promethius 2', 3).map(starterName)).toContain('Prometheus 2012');
    expect(starterIndex.suggest('The Termnator Returns Again', 3).map(starterName)).toContain(
      'The Terminator 1984',
    );
  });
  it('answers anything without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        starterIndex.find(text);
        starterIndex.complete(text, 5);
        starterIndex.suggest(text, 5);
        starterTags.find(text);
      }),
      { numRuns: 200 },
    );
  });
});

describe('NameIndex', () => {
  it('finds a name ignoring case, accents, punctuation and inflection, but no other name', () => {
    expect(starterTags.find('TIME-TRAVEL')?.name).toBe('time travel');
    expect(starterTags.find('heists')?.name).toBe('heist');
    expect(starterLexicon.people.find('zoe saldana')?.name).toBe('Zoe Saldaña');
    expect(starterLexicon.people.find('Tom Hanks and')).toBeNull();
    expect(starterTags.find('heits')).toBeNull();
  });
  it('knows aliases, and gives the caller its key', () => {
    const index = NameIndex.build([
      { key: 7, name: 'Science Fiction', aliases: ['sci-fi'], popularity: 1 },
      { key: 9, name: 'Drama', popularity: 5 },
    ]);
    expect(index.find('Sci Fi')).toEqual({ key: 7, name: 'Science Fiction' });
    expect(index.complete('', 5)).toEqual([9, 7]);
    expect(index.completeNames('sci', 5)).toEqual([{ key: 7, name: 'Science Fiction' }]);
    expect(NameIndex.revive(structuredClone(index.state)).find('drama')).toEqual({ key: 9, name: 'Drama' });
    expect(NameIndex.build([]).find('x')).toBeNull();
    expect(NameIndex.build([]).complete('', 3)).toEqual([]);
  });
});
