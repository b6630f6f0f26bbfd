import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createResetLink } from '../../src/services/accounts/resetPassword.ts';
import { createLogger } from '../../src/logger.ts';
import { serveContext } from '../support/serveContext.ts';
import { startSite, Visitor, type TestSite } from '../support/site.ts';

/** Check 27: what happens to accounts and what is refused stands in the log; nothing that is secret or private does. */

const PASSWORD = 'a long walk by the sea';
const PROMPT = 'something about my divorce from Kilgore Trout';

let site: TestSite;
let server: { url: string; close(): Promise<void> };
let text = '';
beforeAll(async () => {
  site = await startSite();
  const logger = createLogger('trace', { write: (line: string) => void (text += line) });
  server = await serveContext({ ...site.app.context, logger });
});
afterAll(async () => {
  await server.close();
  await site.close();
});
beforeEach(() => {
  text = '';
});

interface Line {
  event?: string;
  userId?: number;
  address?: string;
  requestId?: string;
  code?: string;
}
/** Each line is one JSON object, or a line break got through. */
const lines = (): Line[] => text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Line); // prettier-ignore
const events = (): string[] => lines().flatMap(({ event }) => event ?? []);

async function register(name: string): Promise<{ visitor: Visitor; userId: number }> {
  const visitor = new Visitor(server.url);
  expect((await visitor.post('/register', { name, password: PASSWORD })).status).toBe(303);
  return { visitor, userId: (await site.app.store.users.findByName(name))!.userId };
}

describe('the log', () => {
  it('tells what happened to an account, to whom and from where', async () => {
    const { visitor, userId } = await register('anna');
    await visitor.post('/profile/tokens', { name: 'script' });
    const [token] = await site.app.store.apiTokens.list(userId);
    await visitor.post(`/profile/tokens/${token!.tokenId}/revoke`);
    await visitor.post('/profile/password', { oldPassword: PASSWORD, newPassword: `${PASSWORD} again` });
    await visitor.post('/logout');
    const reset = await createResetLink(site.app.store, userId);
    await visitor.post(`/reset-password/${reset}`, { password: PASSWORD });
    await visitor.post('/login', { name: 'anna', password: PASSWORD });
    await visitor.post('/profile/delete', { password: PASSWORD });
    expect(events()).toEqual([
      'registered', 'token_made', 'token_removed', 'password_changed', 'logged_out', 'password_reset', 'logged_in', 'account_deleted',
    ]); // prettier-ignore
    for (const line of lines().filter(({ event }) => event)) {
      expect(line.userId).toBe(userId);
      expect(line.address).toMatch(/127\.0\.0\.1$/);
      expect(line.requestId).toMatch(/^[\da-f]{16}$/);
    }
  });

  it('tells what was refused', async () => {
    const visitor = new Visitor(server.url);
    await visitor.post('/login', { name: 'nobody', password: 'not the password' });
    await visitor.fetch('/theme', { method: 'POST', body: new URLSearchParams({ theme: 'dark' }) });
    await fetch(`${server.url}/api/v1/me/export`);
    await fetch(`${server.url}/api/v1/lite`, { method: 'POST', headers: { origin: 'https://evil.example' } });
    expect(events()).toEqual(['login_refused', 'refused', 'refused', 'refused']);
    expect(lines().flatMap(({ event, code }) => (event === 'refused' ? [code] : []))).toEqual([
      'bad_csrf_token', 'not_signed_in', 'foreign_origin',
    ]); // prettier-ignore
  });

  it('holds no password, token, cookie, prompt or name, whatever went right or wrong', async () => {
    const { visitor, userId } = await register('berta');
    const made = await visitor.post('/profile/tokens', { name: 'my script' });
    const apiToken = /mq_[\w-]+/.exec(made.html)![0];
    const reset = await createResetLink(site.app.store, userId);
    await visitor.page(`/reset-password/${reset}`);
    await visitor.post(`/reset-password/${reset}`, { password: 'short' });
    await visitor.post('/recommendations', { prompt: PROMPT, k: '3' });
    await visitor.page(`/search?q=${encodeURIComponent(PROMPT)}`);
    await new Visitor(server.url).post('/login', { name: PASSWORD, password: PASSWORD });
    const headers = { authorization: `Bearer ${apiToken}`, 'content-type': 'application/json' };
    await fetch(`${server.url}/api/v1/recommendations`, { method: 'POST', headers, body: JSON.stringify({ prompt: PROMPT, k: 1 }) }); // prettier-ignore
    await site.app.store.database.run('ALTER TABLE runs RENAME TO runs_away');
    await fetch(`${server.url}/api/v1/recommendations`, { method: 'POST', headers, body: JSON.stringify({ prompt: PROMPT, k: 1 }) }); // prettier-ignore
    await site.app.store.database.run('ALTER TABLE runs_away RENAME TO runs');
    // The statement that looks for a name has the name in it.
    await site.app.store.database.run('ALTER TABLE users RENAME TO users_away');
    await new Visitor(server.url).post('/login', { name: 'berta', password: PASSWORD });
    await site.app.store.database.run('ALTER TABLE users_away RENAME TO users');
    expect(text).toContain('unexpected failure');
    const jar = (visitor as unknown as { cookies: Map<string, string> }).cookies;
    const secrets = [PASSWORD, 'divorce', 'Kilgore', apiToken, reset, 'berta', ...jar.values()];
    for (const secret of secrets.filter((value) => value.length > 4)) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(encodeURIComponent(secret));
    }
    expect(text).toContain('/reset-password/[cut]');
  });

  it('cannot be given a line by who writes a line break into an address or a name', async () => {
    await fetch(`${server.url}/titles/1%0d%0a%7B%22event%22:%22logged_in%22%7D`);
    const forged = 'x\r\n{"event":"logged_in","userId":1}';
    await new Visitor(server.url).post('/login', { name: forged, password: PASSWORD });
    expect(events()).toEqual(['login_refused']);
  });
});
