import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/database.ts';
import { call, makeRun, type UnderTest } from './storeSupport.ts';

/** Accounts, their ratings and their tokens. */
export function peopleContract(begin: () => UnderTest): void {
  let store: Store;
  let userId: number;
  let someone: UnderTest['someone'];
  beforeEach(() => {
    ({ store, userId, someone } = begin());
  });

  describe('users', () => {
    it('come back as they were made', async () => {
      const made = await store.users.create({ name: 'Zoë', passwordHash: 'hash', role: 'admin' });
      expect(made).toEqual({
        userId: made.userId,
        name: 'Zoë',
        passwordHash: 'hash',
        role: 'admin',
        isDisabled: false,
        trainOnRatings: true,
        preferences: {},
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
      });
      expect(await store.users.findById(made.userId)).toEqual(made);
    });

    it('are found by name ignoring case and compatibility forms', async () => {
      const made = await store.users.create({ name: 'Straße_Fix', passwordHash: 'x' });
      for (const name of ['straße_fix', 'STRASSE_FIX', 'Straße_\ufb01x'])
        expect((await store.users.findByName(name))?.userId).toBe(made.userId);
      expect(await store.users.findByName('strase_fix')).toBeNull();
    });

    it('cannot share a name, whatever its case', async () => {
      await store.users.create({ name: 'Taken', passwordHash: 'x' });
      await expect(store.users.create({ name: 'tAKEN', passwordHash: 'x' })).rejects.toMatchObject({
        code: 'name_taken',
        status: 409,
        message: 'That name is taken.',
      });
    });

    it('keep each change', async () => {
      await store.users.setPasswordHash(userId, 'new');
      await store.users.setRole(userId, 'admin');
      await store.users.setDisabled(userId, true);
      await store.users.setTrainOnRatings(userId, false);
      await store.users.setPreferences(userId, { importance: 70 });
      expect(await store.users.findById(userId)).toMatchObject({
        passwordHash: 'new',
        role: 'admin',
        isDisabled: true,
        trainOnRatings: false,
        preferences: { importance: 70 },
      });
    });

    it('take everything that is theirs along, and nothing of others', async () => {
      const other = await someone();
      const { token } = await store.apiTokens.create(userId, 'script');
      const reset = await store.passwordResets.create(userId);
      for (const owner of [userId, other]) {
        await store.ratings.put(owner, 1, 4);
        await store.hidden.add(owner, 2);
        await store.watchlist.add(owner, 3);
        await store.runs.create(makeRun(`of-${owner}`, { userId: owner }));
        await store.llmCalls.record({ ...call, userId: owner, promptText: 'secret', costUsd: 0.25 });
      }
      const before = await store.llmCalls.sums();
      expect(await store.users.remove(userId)).toBe(true);
      expect(await store.users.remove(userId)).toBe(false);
      expect(await store.ratings.list(userId)).toEqual([]);
      expect(await store.hidden.list(userId)).toEqual([]);
      expect(await store.watchlist.list(userId)).toEqual([]);
      expect(await store.runs.get(`of-${userId}`)).toBeNull();
      expect(await store.llmCalls.listForUser(userId)).toEqual([]);
      expect(await store.apiTokens.findUserByToken(token)).toBeNull();
      expect(await store.passwordResets.use(reset.token)).toBeNull();
      expect(await store.ratings.list(other)).toHaveLength(1);
      expect(await store.hidden.list(other)).toHaveLength(1);
      expect(await store.watchlist.list(other)).toHaveLength(1);
      expect((await store.runs.get(`of-${other}`))?.userId).toBe(other);
      // The site's bill is the same; whose it was is forgotten.
      expect(await store.llmCalls.sums()).toEqual(before);
    });
  });

  describe('ratings', () => {
    it('keep when they were first given', async () => {
      const first = await store.ratings.put(userId, 1, 4.5);
      expect(first).toMatchObject({ movieId: 1, rating: 4.5 });
      const second = await store.ratings.put(userId, 1, 0.5);
      expect(second).toMatchObject({ movieId: 1, rating: 0.5, createdAt: first.createdAt });
      expect(await store.ratings.list(userId)).toEqual([second]);
      expect(await store.ratings.get(userId, 1)).toEqual(second);
      expect(await store.ratings.get(userId, 2)).toBeNull();
    });

    it('are refused outside 0.5–5 by halves, and for unknown titles', async () => {
      for (const rating of [0, 5.5, 3.25, Number.NaN])
        await expect(async () => store.ratings.put(userId, 1, rating)).rejects.toThrow(RangeError);
      await expect(store.ratings.put(userId, 999, 4)).rejects.toMatchObject({
        code: 'not_found',
        status: 404,
      });
      expect(await store.ratings.list(userId)).toEqual([]);
    });

    it('arrive together: unknown titles are passed over, the last of two counts', async () => {
      const rows = [
        { movieId: 1, rating: 1 },
        { movieId: 999, rating: 5 },
        { movieId: 2, rating: 3.5 },
        { movieId: 1, rating: 2 },
      ];
      expect(await store.ratings.putMany(userId, rows, { keepExisting: false })).toEqual({ saved: 2 });
      expect(await ratingsOf(userId)).toEqual({ 1: 2, 2: 3.5 });
    });

    it('leave what is there when told to, and overwrite it otherwise', async () => {
      await store.ratings.put(userId, 1, 5);
      const rows = [
        { movieId: 1, rating: 1 },
        { movieId: 2, rating: 1 },
      ];
      expect(await store.ratings.putMany(userId, rows, { keepExisting: true })).toEqual({ saved: 1 });
      expect(await ratingsOf(userId)).toEqual({ 1: 5, 2: 1 });
      expect(await store.ratings.putMany(userId, rows, { keepExisting: false })).toEqual({ saved: 2 });
      expect(await ratingsOf(userId)).toEqual({ 1: 1, 2: 1 });
    });

    it('go into training except from those who opted out or were disabled', async () => {
      const optedOut = await someone();
      const disabled = await someone();
      for (const owner of [userId, optedOut, disabled]) await store.ratings.put(owner, 7, 4.5);
      await store.users.setTrainOnRatings(optedOut, false);
      await store.users.setDisabled(disabled, true);
      const training = (await store.ratings.allForTraining()).filter((row) => row.movieId === 7);
      expect(training).toEqual([{ userId, movieId: 7, rating: 4.5 }]);
      expect((await store.ratings.ratedMovieIds()).has(7)).toBe(true);
      expect((await store.ratings.ratedMovieIds()).has(19)).toBe(false);
    });

    const ratingsOf = async (owner: number) =>
      Object.fromEntries((await store.ratings.list(owner)).map(({ movieId, rating }) => [movieId, rating]));
  });

  describe('tokens', () => {
    it('of the API are shown once, found by their text and stored as a hash', async () => {
      const { token, row } = await store.apiTokens.create(userId, 'script');
      expect(token).toMatch(/^mq_[\w-]{43}$/);
      expect(row).toEqual({
        tokenId: row.tokenId,
        name: 'script',
        createdAt: row.createdAt,
        lastUsedAt: null,
      });
      expect(JSON.stringify(await store.database.select('SELECT * FROM api_tokens'))).not.toContain(token);
      expect((await store.apiTokens.findUserByToken(token))?.userId).toBe(userId);
      expect((await store.apiTokens.list(userId))[0]?.lastUsedAt).not.toBeNull();
      expect(await store.apiTokens.findUserByToken(token.slice(0, -1))).toBeNull();
      expect(await store.apiTokens.findUserByToken('')).toBeNull();
    });

    it('of the API are removed by their owner only, and useless when the account is disabled', async () => {
      const { token, row } = await store.apiTokens.create(userId, 'script');
      expect(await store.apiTokens.remove(await someone(), row.tokenId)).toBe(false);
      await store.users.setDisabled(userId, true);
      expect(await store.apiTokens.findUserByToken(token)).toBeNull();
      await store.users.setDisabled(userId, false);
      expect(await store.apiTokens.remove(userId, row.tokenId)).toBe(true);
      expect(await store.apiTokens.findUserByToken(token)).toBeNull();
    });

    it('for a new password work once, in time, and only the newest', async () => {
      const older = await store.passwordResets.create(userId);
      const { token } = await store.passwordResets.create(userId);
      expect(await store.passwordResets.use(older.token)).toBeNull();
      expect(await store.passwordResets.find(token)).toBe(userId);
      const uses = await Promise.all([1, 2, 3].map(() => store.passwordResets.use(token)));
      expect(uses.filter((found) => found === userId)).toHaveLength(1);
      expect(await store.passwordResets.find(token)).toBeNull();
      const late = await store.passwordResets.create(userId, -1);
      expect(await store.passwordResets.use(late.token)).toBeNull();
    });
  });
}
