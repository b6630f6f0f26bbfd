import session, { type SessionData } from 'express-session';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  authenticateToken,
  createApiToken,
  listApiTokens,
  removeApiToken,
} from '../../../src/services/accounts/apiTokens.ts';
import { authenticateUser } from '../../../src/services/accounts/authenticateUser.ts';
import { changePassword } from '../../../src/services/accounts/changePassword.ts';
import { deleteAccount } from '../../../src/services/accounts/deleteAccount.ts';
import { setAccountDisabled } from '../../../src/services/accounts/disableAccount.ts';
import { exportMe } from '../../../src/services/accounts/exportMe.ts';
import { hashPassword, verifyPassword } from '../../../src/services/accounts/passwordHash.ts';
import { registerUser } from '../../../src/services/accounts/registerUser.ts';
import { createResetLink, resetPassword } from '../../../src/services/accounts/resetPassword.ts';
import type { Store } from '../../../src/store/database.ts';
import { createSessionStore, type SqlSessionStore } from '../../../src/store/sessionStore.ts';
import { makeTitles, temporaryStore, type TemporaryStore } from '../../support/temporaryStore.ts';

const PASSWORD = 'correct horse battery';
const OTHER = 'another long password';

let temporary: TemporaryStore;
let store: Store;
let sessions: SqlSessionStore;
let userId: number;
let name: string;
let people = 0;

beforeAll(async () => {
  temporary = await temporaryStore();
  store = temporary.store;
  sessions = createSessionStore(store, session.Store);
  await store.movies.upsertMany(makeTitles(9));
});
beforeEach(async () => {
  name = `Person${++people}`;
  userId = (await registerUser(store, { name, password: PASSWORD })).userId;
});
afterAll(async () => {
  sessions.stopExpiringSessions();
  await temporary.dispose();
});

const signIn = (sid: string) =>
  new Promise<void>((resolve, reject) => {
    const expires = new Date(Date.now() + 60_000);
    const data = { cookie: { originalMaxAge: 60_000, expires }, passport: { user: userId } };
    sessions.set(sid, data as unknown as SessionData, (error: unknown) =>
      error ? reject(error as Error) : resolve(),
    );
  });
const isSignedIn = (sid: string) =>
  new Promise<boolean>((resolve) => sessions.get(sid, (_error, data) => resolve(Boolean(data))));

describe('registering', () => {
  it('keeps a hash of argon2id with 19 MiB, 2 passes, 1 lane, never the password', async () => {
    const { passwordHash } = (await store.users.findById(userId))!;
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(passwordHash).not.toContain(PASSWORD);
  });

  it('refuses a name that is taken, whatever its case', async () => {
    await expect(registerUser(store, { name: name.toUpperCase(), password: PASSWORD })).rejects.toMatchObject(
      {
        code: 'name_taken',
        status: 409,
      },
    );
  });

  it('refuses bad names and passwords before anything is written', async () => {
    const before = await store.users.count();
    await expect(registerUser(store, { name: 'x', password: PASSWORD })).rejects.toMatchObject({
      errors: [{ path: 'name' }],
    });
    await expect(registerUser(store, { name: 'fine', password: 'short' })).rejects.toMatchObject({
      errors: [{ path: 'password' }],
    });
    expect(await store.users.count()).toBe(before);
  });

  it('takes what the browser kept along', async () => {
    const made = await registerUser(store, {
      name: `${name}b`,
      password: PASSWORD,
      entries: [{ movieId: 1, kind: 'rating', halfStars: 10 }],
    });
    expect(await store.ratings.list(made.userId)).toMatchObject([{ movieId: 1, rating: 5 }]);
  });

  it('never makes an admin', async () => {
    const form = { name: `${name}c`, password: PASSWORD, role: 'admin', isAdmin: true };
    expect((await registerUser(store, form)).role).toBe('member');
  });
});

describe('signing in', () => {
  it('needs the name in any case and the very password', async () => {
    expect((await authenticateUser(store, ` ${name.toUpperCase()} `, PASSWORD))?.userId).toBe(userId);
    for (const wrong of [PASSWORD.toUpperCase(), `${PASSWORD} `, '', PASSWORD.slice(0, -1)])
      expect(await authenticateUser(store, name, wrong)).toBeNull();
  });

  it('answers alike for an unknown name and a wrong password, after about the same time', async () => {
    const timed = async (who: string) => {
      const times: number[] = [];
      for (let turn = 0; turn < 9; turn++) {
        const before = performance.now();
        expect(await authenticateUser(store, who, 'not the password')).toBeNull();
        times.push(performance.now() - before);
      }
      return times.sort((one, other) => one - other)[4]!;
    };
    await timed(name);
    const [known, unknown] = [await timed(name), await timed('nobody-at-all')];
    expect(unknown).toBeGreaterThan(known / 3);
    expect(unknown).toBeLessThan(known * 3);
  });

  it('takes a password typed with composed or separate accents', async () => {
    const hash = await hashPassword('caf\u00e9 au lait');
    expect(await verifyPassword(hash, 'cafe\u0301 au lait')).toBe(true);
  });

  it('looks at every character of a long password', async () => {
    const hash = await hashPassword('a'.repeat(127) + 'b');
    expect(await verifyPassword(hash, 'a'.repeat(127) + 'c')).toBe(false);
    expect(await verifyPassword(hash, 'a'.repeat(127) + 'b')).toBe(true);
  });

  it('tells that an account is disabled only to who knows its password', async () => {
    await signIn('open');
    await setAccountDisabled(store, userId, true);
    expect(await isSignedIn('open')).toBe(false);
    expect(await authenticateUser(store, name, OTHER)).toBeNull();
    await expect(authenticateUser(store, name, PASSWORD)).rejects.toMatchObject({
      code: 'account_disabled',
      status: 403,
    });
    await setAccountDisabled(store, userId, false);
    expect((await authenticateUser(store, name, PASSWORD))?.userId).toBe(userId);
  });
});

describe('changing the password', () => {
  it('needs the old one', async () => {
    await expect(
      changePassword(store, { userId, oldPassword: OTHER, newPassword: OTHER }),
    ).rejects.toMatchObject({ code: 'wrong_password', status: 403 });
    expect(await authenticateUser(store, name, PASSWORD)).not.toBeNull();
  });

  it('keeps the rules for the new one', async () => {
    await expect(
      changePassword(store, { userId, oldPassword: PASSWORD, newPassword: 'password' }),
    ).rejects.toMatchObject({ errors: [{ path: 'newPassword', message: 'This password is too common.' }] });
  });

  it('ends the other sessions and open links, and keeps this session', async () => {
    await signIn('here');
    await signIn('elsewhere');
    const token = await createResetLink(store, userId);
    await changePassword(store, { userId, oldPassword: PASSWORD, newPassword: OTHER, keepSid: 'here' });
    expect(await isSignedIn('here')).toBe(true);
    expect(await isSignedIn('elsewhere')).toBe(false);
    await expect(resetPassword(store, { token, newPassword: PASSWORD })).rejects.toMatchObject({
      code: 'reset_link_used',
    });
    expect(await authenticateUser(store, name, PASSWORD)).toBeNull();
    expect(await authenticateUser(store, name, OTHER)).not.toBeNull();
  });
});

describe('a reset link', () => {
  it('works once and signs out everywhere', async () => {
    await signIn('old');
    const token = await createResetLink(store, userId);
    expect(await resetPassword(store, { token, newPassword: OTHER })).toBe(userId);
    expect(await isSignedIn('old')).toBe(false);
    expect(await authenticateUser(store, name, OTHER)).not.toBeNull();
    await expect(resetPassword(store, { token, newPassword: PASSWORD })).rejects.toMatchObject({
      code: 'reset_link_used',
      status: 400,
    });
  });

  it('is not used up by a password that breaks a rule', async () => {
    const token = await createResetLink(store, userId);
    await expect(resetPassword(store, { token, newPassword: 'short' })).rejects.toMatchObject({
      code: 'bad_input',
    });
    expect(await resetPassword(store, { token, newPassword: OTHER })).toBe(userId);
  });

  it('that was made up is refused', async () => {
    await expect(resetPassword(store, { token: 'x'.repeat(43), newPassword: OTHER })).rejects.toMatchObject({
      code: 'reset_link_used',
    });
  });
});

describe('deleting an account', () => {
  it('needs the password', async () => {
    await expect(deleteAccount(store, { userId, password: OTHER })).rejects.toMatchObject({
      code: 'wrong_password',
    });
    expect(await store.users.findById(userId)).not.toBeNull();
  });

  it('removes everything, ends the sessions and frees the name', async () => {
    await store.ratings.put(userId, 1, 4);
    await signIn('gone');
    await deleteAccount(store, { userId, password: PASSWORD });
    expect(await store.users.findById(userId)).toBeNull();
    expect(await isSignedIn('gone')).toBe(false);
    expect((await store.ratings.allForTraining()).some((row) => row.userId === userId)).toBe(false);
    const again = await registerUser(store, { name, password: PASSWORD });
    expect(again.userId).not.toBe(userId);
    expect(await store.ratings.list(again.userId)).toEqual([]);
  });
});

describe('API tokens', () => {
  it('have a name, and no more than 20 of them', async () => {
    for (const bad of ['', '   ', 'x'.repeat(61), 'a\u0000b'])
      await expect(createApiToken(store, userId, bad)).rejects.toMatchObject({ errors: [{ path: 'name' }] });
    const { token, row } = await createApiToken(store, userId, ' My script ');
    expect(row.name).toBe('My script');
    expect((await authenticateToken(store, token))?.userId).toBe(userId);
    for (let made = 1; made < 20; made++) await createApiToken(store, userId, `token ${made}`);
    await expect(createApiToken(store, userId, 'one more')).rejects.toMatchObject({
      code: 'too_many_tokens',
    });
    await removeApiToken(store, userId, row.tokenId);
    expect(await listApiTokens(store, userId)).toHaveLength(19);
    expect(await authenticateToken(store, token)).toBeNull();
  });

  it('of others are not there to be removed', async () => {
    const stranger = await registerUser(store, { name: `${name}x`, password: PASSWORD });
    const { row } = await createApiToken(store, stranger.userId, 'theirs');
    await expect(removeApiToken(store, userId, row.tokenId)).rejects.toMatchObject({ status: 404 });
    expect(await listApiTokens(store, stranger.userId)).toHaveLength(1);
  });
});

describe('the export', () => {
  it('holds all data of the person and no secret', async () => {
    await store.ratings.put(userId, 1, 4.5);
    await store.hidden.add(userId, 2);
    await store.watchlist.add(userId, 3);
    const { token } = await createApiToken(store, userId, 'script');
    await signIn('a-session-id');
    const data = await exportMe(store, userId);
    expect(data).toMatchObject({
      account: { name, role: 'member', trainOnRatings: true, preferences: {} },
      ratings: [{ movieId: 1, rating: 4.5, title: 'Title 1', year: 2000 }],
      hidden: [{ movieId: 2, title: 'Title 2' }],
      watchlist: [{ movieId: 3, title: 'Title 3' }],
      lists: [],
      apiTokens: [{ name: 'script' }],
      sessions: [{ expiresAt: expect.any(String) as string }],
      modelCalls: [],
    });
    const text = JSON.stringify(data);
    for (const secret of ['argon2', token, 'a-session-id']) expect(text).not.toContain(secret);
  });

  it('is refused when the account is gone', async () => {
    await expect(exportMe(store, 987_654)).rejects.toMatchObject({ status: 401 });
  });
});
