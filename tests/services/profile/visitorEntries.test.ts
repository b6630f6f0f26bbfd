import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeEntries,
  encodeEntries,
  type VisitorEntry,
} from '../../../src/services/profile/visitorEntries.ts';

const movieId = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const entry: fc.Arbitrary<VisitorEntry> = fc.oneof(
  fc.record({ movieId, kind: fc.constant('rating' as const), halfStars: fc.integer({ min: 1, max: 10 }) }),
  fc.record({ movieId, kind: fc.constantFrom('hidden' as const, 'saved' as const) }),
);
const entries = fc.uniqueArray(entry, { maxLength: 100, selector: (one) => `${one.kind} ${one.movieId}` });

describe('the cookie of a visitor', () => {
  it('reads back whatever was written, in order', () => {
    fc.assert(
      fc.property(entries, (list) => {
        expect(decodeEntries(encodeEntries(list))).toEqual(list);
      }),
    );
  });

  it('is one known text', () => {
    const list: VisitorEntry[] = [
      { movieId: 6, kind: 'rating', halfStars: 9 },
      { movieId: 1_000_000, kind: 'hidden' },
      { movieId: 36, kind: 'saved' },
    ];
    expect(encodeEntries(list)).toBe('1.6Ilfls' + 'X10W');
  });

  it('stays below 1,500 bytes with 100 entries and needs no escaping', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const text = encodeEntries(list);
        expect(encodeURIComponent(text)).toBe(text);
        expect(text.length).toBeLessThan(1500);
      }),
    );
  });

  it.each([
    ['nothing', undefined],
    ['an empty text', ''],
    ['another version', '2.6I'],
    ['a number', 7],
    ['an array', ['1.6I']],
    ['an entry without its end', '1.6I7'],
    ['an end without its entry', '1.I'],
    ['a movieId of 0', '1.0I'],
    ['a movieId beyond 32 bits', '1.zzzzzzI'],
    ['a movieId that is too long', '1.1234567I'],
    ['an unknown mark', '1.6K'],
    ['a foreign character', '1.6I;7I'],
    ['101 entries', `1.${Array.from({ length: 101 }, (_, at) => `${(at + 1).toString(36)}A`).join('')}`],
    ['far too much', `1.${'1A'.repeat(5000)}`],
  ])('reads as empty when it holds %s', (_what, text) => {
    expect(decodeEntries(text)).toEqual([]);
  });

  it('never throws, never holds more than 100, whatever it is given', () => {
    const piece = fc.stringMatching(/^[0-9a-z]{0,3}[A-KWX]$/);
    const almost = fc.array(piece, { maxLength: 400, size: 'max' }).map((pieces) => `1.${pieces.join('')}`);
    fc.assert(
      fc.property(fc.oneof(fc.string(), almost), (text) => {
        expect(decodeEntries(text).length).toBeLessThanOrEqual(100);
      }),
    );
  });

  it('takes the first of two entries of one kind for one title', () => {
    expect(decodeEntries('1.6I6B')).toEqual([{ movieId: 6, kind: 'rating', halfStars: 9 }]);
  });
});
