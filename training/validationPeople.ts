import { type MeasurePlan, meanOf, type Person } from './evaluation/evaluate.ts';
import { evaluateFits } from './evaluation/scorePeople.ts';
import { type EaseFit } from './fitEase.ts';
import { ndcgAt } from './metrics.ts';
import { seededRandom, shuffle } from './random.ts';
import { type RatingsTable, userCount } from './ratingsFile.ts';
import { inputValue, range } from './trainingMatrix.ts';

const FOLDED_IN = 0.8;
const LIKE_HALF_STARS = 8;
/** At most this share of the people is kept out of training. */
const MOST_KEPT_OUT = 0.2;

const PLAN: MeasurePlan = {
  measures: { 'nDCG@10': (hits, relevant) => ndcgAt(hits, relevant, 10) },
  depth: 10,
  shownPlaces: 10,
};

/** People to choose on, and the others to train on: nobody is in both. */
export function keepPeopleOut(
  ratings: RatingsTable,
  wanted: number,
  seed: number,
): { validation: Uint32Array; training: Uint32Array } {
  const users = shuffle(range(userCount(ratings)), seededRandom(seed));
  const count = Math.min(wanted, Math.floor(users.length * MOST_KEPT_OUT));
  return { validation: users.slice(0, count), training: users.slice(count) };
}

/** 80 % of each person's ratings are folded in with the product's input (no dislikes), the likes of the rest are wanted. */
export function holdOut(
  ratings: RatingsTable,
  users: Uint32Array,
  movieIds: Int32Array,
  seed: number,
): Person[] {
  const indexOf = new Map(Array.from(movieIds, (movieId, index) => [movieId, index]));
  const indexOfItem = Array.from(ratings.itemIds, (movieId) => indexOf.get(movieId) ?? -1);
  const random = seededRandom(seed + 1);
  return Array.from(users, (user) => {
    const start = ratings.userStart[user]!;
    const rated = [...shuffle(range(ratings.userStart[user + 1]! - start), random)]
      .map((place) => ({
        index: indexOfItem[ratings.items[start + place]!]!,
        halfStars: ratings.halfStars[start + place]!,
      }))
      .filter(({ index }) => index >= 0);
    const cut = Math.ceil(rated.length * FOLDED_IN);
    return personOf(rated.slice(0, cut), rated.slice(cut));
  }).filter(({ indexes, relevantCount }) => indexes.length > 0 && relevantCount > 0);
}

type Rated = { index: number; halfStars: number }[];

function personOf(known: Rated, heldOut: Rated): Person {
  const profile = known
    .map(({ index, halfStars }) => ({ index, value: inputValue('graded', halfStars) }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => a.index - b.index);
  const likes = heldOut.filter(({ halfStars }) => halfStars >= LIKE_HALF_STARS);
  return {
    indexes: Uint32Array.from(profile, ({ index }) => index),
    values: Float64Array.from(profile, ({ value }) => value),
    seen: Uint32Array.from(known, ({ index }) => index),
    relevant: new Set(likes.map(({ index }) => index)),
    relevantCount: likes.length,
  };
}

/** Mean nDCG@10 over people: binary relevance, ideal min(10, likes held out), everything known left out. */
export function meanNdcgAt10(fit: EaseFit, people: Person[]): number {
  const [evaluation] = evaluateFits(fit, [fit.columnScale], people, fit.counts, PLAN);
  return meanOf(evaluation!.perPerson['nDCG@10']!);
}
