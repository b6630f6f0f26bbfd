import { HtmlValidate } from 'html-validate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallCatalogue } from '../../support/smallCatalogue.ts';
import { startSite, type TestSite, Visitor } from '../../support/site.ts';

let site: TestSite;
let visitor: Visitor;
const { titles } = smallCatalogue();
const idOf = (name: string) => titles.find(({ title }) => title === name)!.movieId;

beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());
const fresh = () => (visitor = new Visitor(site.url));

describe('the page of a title', () => {
  it('shows what it is, its shelves and, once there are stars, a verdict with its reasons', async () => {
    fresh();
    const alien = await visitor.page(`/titles/${idOf('Alien')}`);
    expect(alien.status).toBe(200);
    expect(alien.html).toContain('<h1>Alien <span class="year">1979</span></h1>');
    expect(alien.html).toContain('Near it by taste');
    expect(alien.html).toContain('Near it by tags');
    expect(alien.html).toContain('Rate a few titles');
    await visitor.post(`/titles/${idOf('Aliens')}/rate`, { rating: '5' });
    const judged = await visitor.page(`/titles/${idOf('Alien')}`);
    expect(judged.html).toMatch(/big-score">\d+\.\d</);
    expect(judged.html).toContain('because you liked <b>Aliens</b>');
  });

  it('takes stars, a saved mark and a "never again" by plain forms and leads back where they came from', async () => {
    fresh();
    const heat = `/titles/${idOf('Heat')}`;
    expect(await visitor.post(`${heat}/rate`, { rating: '3.5', next: '/profile?tab=rated' })).toMatchObject({ status: 303, location: '/profile?tab=rated' }); // prettier-ignore
    expect((await visitor.page(heat)).html).toContain('value="3.5" checked');
    await visitor.post(`${heat}/save`);
    expect((await visitor.page(heat)).html).toMatch(/\/unsave" aria-pressed="true"/);
    await visitor.post(`${heat}/hide`);
    const hidden = (await visitor.page(heat)).html;
    expect(hidden).toMatch(/\/unhide" aria-pressed="true"/);
    expect(hidden).toMatch(/\/save" aria-pressed="false"/);
    await visitor.post(`${heat}/unrate`);
    expect((await visitor.page(heat)).html).toContain('not rated');
  });

  it('never leads away from the site', async () => {
    fresh();
    const { location } = await visitor.post(`/titles/${idOf('Heat')}/save`, { next: '//evil.example/' });
    expect(location).toBe(`/titles/${idOf('Heat')}`);
  });

  it('refuses stars that are none, and knows no title by a number nobody has', async () => {
    fresh();
    for (const rating of ['0', '5.5', '2.25', 'x', '']) expect((await visitor.post(`/titles/${idOf('Heat')}/rate`, { rating })).status).toBe(400); // prettier-ignore
    for (const id of ['999999', '0', '-1', 'abc', '1e3', '99999999999999999999'])
      expect((await visitor.page(`/titles/${id}`)).status, id).toBe(404);
    expect((await visitor.post('/titles/999999/rate', { rating: '4' })).status).toBe(404);
  });

  it('offers an account to a browser that is full', async () => {
    fresh();
    const cookieFull = titles.slice(0, 100).map(({ movieId }) => movieId);
    for (const movieId of cookieFull) await visitor.api('PUT', `/ratings/${movieId}`, { rating: 4 });
    const { status, html } = await visitor.post(`/titles/${titles[100]!.movieId}/rate`, { rating: '4' });
    expect(status).toBe(409);
    expect(html).toContain('100 ratings and marks');
    expect(html).toContain('action="/register"');
  });
});

describe('search', () => {
  it('puts the title of that name first', async () => {
    const { html } = await fresh().page('/search?q=heat');
    expect(html.indexOf(`/titles/${idOf('Heat')}"`)).toBeGreaterThan(0);
    expect(/<h2><a href="([^"]+)">/.exec(html)?.[1]).toBe(`/titles/${idOf('Heat')}`);
  });

  it('has somewhere to start, and says when nothing goes by a name', async () => {
    expect((await fresh().page('/search')).html).toContain('Known by most');
    expect((await visitor.page('/search?q=qzxqzxqzx')).html).toContain('Nothing goes by “qzxqzxqzx” here.');
  });

  it('shows what was typed as text', async () => {
    const { html } = await fresh().page(`/search?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('&lt;script&gt;alert(1)');
  });

  it('takes odd queries for what they are', async () => {
    fresh();
    for (const query of ['?q=a&q=b', '?q[x]=1', '?q=%00', `?q=${'x'.repeat(3000)}`, '?q=%ED%A0%80'])
      expect((await visitor.page(`/search${query}`)).status, query).toBeLessThan(500);
  });
});

describe('Lite', () => {
  it('makes a list of titles and tags at an address of its own, without a language model', async () => {
    fresh();
    const made = await visitor.post('/lite', { title: 'Heat', stars: '5', tagName: 'heist', tagWish: '1', importance: '40', k: '5' }); // prettier-ignore
    expect(made.status).toBe(303);
    expect(made.location).toMatch(/^\/lite\/[\w-]{20,}$/);
    const { html } = await visitor.page(made.location);
    expect(html.match(/<li class="film slim" id="title-\d+" data-title="\d+">/g)).toHaveLength(5);
    expect(html).not.toContain(`id="title-${idOf('Heat')}"`);
    expect(html).toContain('heist <span class="share of-words">+');
    expect(html).toContain(`name="rating.${idOf('Heat')}"`);
    expect(html).toContain('EASE + tags');
  });

  it('re-orders by ?importance= without making a new list', async () => {
    fresh();
    const { location } = await visitor.post('/lite', {
      title: 'Alien',
      stars: '5',
      tagName: 'heist',
      tagWish: '1',
    });
    const order = async (importance: number) =>
      [...(await visitor.page(`${location}?importance=${importance}`)).html.matchAll(/data-title="(\d+)">/g)].map((match) => match[1]); // prettier-ignore
    expect(await order(0)).not.toEqual(await order(100));
    expect(await order(50)).toEqual(await order(50));
  });

  it('keeps what was typed when a name is unknown, and offers what it may have been', async () => {
    fresh();
    const { status, html } = await visitor.post('/lite', { title: ['Heat', 'Qwzxy Vbnmk'], stars: ['4.5', '2'], tagName: 'heizt', tagWish: '-1' }); // prettier-ignore
    expect(status).toBe(400);
    expect(html).toContain('Nothing goes by “Qwzxy Vbnmk” here.');
    expect(html).toContain('value="Qwzxy Vbnmk"');
    expect(html).toContain('value="tag.0.heist"');
    expect(html).toMatch(new RegExp(`id="pick-${idOf('Heat')}-9" value="4.5" checked`));
  });

  it('brings a tag along from a link', async () => {
    const { html } = await fresh().page('/lite?tag=heist');
    expect(html).toContain('name="tag" value="heist:1"');
  });

  it('belongs to who asked, until it is shared', async () => {
    const owner = fresh();
    const { location } = await owner.post('/lite', { tagName: 'heist', tagWish: '1' });
    const stranger = new Visitor(site.url);
    expect((await stranger.page(location)).status).toBe(404);
    expect((await stranger.post(`${location}/share`)).status).toBe(404);
    expect((await owner.post(`${location}/share`)).status).toBe(303);
    expect((await stranger.page(location)).status).toBe(200);
  });
});

describe('about and privacy', () => {
  it('name the data and every cookie the site sets', async () => {
    fresh();
    const about = await visitor.page('/about');
    expect(about.html).toContain('200 titles');
    expect(about.html).toContain('id="data"');
    await visitor.post('/theme', { theme: 'dark', next: '/about' });
    await visitor.post(`/titles/${idOf('Heat')}/save`);
    await visitor.post('/register', { name: 'cookie-reader', password: 'paper lantern street' });
    const { html } = await visitor.page('/privacy');
    for (const name of [
      'marquee_visitor',
      'marquee_profile',
      'marquee_session',
      'marquee_csrf',
      'marquee_theme',
      'marquee_importance',
    ])
      expect(html, name).toContain(`<dt>${name}</dt>`);
  });

  it('says that nothing leaves the site when no language model is set up', async () => {
    expect((await fresh().page('/privacy')).html).toContain('nothing you write leaves this site');
  });
});

describe('the lights', () => {
  it('stay as they were chosen', async () => {
    fresh();
    expect(await visitor.post('/theme', { theme: 'dark', next: '/lite' })).toMatchObject({
      status: 303,
      location: '/lite',
    });
    expect((await visitor.page('/lite')).html).toContain('data-theme="dark"');
    await visitor.post('/theme', { theme: 'system' });
    expect((await visitor.page('/lite')).html).not.toContain('data-theme=');
    expect((await visitor.post('/theme', { theme: 'pink' })).status).toBe(400);
  });
});

describe('every page', () => {
  it('is valid HTML', async () => {
    fresh();
    const validator = new HtmlValidate({
      extends: ['html-validate:recommended'],
      rules: { 'void-style': 'off', 'doctype-style': 'off', 'form-dup-name': 'off', 'no-trailing-whitespace': 'off', 'long-title': 'off', 'prefer-native-element': 'off', 'no-redundant-role': 'off', 'require-sri': 'off' }, // prettier-ignore
    });
    await visitor.post(`/titles/${idOf('Heat')}/rate`, { rating: '4.5' });
    const { location } = await visitor.post('/lite', {
      tagName: 'heist',
      tagWish: '1',
      title: 'Alien',
      stars: '5',
    });
    const paths = [`/titles/${idOf('Alien')}`, '/search', '/search?q=heat', '/search?q=qzxq', '/lite', location, '/profile', '/profile?tab=account', '/register', '/login', '/about', '/privacy', '/reset-password/x']; // prettier-ignore
    const member = new Visitor(site.url);
    await member.post('/register', { name: 'html-reader', password: 'paper lantern street' });
    await member.post(`/titles/${idOf('Heat')}/rate`, { rating: '4.5' });
    await member.post('/profile/tokens', { name: 'script' });
    const { html: account } = await member.page('/profile?tab=account');
    const { html: wall } = await member.page('/profile');
    const pages = new Map([
      ['account', account],
      ['wall', wall],
    ]);
    for (const path of paths) pages.set(path, (await visitor.page(path)).html);
    for (const [path, html] of pages) {
      const report = await validator.validateString(html);
      const messages: string[] = report.results.flatMap(({ messages: all }) => all.map((message) => `${path}: ${message.ruleId} ${message.message} (line ${message.line})`)); // prettier-ignore
      expect.soft(messages, path).toEqual([]);
    }
  });
});
