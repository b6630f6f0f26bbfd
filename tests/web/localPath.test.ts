import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localPath } from '../../src/web/localPath.ts';

describe('where a form may lead back to', () => {
  it('keeps paths of this site with their query and fragment', () => {
    for (const path of ['/', '/profile?tab=saved', '/titles/6#tags', '/search?q=caf%C3%A9'])
      expect(localPath(path, '/x')).toBe(path);
  });

  it('refuses other hosts in every disguise', () => {
    const foreign = ['https://evil.example/', '//evil.example', '/\\evil.example', '\\\\evil.example', '/\t/evil.example', '/.//evil.example', '/..//evil.example', 'javascript:alert(1)', 'profile', '', ' /profile', '/a\r\nSet-Cookie: x=1', `/${'a'.repeat(600)}`]; // prettier-ignore
    for (const path of foreign) expect(localPath(path, '/x'), path).toBe('/x');
  });

  it('takes nothing but text', () => {
    for (const value of [undefined, null, 7, ['/profile'], { path: '/profile' }])
      expect(localPath(value, '/x')).toBe('/x');
  });

  it('never leaves the site, whatever it is given', () => {
    const parts = fc.constantFrom(
      '/',
      '\\',
      '//',
      '.',
      '..',
      '@',
      ':',
      'evil.example',
      'a',
      '?',
      '#',
      '%2f',
      '\t',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 8 }), (pieces) => {
        const path = localPath(pieces.join(''), '/x');
        expect(new URL(path, 'http://own.example/page').origin).toBe('http://own.example');
        expect(path.startsWith('//')).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});
