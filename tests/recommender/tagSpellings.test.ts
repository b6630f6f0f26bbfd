import { describe, expect, test } from 'vitest';
import { joinSpellings, otherSpellings } from '../../src/recommender/tagSpellings.ts';

const tagged = (names: Record<string, number>) =>
  Object.entries(names).map(([name, uses], at) => ({ tagId: at + 1, name, uses }));
const leadersIn = (names: Record<string, number>) => {
  const tags = tagged(names);
  const others = otherSpellings(tags);
  return Object.fromEntries(
    tags.flatMap(({ tagId, name }) => (others.has(tagId) ? [[name, others.get(tagId)!.name]] : [])),
  );
};

describe('spellings of a tag', () => {
  test('with other spaces, hyphens, capitals or marks are the most used one', () => {
    expect(leadersIn({ scifi: 377, 'Sci-Fi': 701, 'sci fi': 23, 'boring!': 11, boring: 317 })).toEqual({
      scifi: 'Sci-Fi',
      'sci fi': 'Sci-Fi',
      'boring!': 'boring',
    });
  });

  test('in the plural are the same tag, whichever is used more', () => {
    expect(leadersIn({ androids: 3, android: 40, alien: 35, aliens: 301 })).toEqual({
      androids: 'android',
      alien: 'aliens',
    });
  });

  test('that only look like plurals stay apart', () => {
    expect(leadersIn({ comic: 14, comics: 19, gas: 2, ga: 1, dress: 3, '!!!': 1, '???': 2 })).toEqual({});
  });

  test('of two used equally often the one with the smaller id leads', () => {
    expect(leadersIn({ superhero: 5, 'super hero': 5 })).toEqual({ 'super hero': 'superhero' });
  });
});

describe('the tags of a title', () => {
  const others = otherSpellings(tagged({ 'sci-fi': 9, scifi: 5, space: 7 }));

  test('stand once, with the counts of all spellings and the highest relevance', () => {
    const tags = [
      { tagId: 2, name: 'scifi', count: 4, relevance: 0.7 },
      { tagId: 3, name: 'space', count: 2, relevance: null },
      { tagId: 1, name: 'sci-fi', count: 5, relevance: null },
    ];
    expect(joinSpellings(tags, others)).toEqual([
      { tagId: 1, name: 'sci-fi', count: 9, relevance: 0.7 },
      { tagId: 3, name: 'space', count: 2, relevance: null },
    ]);
  });

  test('lose no application', () => {
    const tags = [1, 2, 3].map((tagId) => ({ tagId, name: 'x', count: tagId * 10, relevance: null }));
    expect(joinSpellings(tags, others).reduce((sum, { count }) => sum + count, 0)).toBe(60);
  });
});
