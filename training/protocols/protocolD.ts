import { UsageError } from '../../src/errors.ts';
import { foldInValue } from '../../src/recommender/ease.ts';
import { MEASURES_AT_10 } from '../evaluation/evaluate.ts';
import { range } from '../trainingMatrix.ts';
import { type Protocol } from './protocol.ts';
import { type RatingData } from './readRatingData.ts';
import { buildSplit, type Rows, type SplitRules } from './split.ts';

const SEED = 1;
const TRAIN_SHARE = 0.8;
const LIKE_HALF_STARS = 8;

/** The product's own input and fold-in. */
const RULES: SplitRules = {
  input: 'graded',
  foldIn: (halfStars) => foldInValue(halfStars / 2),
  isRelevant: (halfStars) => halfStars >= LIKE_HALF_STARS,
  countsUnreachable: true,
  asksUnknown: false,
};

/**
 * A split at one point in time for everybody: the first 80 % of all ratings train, and people known by then are asked what
 * they like afterwards. Nothing from after the point is seen, so titles new since cannot be found and count as missed.
 */
export function protocolD(data: RatingData): Protocol {
  if (!data.timestamps)
    throw new UsageError(
      `${data.name}: protocol D needs timestamps and there are none in it; ml-100k, ml-latest-small and ml-32m have them`,
    );
  const timestamps = data.timestamps;
  const outer = splitInTime(range(data.users.length), timestamps);
  const test = buildSplit(data, { ...outer, known: outer.train }, RULES);
  const inner = splitInTime(outer.train, timestamps);
  const validation =
    inner.train.length > 0 ? buildSplit(data, { ...inner, known: inner.train }, RULES) : null;
  const newcomers = new Set([...outer.heldOut].map((row) => data.users[row]!)).size - test.people.length;
  return {
    letter: 'D',
    description: `A point in time (${dateOf(outer.pointSeconds)}): what came before trains, people known then are asked what they like after it`,
    seed: SEED,
    plan: { measures: MEASURES_AT_10, depth: 10, shownPlaces: 10 },
    primary: 'nDCG@10',
    test,
    validation: validation && validation.people.length > 1 ? validation : null,
    lambdas: [50, 100, 200, 300, 500, 700, 1000, 1500, 2000, 3000],
    golden: [],
    published: [],
    notes: [
      `X and fold-in are the product's (4 and more 1, 3 and 3.5 a half, 2 and less −.25 in the profile only); ratings of 4 and more are to be found, titles that came later included, though nothing can find them.`,
      `${newcomers} people with ratings after the point are not asked: nothing is known of them before it, or they like nothing after it.`,
      `Parameters are chosen in the same way inside the training part, at ${dateOf(inner.pointSeconds)}.`,
    ],
  };
}

const dateOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);

/** Ratings of the same second stay together, so the first part may be a little under its share. */
function splitInTime(
  rows: Rows,
  timestamps: Float64Array,
): { train: Rows; heldOut: Rows; pointSeconds: number } {
  const times = Float64Array.from(rows, (row) => timestamps[row]!).sort();
  const pointSeconds = times[Math.floor(times.length * TRAIN_SHARE)] ?? 0;
  return {
    train: rows.filter((row) => timestamps[row]! < pointSeconds),
    heldOut: rows.filter((row) => timestamps[row]! >= pointSeconds),
    pointSeconds,
  };
}
