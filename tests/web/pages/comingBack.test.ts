import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallCatalogue } from '../../support/smallCatalogue.ts';
import { startSite, type TestSite, Visitor } from '../../support/site.ts';

let site: TestSite;
const heat = smallCatalogue().titles.find(({ title }) => title === 'Heat')!.movieId;
const password = 'paper lantern street';

beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());
const fresh = () => new Visitor(site.url);

/** Where the switch of the lights leads back to, as the page has it. */
const lightsLeadTo = (html: string) => /name="next" value="([^"]*)">\s*<span[^>]*id="theme-label"/.exec(html)?.[1]; // prettier-ignore

describe('a form leads back to where it stood', () => {
  it('the lights: to the same search, question and all', async () => {
    const { html } = await fresh().page('/search?q=heat');
    expect(lightsLeadTo(html)).toBe('/search?q=heat');
  });

  it('the lights on the answer to a form: to the page of the form, which can be asked for', async () => {
    const member = fresh();
    await member.post('/register', { name: 'lights-reader', password });
    const answer = await member.fetch('/profile/tokens', {
      method: 'POST',
      body: new URLSearchParams({ _csrf: await member.token(), name: 'a script' }),
      headers: { referer: `${site.url}/profile?tab=account` },
    });
    expect(lightsLeadTo(await answer.text())).toBe('/profile?tab=account');
    const unasked = await member.post('/profile/tokens', { name: '' });
    expect(lightsLeadTo(unasked.html)).toBe('/');
  });

  it('logging in: to the page one was reading', async () => {
    const { html } = await fresh().page(`/titles/${heat}`);
    expect(html).toContain(`href="/login?next=%2Ftitles%2F${heat}"`);
    expect((await fresh().page('/register')).html).toContain('<a class="button quiet" href="/login">');
  });

  it('a like without scripts: to the same order of the list, at the title', async () => {
    const visitor = fresh();
    const { location } = await visitor.post('/recommendations', { prompt: 'something tense', k: '5', importance: '50' }); // prettier-ignore
    const { html } = await visitor.page(`${location}?importance=80`);
    const movieId = /data-title="(\d+)"/.exec(html)![1]!;
    expect(html).toContain(`name="next" value="${location}?importance=80#title-${movieId}"`);
  });
});

describe('a form that was open for too long', () => {
  const stale = (visitor: Visitor, path: string, fields: Record<string, string>) =>
    visitor.fetch(path, { method: 'POST', body: new URLSearchParams({ _csrf: 'stale', ...fields }) });

  it('asks for the password anew, and works then', async () => {
    const visitor = fresh();
    await visitor.post('/register', { name: 'slow-reader', password });
    await visitor.post('/logout');
    const html = await (await stale(visitor, '/login', { name: 'slow-reader', password })).text();
    expect(html).not.toContain(password);
    expect(html).toMatch(/<input[^>]*name="password" type="password"/);
    expect(html).toContain('name="name" value="slow-reader"');
    expect((await visitor.post('/login', { name: 'slow-reader', password })).status).toBe(303);
  });

  it('comes back by the lights that were chosen, and knows who is there', async () => {
    const visitor = fresh();
    await visitor.post('/register', { name: 'night-reader', password });
    await visitor.post('/theme', { theme: 'dark' });
    const html = await (await stale(visitor, '/models', { allowed: 'none' })).text();
    expect(html).toContain('data-theme="dark"');
    expect(html).toContain('night-reader');
  });
});

it('a browser that has only saved a title finds it again', async () => {
  const visitor = fresh();
  await visitor.post(`/titles/${heat}/save`);
  expect((await visitor.page('/')).html).toContain('href="/profile"');
});

it('a form that is refused has the focus on the first field that is wrong', async () => {
  const visitor = fresh();
  await visitor.post('/register', { name: 'careful-reader', password });
  const wrong = await visitor.post('/profile/password', { oldPassword: password, newPassword: 'short' });
  expect(wrong.html.match(/<input[^>]* autofocus/g)).toEqual([expect.stringContaining('id="newPassword"')]);
  const empty = await visitor.post('/recommendations', { prompt: '' });
  expect(empty.html).toMatch(/<textarea id="prompt"[^>]* autofocus/);
});

it('a new password is confirmed where one logs in', async () => {
  expect((await fresh().page('/login?done=password')).html).toContain('Your new password is set.');
});
