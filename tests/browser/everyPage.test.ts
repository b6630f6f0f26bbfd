import { describe, expect, it } from 'vitest';
import { smallCatalogue } from '../support/smallCatalogue.ts';
import { browseSite, expectSound, NARROW } from './openPages.ts';

const { site, open, complaints } = browseSite();
const heat = smallCatalogue().titles.find(({ title }) => title === 'Heat')!.movieId;

const PAGES = {
  home: '/',
  'an empty Lite': '/lite',
  search: '/search',
  'what was found': '/search?q=heat',
  'nothing found': '/search?q=zzqqxx',
  'a title': `/titles/${heat}`,
  about: '/about',
  privacy: '/privacy',
  'log in': '/login',
  register: '/register',
  'a profile with nothing in it': '/profile',
  'a page that is not there': '/nothing-here',
};

describe.each([
  ['wide and light', { colorScheme: 'light' as const }],
  ['wide and dark', { colorScheme: 'dark' as const }],
  ['narrow and light', { colorScheme: 'light' as const, viewport: NARROW, isMobile: true, hasTouch: true }],
  ['narrow and dark', { colorScheme: 'dark' as const, viewport: NARROW, isMobile: true, hasTouch: true }],
])('%s', (_name, options) => {
  it('no page has a fault that axe finds, or scrolls sideways', async () => {
    const page = await open(options);
    for (const path of Object.values(PAGES)) {
      await page.goto(site.url + path);
      await expectSound(page);
    }
    // The one that is not there is told to the console by the browser itself.
    expect(complaints.splice(0)).toEqual([expect.stringContaining('404')]);
    await page.context().close();
  });
});

describe('prompts nobody expected', () => {
  it.each([
    ['one endless word', 'x'.repeat(900)],
    ['markup', '<script>alert(1)</script> <b>bold</b> & "quotes"'],
    ['another script, from the right', 'أريد فيلما عن الحب'],
    ['no words at all', '👻🎬'],
    ['four thousand letters', 'a slow sad film '.repeat(250).slice(0, 4000)],
  ])('are listed on a phone without a fault: %s', async (_name, prompt) => {
    const page = await open({ viewport: NARROW, isMobile: true, hasTouch: true });
    await page.goto(site.url);
    await page.fill('#prompt', prompt);
    await page.click('.go');
    await page.waitForURL('**/recommendations/*');
    await page.locator('.film:not(.skeleton), .empty').first().waitFor();
    expect(await page.inputValue('#prompt')).toBe(prompt);
    await expectSound(page);
    await page.context().close();
  });
});

it('a shared list is seen by others under its own name, and shows itself in previews', async () => {
  const owner = await open();
  await owner.goto(site.url);
  await owner.fill('#prompt', 'I loved Heat. Something tense');
  await owner.click('.go');
  await owner.waitForURL('**/recommendations/*');
  await owner.locator('.film:not(.skeleton)').first().waitFor();
  await owner.getByRole('button', { name: 'Share this list' }).click();
  await owner.getByText('Anyone with this address').waitFor();
  const guest = await open();
  await guest.goto(owner.url());
  const first = await guest.locator('.film:visible h3 a').first().innerText();
  expect(await guest.title()).toContain(first);
  expect(await guest.locator('meta[property="og:title"]').getAttribute('content')).toContain(first);
  const picture = await guest.locator('meta[property="og:image"]').getAttribute('content');
  const answer = await guest.request.get(picture!);
  expect(answer.headers()['content-type']).toBe('image/png');
  expect(await guest.getByText('This list was shared with you').isVisible()).toBe(true);
  expect(await guest.getByRole('button', { name: 'Share this list' }).count()).toBe(0);
  await expectSound(guest);
});
