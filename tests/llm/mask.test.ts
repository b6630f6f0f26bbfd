import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskPersonal } from '../../src/llm/mask.ts';

describe('maskPersonal', () => {
  const gone: [string, string][] = [
    ['write to anna.k+films@mail.example.co.uk please', 'anna'],
    ['anna (at) example (dot) org', 'anna'],
    ['call +49 (0)170 123 45 67', '123'],
    ['my number is 555-123-4567', '4567'],
    ['I am @film_fan99 there', 'film_fan99'],
    ['my username is moviebuff77', 'moviebuff77'],
    ['on letterboxd as frida_k', 'frida_k'],
    ['customer 123456789', '123456789'],
    ['card 4111 1111 1111 1111', '1111'],
    ['IBAN DE89 3704 0044 0532 0130 00', '3704'],
    ['see https://user:pass@example.org/list', 'pass'],
    ['https://example.org/l?access_token=abc', 'abc'],
    ['key sk-abcdef1234567890abcd', 'abcdef'],
    ['from 192.168.10.4', '192'],
    ['u/somebody_else said so', 'somebody_else'],
    ['iban de89370400440532013000 ok', '3704'],
    ['gb29 nwbk 6016 1331 9268 19', 'nwbk'],
    ['DE89-3704-0044-0532-0130-00', 'DE89'],
    ['anna at example dot com', 'anna'],
    ['anna＠example.org', 'anna'],
    ['https://example.org/reset/abcdef1234567890abcdef12', 'abcdef'],
    ['example.org/list?token=abc', 'abc'],
    ['instagram.com/frida.k', 'frida'],
    ['https://letterboxd.com/frida_k/', 'frida'],
    ['discord frida#1234', 'frida'],
    ['I am user ellen_ripley there', 'ripley'],
    ['born 12.05.1983', '1983'],
    ['call 0170 1234567 (2011)', '1234567'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-def', 'eyJ'],
  ];
  for (const [text, secret] of gone)
    it(`takes "${secret}" out of "${text}"`, () => expect(maskPersonal(text)).not.toContain(secret));

  const kept = [
    'Loved 2001: A Space Odyssey (1968) and 1917, 8/10',
    'something from 1990-1999 or 1970 1975 1980',
    '1408 (2007) 4, 300 (2006) 5, The 39 Steps',
    'THX 1138 and Fahrenheit 451 and 12 Angry Men',
    'ratings: 7 8 9 10 9 8 7',
    'the account of a war that is gripping, on Netflix',
    'an e-mail thriller @ night',
    'I loved 11-11-11 (2011) and 11.22.63 (2016)',
    '12 Angry Men 9 300 7 21 6, 1917 2019 8.5',
    'like https://www.imdb.com/title/tt0113277/ and letterboxd.com/film/heat-1995/',
    'AC/DC, 24/7, and/or black/white, Face/Off',
    'two people at sea, a lonely man at work, at home',
    'Area 51, District 9, Stalag 17, Ocean 11, Apollo 13, THX 1138',
    'Pi, 3:10 to Yuma, 8½, se7en, WALL·E, M*A*S*H',
    'UP 2009 and IT 2017, SE7EN 1995, IN 2 days',
  ];
  for (const text of kept) it(`leaves "${text}" alone`, () => expect(maskPersonal(text)).toBe(text));

  it('masks what is masked no further, and never throws', () => {
    for (const [text] of gone) expect(maskPersonal(maskPersonal(text))).toBe(maskPersonal(text));
    fc.assert(fc.property(fc.string({ maxLength: 500 }), (text) => void maskPersonal(text)));
  });

  it('is quick on 4,000 hostile characters', () => {
    const startedAt = performance.now();
    for (const piece of [
      '1 ',
      '(',
      'a@',
      'a.',
      '+1-',
      'http://',
      'A1',
      '9',
      'a/',
      'ab12 ',
      'a.b/',
      '@a.',
      'eyJ',
      'a at b.',
      'x.com/',
    ])
      maskPersonal(piece.repeat(4_000 / piece.length));
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});
