import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/database.ts';
import { makeTitles } from '../support/temporaryStore.ts';
import { catalogueContract } from './storeCatalogue.ts';
import { peopleContract } from './storePeople.ts';
import { workContract } from './storeWork.ts';

/** The promises of the store, whatever database is below it. `open` gives an empty one. */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`the store on ${name}`, () => {
    let store: Store;
    let userId: number;
    let people = 0;
    const someone = async () =>
      (await store.users.create({ name: `person${++people}`, passwordHash: 'x' })).userId;

    beforeAll(async () => {
      store = await open();
      await store.movies.upsertMany(makeTitles(20));
    });
    beforeEach(async () => {
      userId = await someone();
    });
    afterAll(() => store.close());

    const begin = () => ({ store, userId, someone });
    peopleContract(begin);
    catalogueContract(begin);
    workContract(begin);

    describe('writing', () => {
      it('is all or nothing', async () => {
        const failing = store.write(async () => {
          await store.ratings.put(userId, 1, 5);
          await store.write(async () => store.hidden.add(userId, 2));
          throw new Error('halfway');
        });
        await expect(failing).rejects.toThrow('halfway');
        expect(await store.ratings.list(userId)).toEqual([]);
        expect(await store.hidden.list(userId)).toEqual([]);
      });

      it('sees its own changes, which others do not see yet', async () => {
        let seenOutside: unknown;
        let letGo = () => {};
        const outside = new Promise<void>((resolve) => (letGo = resolve)).then(async () => {
          seenOutside = await store.ratings.list(userId);
        });
        await store.write(async () => {
          await store.ratings.put(userId, 1, 5);
          expect(await store.ratings.list(userId)).toHaveLength(1);
          letGo();
          await outside;
        });
        expect(seenOutside).toEqual([]);
        expect(await store.ratings.list(userId)).toHaveLength(1);
      });

      it('goes on after a write that failed', async () => {
        await expect(store.write(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
        expect((await store.ratings.put(userId, 1, 3)).rating).toBe(3);
      });

      it('loses none of many read-modify-writes', async () => {
        await store.ratings.put(userId, 1, 0.5);
        const raise = () =>
          store.write(async () => {
            const { rating } = (await store.ratings.get(userId, 1))!;
            await store.ratings.put(userId, 1, rating + 0.5);
          });
        await Promise.all(Array.from({ length: 9 }, raise));
        expect((await store.ratings.get(userId, 1))?.rating).toBe(5);
      });
    });
  });
}
