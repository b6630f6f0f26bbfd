import type { Catalogue } from '../../src/services/catalogue.ts';
import { tokenize } from '../../src/retrieval/tokenize.ts';
import type { Title } from '../../src/domain.ts';
import { type RatingsTable, userCount } from '../ratingsFile.ts';

/** Ratings a prompt tells. */
export const TOLD_RATINGS = 8;
const LIKED_HALF_STARS = 8;

/** Somebody who liked the target, and eight other ratings of theirs. */
export interface Drawn {
  /** Position in the ratings file. */
  user: number;
  target: Title;
  told: { title: Title; rating: number }[];
}

export type Draw = (among: number) => number;

/** Draws people and what they tell; the target is hidden. */
export class Drawing {
  private readonly ratings: RatingsTable;
  private readonly catalogue: Catalogue;
  private readonly likers = new Map<number, number[]>();

  constructor(ratings: RatingsTable, catalogue: Catalogue) {
    this.ratings = ratings;
    this.catalogue = catalogue;
    for (let user = 0; user < userCount(ratings); user++)
      for (let at = ratings.userStart[user]!; at < ratings.userStart[user + 1]!; at++) {
        if (ratings.halfStars[at]! < LIKED_HALF_STARS) continue;
        const movieId = ratings.itemIds[ratings.items[at]!]!;
        const likers = this.likers.get(movieId);
        if (likers) likers.push(user);
        else this.likers.set(movieId, [user]);
      }
  }

  /** Titles somebody liked, in the order of first mention. */
  likedMovieIds(): number[] {
    return [...this.likers.keys()];
  }

  /** null when nobody who liked the title has eight other ratings to tell. */
  forTarget(movieId: number, draw: Draw): Drawn | null {
    const target = this.catalogue.get(movieId);
    const likers = this.likers.get(movieId)?.filter((user) => this.ratedBy(user) > TOLD_RATINGS);
    if (!target || target.isRetired || !likers?.length) return null;
    const user = likers[draw(likers.length)]!;
    const told = this.ratingsOf(user).filter(
      ({ title }) => title.movieId !== movieId && !isSameName(title, target),
    );
    if (told.length < TOLD_RATINGS) return null;
    const drawn = Array.from({ length: TOLD_RATINGS }, () => told.splice(draw(told.length), 1)[0]!);
    return { user, target, told: drawn };
  }

  private ratedBy(user: number): number {
    return this.ratings.userStart[user + 1]! - this.ratings.userStart[user]!;
  }

  private ratingsOf(user: number): Drawn['told'] {
    const { userStart, items, itemIds, halfStars } = this.ratings;
    const told: Drawn['told'] = [];
    for (let at = userStart[user]!; at < userStart[user + 1]!; at++) {
      const title = this.catalogue.get(itemIds[items[at]!]!);
      if (title) told.push({ title, rating: halfStars[at]! / 2 });
    }
    return told;
  }
}

/** Remakes: telling one names the other. */
const isSameName = (a: Title, b: Title): boolean => a.title.toLowerCase() === b.title.toLowerCase();

/** Does the text name the title, whole or by its part before a colon? Such a text gives the answer away. */
export function namesTitle(text: string, { title, originalTitle, otherTitles }: Title): boolean {
  const said = ` ${tokenize(text).join(' ')} `;
  const names = [title, title.split(':')[0]!, originalTitle ?? '', ...otherTitles];
  return names.some((name) => {
    const words = tokenize(name).join(' ');
    return words !== '' && said.includes(` ${words} `);
  });
}
