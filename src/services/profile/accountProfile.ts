import type { Store } from '../../store/database.ts';
import { checkRating, type ProfileKeeper } from './profileKeeper.ts';

/** A signed-in person's profile, in SQL. Titles outside the catalogue are refused with not_found (404). */
export function accountProfile(store: Store, userId: number): ProfileKeeper {
  return {
    async read() {
      const [ratings, hidden, watchlist] = await Promise.all([
        store.ratings.list(userId),
        store.hidden.list(userId),
        store.watchlist.list(userId),
      ]);
      return {
        ratings: ratings.map(({ movieId, rating }) => ({ movieId, rating })),
        hidden: hidden.map((mark) => mark.movieId),
        watchlist: watchlist.map((mark) => mark.movieId),
      };
    },

    async rate(movieId, rating) {
      checkRating(rating);
      return store.ratings.put(userId, movieId, rating);
    },
    unrate: (movieId) => store.ratings.remove(userId, movieId),

    hide: (movieId) =>
      store.write(async () => {
        await store.hidden.add(userId, movieId);
        await store.watchlist.remove(userId, movieId);
      }),
    unhide: (movieId) => store.hidden.remove(userId, movieId),

    save: (movieId) =>
      store.write(async () => {
        await store.watchlist.add(userId, movieId);
        await store.hidden.remove(userId, movieId);
      }),
    unsave: (movieId) => store.watchlist.remove(userId, movieId),
  };
}
