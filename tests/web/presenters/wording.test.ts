import { describe, expect, it } from 'vitest';
import {
  imdbAddress,
  joinWords,
  runtimeInWords,
  signedPercent,
  starsAsText,
  starsInWords,
  tagAddress,
  twoDecimals,
} from '../../../src/web/presenters/wording.ts';

describe('numbers as people read them', () => {
  it('writes halves as halves', () => {
    expect([0.5, 1, 3.5, 5].map(starsInWords)).toEqual(['½', '1', '3½', '5']);
    expect([0.5, 1, 3.5, 5].map(starsAsText)).toEqual(['½', '★', '★★★½', '★★★★★']);
  });

  it('signs shares and keeps number and sign on one line', () => {
    expect(signedPercent(0.294)).toBe('+29\u00a0%');
    expect(signedPercent(-0.06)).toBe('−6\u00a0%');
    expect(signedPercent(-0.001)).toBe('+0\u00a0%');
  });

  it('drops the nought before the point', () => {
    expect([0.84, 1, 0, -0.3, 0.999].map(twoDecimals)).toEqual(['.84', '1.00', '.00', '−.30', '1.00']);
  });

  it('writes running times in hours and minutes', () => {
    expect([45, 60, 113].map(runtimeInWords)).toEqual(['45 min', '1 h', '1 h 53 min']);
  });

  it('joins words as a sentence does', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(joinWords)).toEqual([
      '',
      'a',
      'a and b',
      'a, b and c',
    ]);
  });
});

describe('addresses', () => {
  it("leads to the title's page at IMDb, or to a search for it", () => {
    const heat = { title: 'Heat & Dust', year: 1983 };
    expect(imdbAddress({ ...heat, imdbId: 'tt0084058' })).toBe('https://www.imdb.com/title/tt0084058/');
    expect(imdbAddress({ ...heat, imdbId: null })).toBe(
      'https://www.imdb.com/find/?q=Heat%20%26%20Dust%201983',
    );
  });

  it('carries any tag name', () => {
    expect(tagAddress('oscar (best picture) & more')).toBe('/lite?tag=oscar%20(best%20picture)%20%26%20more');
  });
});
