import { conflict } from '../../errors.ts';
import { checkRating, type ProfileKeeper } from './profileKeeper.ts';
import { MAX_ENTRIES, type VisitorEntry } from './visitorEntries.ts';

/** A visitor's profile over what the browser's cookie holds; `entries` is what the cookie should hold afterwards. */
export interface VisitorProfile extends ProfileKeeper {
  /** Newest first. */
  readonly entries: readonly VisitorEntry[];
}

/**
 * @param onChange told what the cookie should hold, whenever that changed
 * @throws AppError visitor_full (409) from what would add entry 101. Changing an entry is always possible.
 */
export function visitorProfile(
  initial: readonly VisitorEntry[],
  onChange: (entries: readonly VisitorEntry[]) => void = () => {},
): VisitorProfile {
  let entries = [...initial];
  const change = (next: VisitorEntry[]): void => {
    entries = next;
    onChange(entries);
  };
  const isAt = (movieId: number, kind: VisitorEntry['kind']) => (entry: VisitorEntry) =>
    entry.movieId === movieId && entry.kind === kind;

  const without = (movieId: number, kind: VisitorEntry['kind']): VisitorEntry[] => {
    const isGone = isAt(movieId, kind);
    return entries.filter((entry) => !isGone(entry));
  };

  function remove(movieId: number, kind: VisitorEntry['kind']): boolean {
    const others = without(movieId, kind);
    if (others.length === entries.length) return false;
    change(others);
    return true;
  }

  /** Adds a mark in place of its opposite. One that is there already keeps its place. */
  function mark(movieId: number, kind: 'hidden' | 'saved'): void {
    if (entries.some(isAt(movieId, kind))) return;
    const others = without(movieId, kind === 'hidden' ? 'saved' : 'hidden');
    refuseWhenFull(others.length);
    change([{ movieId, kind }, ...others]);
  }

  return {
    get entries() {
      return entries;
    },

    async read() {
      const idsOf = (kind: VisitorEntry['kind']) =>
        entries.filter((entry) => entry.kind === kind).map((entry) => entry.movieId);
      return {
        ratings: entries.flatMap((entry) =>
          entry.kind === 'rating' ? [{ movieId: entry.movieId, rating: entry.halfStars / 2 }] : [],
        ),
        hidden: idsOf('hidden'),
        watchlist: idsOf('saved'),
      };
    },

    async rate(movieId, rating) {
      checkRating(rating);
      const others = without(movieId, 'rating');
      refuseWhenFull(others.length);
      change([{ movieId, kind: 'rating', halfStars: rating * 2 }, ...others]);
      return { movieId, rating };
    },
    unrate: async (movieId) => remove(movieId, 'rating'),
    hide: async (movieId) => mark(movieId, 'hidden'),
    unhide: async (movieId) => remove(movieId, 'hidden'),
    save: async (movieId) => mark(movieId, 'saved'),
    unsave: async (movieId) => remove(movieId, 'saved'),
  };
}

function refuseWhenFull(count: number): void {
  if (count >= MAX_ENTRIES)
    throw conflict('This browser can keep 100 ratings and marks. Register to keep more.', 'visitor_full');
}
