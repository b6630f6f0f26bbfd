import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountProfile } from '../../../src/services/profile/accountProfile.ts';
import type { VisitorEntry } from '../../../src/services/profile/visitorEntries.ts';
import { visitorProfile } from '../../../src/services/profile/visitorProfile.ts';
import { profileKeeperContract } from '../../contracts/profileKeeper.ts';
import { makeTitles, temporaryStore, type TemporaryStore } from '../../support/temporaryStore.ts';

let temporary: TemporaryStore;
beforeAll(async () => {
  temporary = await temporaryStore();
  await temporary.store.movies.upsertMany(makeTitles(9));
});
afterAll(() => temporary.dispose());

let people = 0;
const someone = async () => {
  const name = `person${++people}`;
  return (await temporary.store.users.create({ name, passwordHash: 'unused' })).userId;
};

profileKeeperContract('an account', async () => accountProfile(temporary.store, await someone()));
profileKeeperContract('a visitor', async () => visitorProfile([]));

describe('an account', () => {
  it('refuses titles that are not in the catalogue', async () => {
    const keeper = accountProfile(temporary.store, await someone());
    const refusal = { code: 'not_found', status: 404 };
    await expect(keeper.rate(77, 4)).rejects.toMatchObject(refusal);
    await expect(keeper.hide(77)).rejects.toMatchObject(refusal);
    await expect(keeper.save(77)).rejects.toMatchObject(refusal);
    expect(await keeper.read()).toEqual({ ratings: [], hidden: [], watchlist: [] });
  });

  it('sees nothing of another account', async () => {
    const mine = accountProfile(temporary.store, await someone());
    const theirs = accountProfile(temporary.store, await someone());
    await mine.rate(1, 5);
    await mine.hide(2);
    expect(await theirs.read()).toEqual({ ratings: [], hidden: [], watchlist: [] });
    expect(await theirs.unrate(1)).toBe(false);
    expect((await mine.read()).ratings).toHaveLength(1);
  });
});

describe('a visitor', () => {
  const full: VisitorEntry[] = Array.from({ length: 100 }, (_, at) => ({
    movieId: at + 1,
    kind: 'rating',
    halfStars: 8,
  }));

  it('is refused entry 101 with an offer to register, and keeps the 100', async () => {
    const keeper = visitorProfile(full);
    const refusal = {
      code: 'visitor_full',
      status: 409,
      message: expect.stringContaining('Register') as string,
    };
    await expect(keeper.rate(101, 4)).rejects.toMatchObject(refusal);
    await expect(keeper.hide(1)).rejects.toMatchObject(refusal);
    await expect(keeper.save(1)).rejects.toMatchObject(refusal);
    expect(keeper.entries).toEqual(full);
  });

  it('can change and remove entries when it is full', async () => {
    const keeper = visitorProfile(full);
    await keeper.rate(50, 1);
    expect(keeper.entries).toHaveLength(100);
    expect(keeper.entries[0]).toEqual({ movieId: 50, kind: 'rating', halfStars: 2 });
    await keeper.unrate(1);
    await keeper.save(1);
    await keeper.hide(1);
    expect(keeper.entries).toHaveLength(100);
  });

  it('tells what the cookie should hold after each change, and only then', async () => {
    const told: (readonly VisitorEntry[])[] = [];
    const keeper = visitorProfile([], (entries) => told.push(entries));
    await keeper.read();
    await keeper.unrate(1);
    expect(told).toEqual([]);
    await keeper.save(1);
    await keeper.save(1);
    await keeper.hide(1);
    expect(told).toEqual([[{ movieId: 1, kind: 'saved' }], [{ movieId: 1, kind: 'hidden' }]]);
  });
});
