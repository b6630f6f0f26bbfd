import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLiteForm, valuesOfRequest } from '../../src/web/routes/liteForm.ts';
import { COLLATERAL, handMadeLibrary, HEAT, THIEF } from '../services/handMadeLibrary.ts';

const library = handMadeLibrary();
const read = (body: Record<string, unknown>, ratingsKnown = 0) => readLiteForm(body, library, ratingsKnown);

describe('the form of Lite', () => {
  it('reads picks, typed titles with stars beside them, and tags wanted and unwanted', () => {
    const { request } = read({
      'rating.10': '4.5',
      rating: '20:3',
      title: ['thief', ''],
      stars: ['2', '5'],
      tag: ['heist:1', 'neon:-1'],
      tagName: 'teen',
      tagWish: '-1',
      importance: '30',
      k: '5',
    });
    expect(request).toMatchObject({ importance: 30, k: 5, usePastRatings: false });
    expect(request?.ratings).toEqual([
      { movieId: COLLATERAL, rating: 3 },
      { movieId: HEAT, rating: 4.5 },
      { movieId: THIEF, rating: 2 },
    ]);
    expect(request?.tags).toEqual([
      { name: 'heist', weight: 1 },
      { name: 'neon', weight: -1 },
      { name: 'teen', weight: -1 },
    ]);
  });

  it('keeps everything that was typed when a name is unknown, and says what it may have been', () => {
    const { request, values } = read({ title: ['Qxwvz Kjh', 'Heat'], stars: ['3', '4'], tagName: ['heizt'], tagWish: ['-1'], 'rating.50': '2' }); // prettier-ignore
    expect(request).toBeNull();
    expect(values.titleRows).toMatchObject([{ said: 'Qxwvz Kjh', value: 3 }]);
    expect(values.tagRows).toMatchObject([{ said: 'heizt', value: -1 }]);
    expect(values.tagRows[0]?.suggestions[0]).toEqual({ key: 'heist', label: 'heist' });
    expect(values.ratings).toEqual([
      { movieId: THIEF, rating: 2 },
      { movieId: HEAT, rating: 4 },
    ]);
  });

  it('takes a suggestion in place of what was typed, with its stars', () => {
    const { request } = read({
      title: ['Het', ''],
      stars: ['3.5', '5'],
      fix: 'title.0.10',
      tagName: 'heizt',
      tagWish: '1',
    });
    expect(request).toBeNull();
    expect(read({ title: 'Qxwvz', stars: '3.5', fix: 'title.0.10' }).request?.ratings).toEqual([
      { movieId: HEAT, rating: 3.5 },
    ]);
    expect(read({ tagName: 'heizt', tagWish: '-1', fix: 'tag.0.heist' }).request?.tags).toEqual([
      { name: 'heist', weight: -1 },
    ]);
  });

  it('takes off and turns round what its buttons stand beside', () => {
    const body = { 'rating.10': '5', 'rating.20': '4', tag: ['heist:1', 'neon:1'] };
    expect(read({ ...body, drop: 'rating.10' }).values.ratings).toEqual([{ movieId: COLLATERAL, rating: 4 }]);
    expect(read({ ...body, drop: 'tag.neon' }).values.tags).toEqual([{ name: 'heist', weight: 1 }]);
    expect(read({ ...body, flip: 'heist' }).values.tags[0]).toEqual({ name: 'heist', weight: -1 });
  });

  it('says which number is wrong and keeps it', () => {
    const { request, errors, values } = read({ k: '101', importance: 'half', title: 'Heat' });
    expect(request).toBeNull();
    expect(errors).toEqual({
      k: 'How many titles: a whole number from 1 to 100.',
      importance: 'Importance is a whole number from 0 to 100.',
    });
    expect(values).toMatchObject({ k: '101', importance: 'half', ratings: [{ movieId: HEAT, rating: 5 }] });
  });

  it('uses past ratings only when asked to and when there are some', () => {
    expect(read({ usePastRatings: '1' }, 0).request?.usePastRatings).toBe(false);
    expect(read({ usePastRatings: '1' }, 3).request?.usePastRatings).toBe(true);
    expect(read({}, 3).request?.usePastRatings).toBe(false);
  });

  it('passes over titles, tags and stars that do not exist', () => {
    const { values, request } = read({ rating: ['999:5', '10:7', '10:', 'x'], tag: ['no such tag:1', ''], 'rating.__proto__': '5' }); // prettier-ignore
    expect(values).toMatchObject({ ratings: [], tags: [] });
    expect(request?.ratings).toEqual([]);
  });

  it('comes back from a list the way it went in', () => {
    const { values, request } = read({
      'rating.10': '4.5',
      tag: ['heist:1', 'neon:-1'],
      importance: '30',
      k: '7',
    });
    expect(valuesOfRequest(request!, 30, library)).toEqual(values);
  });

  it('survives any form', () => {
    const names = fc.constantFrom('rating', 'tag', 'title', 'stars', 'tagName', 'tagWish', 'fix', 'drop', 'flip', 'k', 'importance', 'rating.10'); // prettier-ignore
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.string({ unit: 'binary' })),
      fc.constant('title.0.10'),
    );
    fc.assert(
      fc.property(fc.dictionary(names, value), (body) => {
        const { request } = read(body);
        for (const { rating } of request?.ratings ?? [])
          expect([0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5]).toContain(rating);
      }),
      { numRuns: 300 },
    );
  });
});
