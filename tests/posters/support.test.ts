import { expect, test } from 'vitest';
import { isWellFormed } from './support.ts';

test.each([
  ['<a b="1"><c/></a>', true],
  ['<a b="1" b="2"/>', false],
  ['<a b=1/>', false],
  ['<a><b></a></b>', false],
  ['<a>1 < 2</a>', false],
  ['<a>R&D</a>', false],
  ['<a>', false],
  ['<g ><x/></g>', false],
  ['<a>\u0007</a>', false],
])('the check of pictures knows that %s is well-formed: %s', (text, expected) => {
  expect(isWellFormed(text)).toBe(expected);
});
