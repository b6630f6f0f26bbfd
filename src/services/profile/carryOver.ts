import type { Store } from '../../store/database.ts';
import { visitorProfile } from './visitorProfile.ts';
import type { VisitorEntry } from './visitorEntries.ts';

/** How many entries of each kind were new to the account. */
export interface CarriedOver {
  ratings: number;
  hidden: number;
  watchlist: number;
}

/**
 * Takes a visitor's entries into an account, at registration and at login. What the account holds stays: a rating is
 * not overwritten, a title it saved is not hidden, a title it hid is not saved. Titles that left the catalogue are
 * passed over.
 */
export async function carryOver(
  store: Store,
  userId: number,
  entries: readonly VisitorEntry[],
): Promise<CarriedOver> {
  if (entries.length === 0) return { ratings: 0, hidden: 0, watchlist: 0 };
  const visitor = await visitorProfile(entries).read();
  return store.write(async () => {
    const marked = new Set(
      [...(await store.hidden.list(userId)), ...(await store.watchlist.list(userId))].map(
        (mark) => mark.movieId,
      ),
    );
    const isNew = (movieId: number) => !marked.has(movieId);
    const ratings = await store.ratings.putMany(userId, visitor.ratings, { keepExisting: true });
    const hidden = await store.hidden.addMany(userId, visitor.hidden.filter(isNew));
    const watchlist = await store.watchlist.addMany(userId, visitor.watchlist.filter(isNew));
    return { ratings: ratings.saved, hidden: hidden.saved, watchlist: watchlist.saved };
  });
}
