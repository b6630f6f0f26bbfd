import { seededRandom } from '../src/seededRandom.ts';
import { ZipWriter } from './support/zipWriter.ts';

/** Sizes of a made-up archive; the defaults are those of Tag Genome 2021. */
export interface LookAlikeSize {
  titles: number;
  users: number;
  /** Distinct pairs of a person and a title. */
  ratings: number;
  repeats: number;
  tagCounts: number;
  seed: number;
}

export const FULL_SIZE: LookAlikeSize = {
  titles: 84_661,
  users: 247_383,
  ratings: 28_249_191,
  repeats: 240_925,
  tagCounts: 212_704,
  seed: 1,
};

/** The full size scaled to a number of ratings, people and titles in proportion (titles by the square root). */
export function scaledTo(ratings: number): LookAlikeSize {
  const share = ratings / FULL_SIZE.ratings;
  return {
    titles: Math.max(50, Math.round(FULL_SIZE.titles * Math.sqrt(share))),
    users: Math.max(20, Math.round(FULL_SIZE.users * share)),
    ratings,
    repeats: Math.round(FULL_SIZE.repeats * share),
    tagCounts: Math.max(100, Math.round(FULL_SIZE.tagCounts * share)),
    seed: FULL_SIZE.seed,
  };
}

/**
 * Writes an archive of the shape of `genome_2021.zip`: same files and line forms, the skew of titles (a Zipf curve) and
 * of people (log-normal), repeated rows, lines in random order. For benchmarks and crash tests; never kept.
 */
export async function writeLookAlike(path: string, size: LookAlikeSize): Promise<void> {
  const random = seededRandom(size.seed);
  const zip = await ZipWriter.create(path);
  const folder = 'movie_dataset_public_final/raw';
  await zip.add(
    `${folder}/metadata_updated.json`,
    inPieces(size.titles, (at) => titleLine(at + 1, random)),
  );
  const rows = drawRatings(size, random);
  await zip.add(
    `${folder}/ratings.json`,
    inPieces(rows.items.length, (at) => ratingLine(rows, at)),
  );
  const tags = Math.min(1094, size.tagCounts);
  await zip.add(
    `${folder}/tags.json`,
    inPieces(tags, (at) => `{"tag": "tag ${at + 1}", "id": ${at + 1}}\n`),
  );
  await zip.add(
    `${folder}/tag_count.json`,
    inPieces(size.tagCounts, (at) => {
      const item = 1 + Math.floor(size.titles * random() ** 3);
      return `{"item_id": ${item}, "tag_id": ${1 + (at % tags)}, "num": ${1 + Math.floor(random() ** 4 * 30)}}\n`;
    }),
  );
  await zip.close();
}

const LINES_A_PIECE = 5000;

function* inPieces(count: number, line: (at: number) => string): Generator<string> {
  for (let from = 0; from < count; from += LINES_A_PIECE) {
    let text = '';
    for (let at = from; at < Math.min(count, from + LINES_A_PIECE); at++) text += line(at);
    yield text;
  }
}

function titleLine(id: number, random: () => number): string {
  const year = 2021 - Math.floor(random() ** 2 * 110);
  // About one title in 127 has no year, as in the real set.
  const end = random() < 1 / 127 ? '' : ` (${year})`;
  return `{"title": "Look-Alike ${id}, The${end}", "directedBy": "Director ${id % 9000}", "starring": "Actor ${id % 20_000}, Actor ${(id * 7) % 20_000}", "avgRating": 3.5, "imdbId": "${String(id).padStart(7, '0')}", "item_id": ${id}}\n`;
}

interface DrawnRatings {
  items: Int32Array;
  users: Int32Array;
  halfStars: Uint8Array;
}

const ratingLine = ({ items, users, halfStars }: DrawnRatings, at: number): string =>
  `{"item_id": ${items[at]}, "user_id": ${users[at]}, "rating": ${(halfStars[at]! / 2).toFixed(1)}}\n`;

/** Shares of the half stars in MovieLens, in thousandths, 0.5 first. */
const STAR_SHARES = [16, 31, 16, 66, 50, 196, 127, 266, 88, 144];

function drawRatings(size: LookAlikeSize, random: () => number): DrawnRatings {
  const total = size.ratings + size.repeats;
  const rows = {
    items: new Int32Array(total),
    users: new Int32Array(total),
    halfStars: new Uint8Array(total),
  };
  const quotas = userQuotas(size, random);
  const ladder = titleLadder(size.titles);
  const stars = STAR_SHARES.flatMap((share, at) => Array.from({ length: share }, () => at + 1));
  const seenBy = new Int32Array(size.titles + 1).fill(-1);
  let at = 0;
  for (let user = 0; user < size.users; user++)
    for (let left = quotas[user]!; left > 0 && at < size.ratings; left--) {
      let item = drawTitle(ladder, random());
      // A heavy rater has seen the famous ones: the next title down that is still new.
      while (seenBy[item] === user) item = (item % size.titles) + 1;
      seenBy[item] = user;
      rows.items[at] = item;
      rows.users[at] = 1000 + user * 3;
      rows.halfStars[at++] = stars[Math.floor(random() * stars.length)]!;
    }
  for (let repeat = 0; repeat < size.repeats; repeat++, at++)
    copyRow(rows, Math.floor(random() * size.ratings), at);
  shuffle(rows, random);
  return rows;
}

/** How much each person rated: log-normal, at most nine tenths of all titles, adding up to the total exactly. */
function userQuotas(size: LookAlikeSize, random: () => number): Int32Array {
  const weights = Float64Array.from({ length: size.users }, () => Math.exp(1.3 * normal(random)));
  const sum = weights.reduce((a, b) => a + b, 0);
  const most = Math.floor(size.titles * 0.9);
  const quotas = Int32Array.from(weights, (weight) =>
    Math.min(most, Math.floor((weight / sum) * size.ratings)),
  );
  let missing = size.ratings - quotas.reduce((a, b) => a + b, 0);
  for (let user = 0; missing > 0; user = (user + 1) % size.users)
    if (quotas[user]! < most) {
      quotas[user]!++;
      missing--;
    }
  return quotas;
}

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Cumulative shares of the titles, most popular first. */
function titleLadder(titles: number): Float64Array {
  const ladder = new Float64Array(titles);
  let sum = 0;
  for (let at = 0; at < titles; at++) ladder[at] = sum += 1 / (at + 30) ** 1.1;
  return ladder.map((value) => value / sum);
}

function drawTitle(ladder: Float64Array, share: number): number {
  let low = 0;
  let high = ladder.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ladder[middle]! < share) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

function copyRow(rows: DrawnRatings, from: number, to: number): void {
  rows.items[to] = rows.items[from]!;
  rows.users[to] = rows.users[from]!;
  rows.halfStars[to] = rows.halfStars[from]!;
}

function shuffle(rows: DrawnRatings, random: () => number): void {
  for (const at of countdown(rows.items.length - 1)) {
    const other = Math.floor(random() * (at + 1));
    for (const column of [rows.items, rows.users, rows.halfStars]) {
      const held = column[at]!;
      column[at] = column[other]!;
      column[other] = held;
    }
  }
}

function* countdown(from: number): Generator<number> {
  for (let at = from; at > 0; at--) yield at;
}
