import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accountProfile } from '../../../src/services/profile/accountProfile.ts';
import { carryOver } from '../../../src/services/profile/carryOver.ts';
import type { VisitorEntry } from '../../../src/services/profile/visitorEntries.ts';
import { makeTitles, temporaryStore, type TemporaryStore } from '../../support/temporaryStore.ts';

let temporary: TemporaryStore;
let userId: number;
let people = 0;
beforeAll(async () => {
  temporary = await temporaryStore();
  await temporary.store.movies.upsertMany(makeTitles(9));
});
beforeEach(async () => {
  userId = (await temporary.store.users.create({ name: `person${++people}`, passwordHash: 'x' })).userId;
});
afterAll(() => temporary.dispose());

const entries: VisitorEntry[] = [
  { movieId: 1, kind: 'rating', halfStars: 9 },
  { movieId: 2, kind: 'hidden' },
  { movieId: 3, kind: 'saved' },
];

describe('carrying a visitor into an account', () => {
  it('takes ratings, hidden titles and the watchlist along', async () => {
    expect(await carryOver(temporary.store, userId, entries)).toEqual({
      ratings: 1,
      hidden: 1,
      watchlist: 1,
    });
    expect(await accountProfile(temporary.store, userId).read()).toEqual({
      ratings: [{ movieId: 1, rating: 4.5 }],
      hidden: [2],
      watchlist: [3],
    });
  });

  it('leaves what the account has: its rating, its saved and its hidden titles', async () => {
    const account = accountProfile(temporary.store, userId);
    await account.rate(1, 2);
    await account.save(2);
    await account.hide(3);
    expect(await carryOver(temporary.store, userId, entries)).toEqual({
      ratings: 0,
      hidden: 0,
      watchlist: 0,
    });
    expect(await account.read()).toEqual({
      ratings: [{ movieId: 1, rating: 2 }],
      hidden: [3],
      watchlist: [2],
    });
  });

  it('passes over titles that left the catalogue', async () => {
    const gone: VisitorEntry[] = [
      { movieId: 404, kind: 'rating', halfStars: 9 },
      { movieId: 405, kind: 'hidden' },
      { movieId: 5, kind: 'rating', halfStars: 6 },
    ];
    expect(await carryOver(temporary.store, userId, gone)).toEqual({ ratings: 1, hidden: 0, watchlist: 0 });
  });

  it('is the same when it happens twice', async () => {
    await carryOver(temporary.store, userId, entries);
    await carryOver(temporary.store, userId, entries);
    expect((await accountProfile(temporary.store, userId).read()).ratings).toEqual([
      { movieId: 1, rating: 4.5 },
    ]);
  });
});
