import type { Profile, Rating } from '../../domain.ts';
import { badInput } from '../../errors.ts';

/** A rating as it stands after it was given. A visitor's has no dates. */
export type KeptRating = Rating & { createdAt?: string; updatedAt?: string };

/**
 * What a person tells us about titles, wherever it is kept. The rules, the same for accounts and visitors:
 * hiding takes a title off the watchlist and keeps its rating (an opinion stays one); saving a hidden title shows it
 * again; rating touches no mark. Doing a thing twice is doing it once.
 */
export interface ProfileKeeper {
  /** Newest first, each of the three. */
  read(): Promise<Profile>;
  /** @throws AppError bad_input (400) unless the rating is 0.5–5 by halves. */
  rate(movieId: number, rating: number): Promise<KeptRating>;
  /** False when there was none. */
  unrate(movieId: number): Promise<boolean>;
  hide(movieId: number): Promise<void>;
  /** False when it was not hidden. */
  unhide(movieId: number): Promise<boolean>;
  save(movieId: number): Promise<void>;
  /** False when it was not saved. */
  unsave(movieId: number): Promise<boolean>;
}

const isRating = (rating: number): boolean => Number.isInteger(rating * 2) && rating >= 0.5 && rating <= 5;

export function checkRating(rating: number): void {
  const message = 'A rating is 0.5 to 5 by halves.';
  if (!isRating(rating)) throw badInput(message, [{ path: 'rating', message }]);
}
