import { UsageError } from '../../src/errors.ts';
import { MEASURES_AT_10, MEASURES_OF_LIANG } from '../evaluation/evaluate.ts';
import { range } from '../trainingMatrix.ts';
import { type Protocol } from './protocol.ts';
import { type RatingData } from './readRatingData.ts';
import { shuffledByUser, type SplitRules } from './split.ts';
import { splitByPeople } from './splitByPeople.ts';

const SEED = 1;
const LIKE_HALF_STARS = 8;
const MIN_LIKES = 5;
const KNOWN_SHARE = 0.8;
const TEST_SHARE = 0.2;
const VALIDATION_SHARE = 0.1;
/** As many as Liang et al. take from ML-20M. */
const MOST_USERS = 10_000;

const RULES: SplitRules = {
  input: 'likes',
  foldIn: () => 1,
  isRelevant: () => true,
  countsUnreachable: false,
  asksUnknown: false,
};

/**
 * Strong generalisation (Liang et al., WWW 2018; Steck, WWW 2019): a rating of 4 or more is a like, the rest is left out;
 * people with five likes or more; those asked are not in training, and 80 % of their likes are folded in.
 */
export function protocolB(data: RatingData): Protocol {
  const likes = range(data.users.length).filter((row) => data.halfStars[row]! >= LIKE_HALF_STARS);
  const byUser = shuffledByUser(data, likes, SEED);
  const users = range(data.userIds.length).filter((user) => byUser[user]!.length >= MIN_LIKES);
  const part = (share: number) => Math.min(MOST_USERS, Math.floor(users.length * share));
  if (part(TEST_SHARE) < 2)
    throw new UsageError(
      `${data.name}: protocol B needs ten or more users with ${MIN_LIKES} likes; there are ${users.length}`,
    );
  const { test, validation, asked, choosers, trained } = splitByPeople(data, byUser, {
    ...{ rows: likes, users, candidates: users, rules: RULES, seed: SEED },
    counts: { asked: part(TEST_SHARE), choosers: part(VALIDATION_SHARE) },
    knownOf: (likesOfOne) => likesOfOne - Math.floor(likesOfOne * (1 - KNOWN_SHARE) + 1e-9),
  });
  return {
    letter: 'B',
    description:
      'Strong generalisation: a rating of 4 or more is a like; people asked are not in training, 80 % of their likes are folded in',
    seed: SEED,
    plan: {
      measures: { ...MEASURES_OF_LIANG, ...pick('nDCG@10', 'hit@10', 'mrr@10') },
      depth: 100,
      shownPlaces: 20,
    },
    primary: 'nDCG@100',
    test,
    validation,
    lambdas: [50, 100, 200, 300, 500, 700, 1000, 2000],
    golden: [],
    published: [
      {
        algorithm: 'EASE on ML-20M',
        source: 'Steck, WWW 2019, table 2; another data set, for orientation only',
        metrics: { 'recall@20': 0.391, 'recall@50': 0.521, 'nDCG@100': 0.42 },
      },
    ],
    notes: [
      `${users.length} of ${data.userIds.length} users have ${MIN_LIKES} likes or more: ${asked.length} are asked, on ${choosers.length} others parameters are chosen, ${trained.length} are trained on.`,
      'recall@20 and recall@50 are divided by the smaller of k and the likes held out. Held-out likes of titles that nobody in training likes are left out.',
      'The published row is for another data set.',
    ],
  };
}

const pick = (...names: string[]) => Object.fromEntries(names.map((name) => [name, MEASURES_AT_10[name]!]));
