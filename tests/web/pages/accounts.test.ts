import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createResetLink } from '../../../src/services/accounts/resetPassword.ts';
import { openStore } from '../../../src/store/database.ts';
import { smallCatalogue } from '../../support/smallCatalogue.ts';
import { startSite, type TestSite, Visitor } from '../../support/site.ts';

let site: TestSite;
const { titles } = smallCatalogue();
const heat = titles.find(({ title }) => title === 'Heat')!.movieId;
const password = 'paper lantern street';
let number = 0;

beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

async function registered(): Promise<{ visitor: Visitor; name: string }> {
  const visitor = new Visitor(site.url);
  const name = `mara${++number}`;
  expect(await visitor.post('/register', { name, password })).toMatchObject({
    status: 303,
    location: '/profile',
  });
  return { visitor, name };
}

describe('registering', () => {
  it('takes along what the browser kept, and empties its cookie', async () => {
    const visitor = new Visitor(site.url);
    await visitor.post(`/titles/${heat}/rate`, { rating: '4.5' });
    expect((await visitor.page('/register')).html).toContain('marked in this browser');
    await visitor.post('/register', { name: 'carrier', password, next: '/profile?tab=liked' });
    expect(visitor.hasCookie('marquee_profile')).toBe(false);
    const { html } = await visitor.page('/profile');
    expect(html).toContain(`data-wall-item="${heat}"`);
    expect(html).toContain('carrier');
  });

  it('says at the field what is wrong and keeps the name, never the password', async () => {
    const { name } = await registered();
    const visitor = new Visitor(site.url);
    const short = await visitor.post('/register', { name: 'fine-name', password: 'short' });
    expect(short.status).toBe(400);
    expect(short.html).toContain('id="password-error">At least 8 characters.');
    expect(short.html).toContain('value="fine-name"');
    expect(short.html).not.toContain('value="short"');
    const taken = await visitor.post('/register', { name: name.toUpperCase(), password });
    expect(taken.status).toBe(409);
    expect(taken.html).toMatch(/id="name-error">[^<]*taken/);
  });
});

describe('logging in', () => {
  it('answers an unknown name and a wrong password alike', async () => {
    const { name } = await registered();
    const visitor = new Visitor(site.url);
    const wrong = await visitor.post('/login', { name, password: 'not the password' });
    const unknown = await visitor.post('/login', { name: 'nobody-here', password: 'not the password' });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    for (const { html } of [wrong, unknown]) expect(html).toContain('That name and password do not match.');
  });

  it('adds what the browser kept without overwriting what the account has', async () => {
    const { visitor: own, name } = await registered();
    await own.post(`/titles/${heat}/rate`, { rating: '5' });
    const other = titles.find(({ title }) => title === 'Alien')!.movieId;
    const visitor = new Visitor(site.url);
    await visitor.post(`/titles/${heat}/rate`, { rating: '1' });
    await visitor.post(`/titles/${other}/rate`, { rating: '4' });
    await visitor.post('/login', { name, password });
    expect((await visitor.api('GET', `/ratings/${heat}`)).json).toMatchObject({ rating: 5 });
    expect((await visitor.api('GET', `/ratings/${other}`)).json).toMatchObject({ rating: 4 });
  });

  it('leads on to local paths only', async () => {
    const { name } = await registered();
    const visitor = new Visitor(site.url);
    expect((await visitor.post('/login', { name, password, next: 'https://evil.example/' })).location).toBe(
      '/profile',
    );
    expect((await visitor.page('/login?next=/lite')).headers.get('location')).toBe('/lite');
  });

  it('ends with logging out, for that session', async () => {
    const { visitor } = await registered();
    expect(await visitor.post('/logout')).toMatchObject({ status: 303, location: '/' });
    expect((await visitor.page('/profile')).html).toContain('You are not logged in.');
  });
});

describe('a link for a new password', () => {
  it('works once', async () => {
    const { name } = await registered();
    const store = await openStore({ dataDir: site.dataDir });
    const user = await store.users.findByName(name);
    const made = await createResetLink(store, user!.userId);
    await store.close();
    const visitor = new Visitor(site.url);
    const address = `/reset-password/${made}`;
    expect((await visitor.page(address)).status).toBe(200);
    const short = await visitor.post(address, { password: 'short' });
    expect(short.html).toContain('id="password-error">At least 8 characters.');
    expect(await visitor.post(address, { password: 'another good one' })).toMatchObject({
      status: 303,
      location: '/login?done=password',
    });
    const used = await visitor.post(address, { password: 'another good one' });
    expect(used.status).toBe(400);
    expect(used.html).toContain('make you a new one');
    expect((await visitor.post('/login', { name, password: 'another good one' })).status).toBe(303);
  });
});

describe('a link for a new password that is dead', () => {
  it('says so when it is opened, without a form, and in the same words whether it ever was or not', async () => {
    const { name } = await registered();
    const store = await openStore({ dataDir: site.dataDir });
    const { userId } = (await store.users.findByName(name))!;
    const replaced = await createResetLink(store, userId);
    const { token: old } = await store.passwordResets.create(userId, -1000);
    await store.close();
    const pages = [];
    for (const token of [replaced, old, 'anything', 'x'.repeat(500)]) {
      const { status, html } = await new Visitor(site.url).page(`/reset-password/${token}`);
      expect(status).toBe(404);
      expect(html).toContain('make you a new one');
      expect(html).not.toContain('type="password"');
      pages.push(/<section[^]*?<\/section>/.exec(html)![0]);
    }
    expect(new Set(pages).size).toBe(1);
  });
});

describe("one's data", () => {
  it('comes out as one file, signed in and signed out', async () => {
    const { visitor } = await registered();
    await visitor.post(`/titles/${heat}/rate`, { rating: '4.5' });
    const response = await visitor.fetch('/profile/export');
    expect(response.headers.get('content-disposition')).toContain('marquee-my-data.json');
    expect(await response.json()).toMatchObject({ ratings: [{ movieId: heat, rating: 4.5, title: 'Heat' }] });
    const passer = new Visitor(site.url);
    await passer.post(`/titles/${heat}/save`);
    expect(await (await passer.fetch('/profile/export')).json()).toMatchObject({ watchlist: [heat] });
  });

  it('shows a token once, lets it act, and revokes it', async () => {
    const { visitor } = await registered();
    const { html } = await visitor.post('/profile/tokens', { name: 'my <script>' });
    const token = /value="(mq_[\w-]{20,})"/.exec(html)?.[1];
    expect(token).toBeDefined();
    expect(html).toContain('my &lt;script&gt;');
    const again = await visitor.page('/profile?tab=account');
    expect(again.html).not.toContain(token);
    const call = () => fetch(`${site.url}/api/v1/ratings/${heat}`, { method: 'PUT', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: '{"rating":4}' }); // prettier-ignore
    expect((await call()).status).toBe(200);
    const tokenId = /\/profile\/tokens\/(\d+)\/revoke/.exec(again.html)![1]!;
    const stranger = await registered();
    expect((await stranger.visitor.post(`/profile/tokens/${tokenId}/revoke`)).status).toBe(404);
    expect((await visitor.post(`/profile/tokens/${tokenId}/revoke`)).status).toBe(303);
    expect((await call()).status).toBe(401);
  });

  it('stays out of training when asked to', async () => {
    const { visitor } = await registered();
    await visitor.post('/profile/training', { keepOut: '1' });
    expect((await visitor.page('/profile?tab=account')).html).toMatch(/name="keepOut" value="1" checked/);
    await visitor.post('/profile/training', {});
    expect((await visitor.page('/profile?tab=account')).html).not.toMatch(/name="keepOut" value="1" checked/);
  });

  it('changes its password only for who knows the old one, and ends the other sessions', async () => {
    const { visitor, name } = await registered();
    const elsewhere = new Visitor(site.url);
    await elsewhere.post('/login', { name, password });
    const wrong = await visitor.post('/profile/password', {
      oldPassword: 'no',
      newPassword: 'brand new words',
    });
    expect(wrong.status).toBe(400);
    expect(wrong.html).toContain('id="oldPassword-error">That is not your password.');
    expect(
      (await visitor.post('/profile/password', { oldPassword: password, newPassword: 'brand new words' }))
        .status,
    ).toBe(303);
    expect((await visitor.page('/profile')).html).toContain(name);
    expect((await elsewhere.page('/profile')).html).toContain('You are not logged in.');
  });

  it('goes away whole, with the password, and not without', async () => {
    const { visitor, name } = await registered();
    expect((await visitor.post('/profile/delete', { password: 'wrong one' })).html).toContain(
      'id="delete-password-error"',
    );
    expect((await visitor.post('/profile/delete', { password })).location).toBe('/');
    expect((await visitor.page('/profile')).html).toContain('You are not logged in.');
    expect((await new Visitor(site.url).post('/login', { name, password })).status).toBe(401);
  });

  it('is for its owner: signed out, its forms lead to the door', async () => {
    const visitor = new Visitor(site.url);
    for (const path of ['/profile/password', '/profile/tokens', '/profile/training', '/profile/delete'])
      expect((await visitor.post(path)).status, path).toBe(401);
  });

  it('can be forgotten by the browser that keeps it', async () => {
    const visitor = new Visitor(site.url);
    await visitor.post(`/titles/${heat}/save`);
    await visitor.post('/profile/forget');
    expect(await (await visitor.fetch('/profile/export')).json()).toMatchObject({ watchlist: [] });
  });
});
