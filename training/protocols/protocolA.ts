import { UsageError } from '../../src/errors.ts';
import { MEASURES_AT_10 } from '../evaluation/evaluate.ts';
import { range } from '../trainingMatrix.ts';
import { type Protocol, type PublishedRow } from './protocol.ts';
import { type RatingData } from './readRatingData.ts';
import { buildSplit, ifAsked, type SplitRules, splitWithinTitles } from './split.ts';

/** Of the public benchmark. */
const SEED = 42;
const TRAIN_SHARE = 0.75;

const RULES: SplitRules = {
  input: 'binary',
  foldIn: () => 1,
  isRelevant: () => true,
  countsUnreachable: false,
  asksUnknown: true,
};

const SOURCE = 'README of the recommenders-team/recommenders benchmark, MovieLens-100k, k = 10';
const published = (algorithm: string, [map, ndcg, precision, recall]: number[]): PublishedRow => ({
  algorithm,
  source: SOURCE,
  metrics: { 'nDCG@10': ndcg!, MAP: map!, 'precision@10': precision!, 'recall@10': recall! },
});

/**
 * The public split of the microsoft/recommenders benchmark on MovieLens-100k: every rating counts, a quarter of each title's
 * ratings is held out by NumPy's generator with seed 42, and people are asked who are also trained on.
 */
export function protocolA(data: RatingData): Protocol {
  const [train, heldOut] = splitWithinTitles(data, range(data.users.length), TRAIN_SHARE, SEED);
  if (heldOut.length === 0)
    throw new UsageError(
      `${data.name}: protocol A holds out a quarter of each title's ratings; none is left over`,
    );
  const test = buildSplit(data, { train, known: train, heldOut }, RULES);
  const [inner, innerHeldOut] = splitWithinTitles(data, train, TRAIN_SHARE, SEED + 1);
  return {
    letter: 'A',
    description:
      'A quarter of each title’s ratings held out (MT19937, seed 42), every rating counts as 1, people are in training too',
    seed: SEED,
    plan: { measures: MEASURES_AT_10, depth: 10, shownPlaces: 10 },
    primary: 'nDCG@10',
    test,
    validation: ifAsked(buildSplit(data, { train: inner, known: inner, heldOut: innerHeldOut }, RULES)),
    lambdas: [50, 100, 200, 300, 400, 500, 700, 1000, 1500],
    golden: [
      { algorithm: 'ease', lambda: 500 },
      { algorithm: 'ease', lambda: 300 },
      { algorithm: 'edlae', lambda: 400, dropout: 0.66 },
      { algorithm: 'rdlae', lambda: 400, dropout: 0.4, xi: 0.2 },
    ],
    published: [
      published('BiVAE', [0.1461, 0.4751, 0.4118, 0.2191]),
      published('BPR', [0.134, 0.445, 0.3887, 0.2166]),
      published('LightGCN', [0.1209, 0.4164, 0.3592, 0.196]),
      published('SAR', [0.114, 0.3938, 0.3406, 0.1854]),
      published('NCF', [0.0952, 0.3686, 0.3269, 0.1632]),
    ],
    notes: [
      'Rows chosen on "test" have parameters that were looked up on the test part: they check the arithmetic, and only rows chosen on "validation" compare with the published ones.',
      'Parameters are chosen on a quarter of the training part, held out in the same way with seed 43.',
      'MAP is the mean average precision of the first 10 places, divided by all titles held out.',
    ],
  };
}
