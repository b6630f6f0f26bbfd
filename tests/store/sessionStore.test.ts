import session, { type SessionData } from 'express-session';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSessionStore, type SqlSessionStore } from '../../src/store/sessionStore.ts';
import { temporaryStore, type TemporaryStore } from '../support/temporaryStore.ts';

let temporary: TemporaryStore;
let sessions: SqlSessionStore;
let userId: number;
let people = 0;
beforeAll(async () => {
  temporary = await temporaryStore();
  sessions = createSessionStore(temporary.store, session.Store);
});
beforeEach(async () => {
  userId = (await temporary.store.users.create({ name: `person${++people}`, passwordHash: 'x' })).userId;
});
afterAll(async () => {
  sessions.stopExpiringSessions();
  await temporary.dispose();
});

const content = (facts: object, expires = new Date(Date.now() + 60_000)) =>
  ({ cookie: { originalMaxAge: 60_000, expires }, ...facts }) as unknown as SessionData;
const set = (sid: string, data: SessionData) =>
  new Promise<void>((resolve, reject) =>
    sessions.set(sid, data, (error: unknown) => (error ? reject(error as Error) : resolve())),
  );
const get = (sid: string) =>
  new Promise<unknown>((resolve, reject) =>
    sessions.get(sid, (error: unknown, data) => (error ? reject(error as Error) : resolve(data ?? null))),
  );
const destroy = (sid: string) =>
  new Promise<void>((resolve, reject) =>
    sessions.destroy(sid, (error: unknown) => (error ? reject(error as Error) : resolve())),
  );

describe('the session store', () => {
  it('keeps, changes and ends a session', async () => {
    await set('one', content({ n: 1 }));
    await set('one', content({ n: 2 }));
    expect(await get('one')).toMatchObject({ n: 2 });
    await destroy('one');
    expect(await get('one')).toBeNull();
    await destroy('one');
  });

  it('ends all sessions of a person, or all but one, and no others', async () => {
    await set('here', content({ passport: { user: userId } }));
    await set('there', content({ userId }));
    await set('nobody', content({}));
    expect(await temporary.store.sessions.listForUser(userId)).toHaveLength(2);
    expect(await temporary.store.sessions.removeForUser(userId, 'here')).toBe(1);
    expect(await get('there')).toBeNull();
    expect(await get('here')).not.toBeNull();
    expect(await temporary.store.sessions.removeForUser(userId)).toBe(1);
    expect(await get('here')).toBeNull();
    expect(await get('nobody')).not.toBeNull();
  });

  it('forgets the sessions of a person who is removed, and takes no new one for them', async () => {
    await set('theirs', content({ passport: { user: userId } }));
    await temporary.store.users.remove(userId);
    expect(await get('theirs')).toBeNull();
    await expect(set('theirs', content({ passport: { user: userId } }))).rejects.toThrow();
  });

  it('sweeps out what has expired', async () => {
    await set('stale', content({}, new Date(Date.now() - 1000)));
    await set('alive', content({}));
    await sessions.clearExpiredSessions();
    expect(await get('stale')).toBeNull();
    expect(await get('alive')).not.toBeNull();
  });

  it('waits its turn behind a write that is under way', async () => {
    const order: string[] = [];
    const writing = temporary.store.write(async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      order.push('write');
    });
    await Promise.all([writing, set('queued', content({})).then(() => order.push('session'))]);
    expect(order).toEqual(['write', 'session']);
  });
});
