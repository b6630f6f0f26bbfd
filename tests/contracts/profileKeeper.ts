import { beforeEach, describe, expect, it } from 'vitest';
import type { ProfileKeeper } from '../../src/services/profile/profileKeeper.ts';

/** The promises of a profile, whatever keeps it. `make` gives an empty one in which titles 1–9 exist. */
export function profileKeeperContract(name: string, make: () => Promise<ProfileKeeper>): void {
  describe(`${name} keeps a profile`, () => {
    let keeper: ProfileKeeper;
    beforeEach(async () => {
      keeper = await make();
    });

    it('begins empty', async () => {
      expect(await keeper.read()).toEqual({ ratings: [], hidden: [], watchlist: [] });
    });

    it('keeps a rating and answers with it', async () => {
      expect(await keeper.rate(3, 4.5)).toMatchObject({ movieId: 3, rating: 4.5 });
      expect((await keeper.read()).ratings).toEqual([{ movieId: 3, rating: 4.5 }]);
    });

    it('keeps every rating from 0.5 to 5', async () => {
      for (let halfStars = 1; halfStars <= 10; halfStars++) {
        await keeper.rate(1, halfStars / 2);
        expect((await keeper.read()).ratings).toEqual([{ movieId: 1, rating: halfStars / 2 }]);
      }
    });

    it.each([0, 5.5, 3.3, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', async (rating) => {
      await expect(keeper.rate(1, rating)).rejects.toMatchObject({
        code: 'bad_input',
        status: 400,
        message: 'A rating is 0.5 to 5 by halves.',
      });
      expect((await keeper.read()).ratings).toEqual([]);
    });

    it('lists the newest rating first, and rating again makes it the newest', async () => {
      await keeper.rate(1, 3);
      await aMoment();
      await keeper.rate(2, 4);
      await aMoment();
      await keeper.rate(1, 5);
      expect((await keeper.read()).ratings).toEqual([
        { movieId: 1, rating: 5 },
        { movieId: 2, rating: 4 },
      ]);
    });

    it('removes a rating once', async () => {
      await keeper.rate(1, 3);
      expect(await keeper.unrate(1)).toBe(true);
      expect(await keeper.unrate(1)).toBe(false);
      expect((await keeper.read()).ratings).toEqual([]);
    });

    it('hiding twice is hiding once', async () => {
      await keeper.hide(4);
      await keeper.hide(4);
      expect((await keeper.read()).hidden).toEqual([4]);
      expect(await keeper.unhide(4)).toBe(true);
      expect(await keeper.unhide(4)).toBe(false);
    });

    it('saving twice is saving once', async () => {
      await keeper.save(4);
      await keeper.save(4);
      expect((await keeper.read()).watchlist).toEqual([4]);
      expect(await keeper.unsave(4)).toBe(true);
      expect(await keeper.unsave(4)).toBe(false);
    });

    it('hiding takes a title off the watchlist and keeps its rating', async () => {
      await keeper.rate(5, 2);
      await keeper.save(5);
      await keeper.hide(5);
      expect(await keeper.read()).toEqual({
        ratings: [{ movieId: 5, rating: 2 }],
        hidden: [5],
        watchlist: [],
      });
    });

    it('saving a hidden title shows it again', async () => {
      await keeper.hide(5);
      await keeper.save(5);
      expect(await keeper.read()).toEqual({ ratings: [], hidden: [], watchlist: [5] });
    });

    it('rating touches no mark', async () => {
      await keeper.hide(1);
      await keeper.save(2);
      await keeper.rate(1, 1);
      await keeper.rate(2, 5);
      await keeper.unrate(2);
      expect(await keeper.read()).toEqual({
        ratings: [{ movieId: 1, rating: 1 }],
        hidden: [1],
        watchlist: [2],
      });
    });
  });
}

/** Times are kept to the millisecond. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 3));
