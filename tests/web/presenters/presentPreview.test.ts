import { describe, expect, it } from 'vitest';
import { previewTitle, shorten } from '../../../src/web/presenters/presentPreview.ts';
import { presentResults } from '../../../src/web/presenters/presentResults.ts';
import { aContext, aRun, aTitle } from './exampleRun.ts';

describe('the preview of a link to a list', () => {
  it('is there only once the list is shared: its titles, best first, and the prompt', () => {
    expect(presentResults(aRun(), 0, aContext()).preview).toBeNull();
    expect(presentResults(aRun({ isShared: true }), 0, aContext()).preview).toEqual({
      title: 'Alpha and Beta',
      description: '“I loved Loved, hated Hated; slow burn”',
      path: '/recommendations/run-1',
      imagePath: null,
    });
  });

  it('counts what it does not name', () => {
    const run = aRun({ isShared: true });
    const { preview } = presentResults({ ...run, request: { ...run.request, k: 3 } }, 0, aContext());
    expect(preview?.title).toBe('Alpha, Beta and Gamma');
  });

  it('gives the page its title for those it was shared with, and tells them whose it is', () => {
    const page = presentResults(aRun({ isShared: true }), 0, aContext({ isOwner: false }));
    expect(page.title).toBe('Alpha and Beta');
    expect(page.heading).toBe('A list');
    expect(page.guestNote).toContain('shared with you');
    expect(presentResults(aRun({ isShared: true }), 0, aContext()).guestNote).toBeNull();
  });
});

describe('the preview of a link to a title', () => {
  it('shows a photograph; a drawing, which previews cannot show, leaves it to the site’s picture', () => {
    const title = aTitle(7, 'Stalker', { plot: 'Three men walk into the Zone.' });
    expect(previewTitle(title, '/posters/7.jpg?v=2')).toEqual({
      title: 'Stalker (1977)',
      description: 'Three men walk into the Zone.',
      path: '/titles/7',
      imagePath: '/posters/7.jpg?v=2',
    });
    expect(previewTitle(title, '/posters/7.svg?v=2').imagePath).toBeNull();
  });
});

describe('a description', () => {
  it('is cut between words', () => {
    const text = `${'seven letters '.repeat(20)}`;
    expect(shorten(text)).toMatch(/letters…$|seven…$/);
    expect(shorten(text).length).toBeLessThanOrEqual(200);
  });

  it('is cut between letters where there are no words, and never through one', () => {
    const cut = shorten('🎬'.repeat(150));
    expect(cut.isWellFormed()).toBe(true);
    expect(cut.length).toBeLessThanOrEqual(200);
    expect(cut.endsWith('…')).toBe(true);
  });

  it('is one line', () => {
    expect(shorten('a\n\n  b')).toBe('a b');
  });
});
