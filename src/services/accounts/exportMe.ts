import type { Run } from '../../domain.ts';
import { notSignedIn } from '../../errors.ts';
import type { Store } from '../../store/database.ts';
import type { ApiToken } from '../../store/repositories/apiTokens.ts';
import type { LlmCall } from '../../store/repositories/llmCalls.ts';
import type { Mark } from '../../store/repositories/marks.ts';
import type { StoredRating } from '../../store/repositories/ratings.ts';
import type { User } from '../../store/repositories/users.ts';

type Named<T> = T & { title: string; year: number; imdbId: string | null };

/** Everything kept about a person. The hash of the password and of the tokens are left out: nobody can use them. */
export interface PersonalData {
  exportedAt: string;
  account: Omit<User, 'passwordHash' | 'userId'>;
  ratings: Named<StoredRating>[];
  hidden: Named<Mark>[];
  watchlist: Named<Mark>[];
  lists: Run[];
  apiTokens: ApiToken[];
  sessions: { expiresAt: string | null }[];
  modelCalls: LlmCall[];
}

/** @throws AppError not_signed_in (401) when the account is gone. */
export async function exportMe(store: Store, userId: number): Promise<PersonalData> {
  const user = await store.users.findById(userId);
  if (!user) throw notSignedIn();
  const { passwordHash: _hash, userId: _id, ...account } = user;
  const [ratings, hidden, watchlist, lists, apiTokens, sessions, modelCalls] = await Promise.all([
    store.ratings.list(userId),
    store.hidden.list(userId),
    store.watchlist.list(userId),
    store.runs.list({ userId }, Number.MAX_SAFE_INTEGER),
    store.apiTokens.list(userId),
    store.sessions.listForUser(userId),
    store.llmCalls.listForUser(userId),
  ]);
  const titles = await store.movies.getMany([...ratings, ...hidden, ...watchlist].map((row) => row.movieId));
  // A title somebody marked is never deleted, so each is there.
  const named = <T extends { movieId: number }>(row: T): Named<T> => {
    const { title, year, imdbId } = titles.get(row.movieId)!;
    return { ...row, title, year, imdbId };
  };
  return {
    exportedAt: new Date().toISOString(),
    account,
    ratings: ratings.map(named),
    hidden: hidden.map(named),
    watchlist: watchlist.map(named),
    lists,
    apiTokens,
    sessions,
    modelCalls,
  };
}
