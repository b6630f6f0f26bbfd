import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../../src/parseJson.ts';
import { seededRandom, shuffle } from '../random.ts';
import { hashRatings, type RatingsTable, userCount } from '../ratingsFile.ts';
import { range } from '../trainingMatrix.ts';

/** Somebody of the data set whom every model is asked about: 80 % of their ratings are folded in, likes of the rest are wanted. */
export interface JudgedPerson {
  /** Position in the data set's ratings. */
  user: number;
  foldedIn: { movieId: number; halfStars: number }[];
  /** movieIds rated 4 or more among the rest, never empty. */
  likes: Set<number>;
}

export interface JudgedPeople {
  people: JudgedPerson[];
  /** SHA-256 over who is asked what: two results with the same one can be compared person by person. */
  questionHash: string;
}

const SEED = 20210;
const MOST_PEOPLE = 1000;
const FEWEST_RATINGS = 5;
const FOLDED_IN = 0.8;
const LIKE_HALF_STARS = 8;

const heldOutFile = z.object({
  dataHash: z.string(),
  users: z.array(z.int().nonnegative()),
});

/**
 * The fixed question of promotion: the people of `heldOut.json` when it belongs to these ratings, else up to 1,000 people with
 * at least five ratings, drawn by a fixed seed. How a person's ratings are cut depends on the seed and the person alone.
 */
export function judgedPeople(dataDir: string, table: RatingsTable): JudgedPeople {
  const users = heldOutUsers(dataDir, table) ?? drawUsers(table);
  const people = users
    .map((user) => cut(table, user))
    .filter(({ foldedIn, likes }) => foldedIn.length > 0 && likes.size > 0);
  const hash = createHash('sha256').update('nDCG@10 of held-out likes, 80 % folded in, version 1\n');
  for (const { user, foldedIn, likes } of people)
    hash.update(`${user}:${foldedIn.map(({ movieId }) => movieId).join()}:${[...likes].join()}\n`);
  return { people, questionHash: hash.digest('hex') };
}

function heldOutUsers(dataDir: string, table: RatingsTable): number[] | null {
  const path = join(dataDir, 'heldOut.json');
  if (!existsSync(path)) return null;
  const { success, data } = heldOutFile.safeParse(parseJson(readFileSync(path, 'utf8')));
  if (!success || data.users.length === 0 || data.dataHash !== hashRatings(table)) return null;
  return data.users.filter((user) => user < userCount(table));
}

function drawUsers(table: RatingsTable): number[] {
  const eligible = range(userCount(table)).filter(
    (user) => table.userStart[user + 1]! - table.userStart[user]! >= FEWEST_RATINGS,
  );
  return [...shuffle(eligible, seededRandom(SEED)).subarray(0, MOST_PEOPLE)].sort((a, b) => a - b);
}

function cut(table: RatingsTable, user: number): JudgedPerson {
  const start = table.userStart[user]!;
  const places = shuffle(range(table.userStart[user + 1]! - start), seededRandom(SEED + user + 1));
  const known = Math.ceil(places.length * FOLDED_IN);
  const rated = Array.from(places, (place) => ({
    movieId: table.itemIds[table.items[start + place]!]!,
    halfStars: table.halfStars[start + place]!,
  }));
  const liked = rated.slice(known).filter(({ halfStars }) => halfStars >= LIKE_HALF_STARS);
  return { user, foldedIn: rated.slice(0, known), likes: new Set(liked.map(({ movieId }) => movieId)) };
}
