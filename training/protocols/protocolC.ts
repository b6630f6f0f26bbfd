import { UsageError } from '../../src/errors.ts';
import { type Evaluation, MEASURES_AT_20, type MeasurePlan, meanOf } from '../evaluation/evaluate.ts';
import { evaluateScores, scoreSparse } from '../evaluation/scorePeople.ts';
import { type EaseFit } from '../fitEase.ts';
import { sparsify } from '../sparsify.ts';
import { range } from '../trainingMatrix.ts';
import { type Protocol } from './protocol.ts';
import { type RatingData } from './readRatingData.ts';
import { buildSplit, cutByUser, type Rows, rowsOfUsers, shuffledByUser, type Split, type SplitRules } from './split.ts'; // prettier-ignore
import { splitByPeople } from './splitByPeople.ts';

const SEED = 1;
const MIN_TITLE_RATINGS = 20;
const MIN_USER_RATINGS = 25;
const TEST_SHARE = 0.1;
const MOST_USERS = 1000;
const KNOWN = 20;
/** What the classic keeps of B. */
const CLASSIC_KEPT_SHARE = 0.02;
const CLASSIC_LAMBDA = 10_000;

const PLAN: MeasurePlan = { measures: MEASURES_AT_20, depth: 20, shownPlaces: 20 };

const RULES: SplitRules = {
  input: 'stars',
  foldIn: (halfStars) => halfStars / 10,
  isRelevant: () => true,
  countsUnreachable: true,
  asksUnknown: false,
};

/**
 * The classic of this project: of people outside training, 20 ratings (÷ 5) are folded in, and the other titles they have
 * rated are to be found. The classic's own way of choosing λ (on the test users, each λ with another sample, B cut down)
 * is printed as chosen on "test", beside rows with one sample and λ chosen on other people.
 */
export function protocolC(data: RatingData): Protocol {
  if (data.hasUnknownHeights)
    throw new UsageError(`${data.name}: protocol C needs the height of every rating; some are empty there`);
  const rows = rowsOfRatedTitles(data);
  const byUser = shuffledByUser(data, rows, SEED);
  const users = range(data.userIds.length).filter((user) => byUser[user]!.length > 0);
  const candidates = users.filter((user) => byUser[user]!.length >= MIN_USER_RATINGS);
  const count = Math.min(MOST_USERS, Math.floor(candidates.length * TEST_SHARE));
  if (count < 2)
    throw new UsageError(
      `${data.name}: protocol C needs 20 or more users with ${MIN_USER_RATINGS} ratings of titles with ${MIN_TITLE_RATINGS}; there are ${candidates.length}`,
    );
  const { test, validation, asked, trained } = splitByPeople(data, byUser, {
    ...{ rows, users, candidates, rules: RULES, seed: SEED },
    counts: { asked: count, choosers: count },
    knownOf: () => KNOWN,
  });
  const classic = new ClassicSearch(data, rows, asked, test);
  return {
    letter: 'C',
    description: `The classic: ${KNOWN} ratings (÷ 5) of people outside training are folded in, their other titles are to be found`,
    seed: SEED,
    plan: PLAN,
    primary: 'precision@20',
    test,
    validation,
    lambdas: [0.01, 1, 10, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 20_000],
    golden: [],
    published: [
      {
        algorithm: 'EASE λ=10000, full Tag Genome',
        source:
          'the classic of this project, 17,807 titles; λ chosen on the test users; another, larger data set',
        metrics: { 'precision@20': 0.603, 'recall@20': 0.149, 'F1@20': 0.184 },
      },
    ],
    notes: [
      `${rows.length} ratings of titles with ${MIN_TITLE_RATINGS} or more; ${candidates.length} users have ${MIN_USER_RATINGS} or more of them: ${count} are asked, on ${count} others parameters are chosen, ${trained.length} are trained on.`,
      `Rows chosen on "test" repeat the classic's way: B cut to its largest ${CLASSIC_KEPT_SHARE * 100} %, another sample of ${KNOWN} ratings for each λ, λ chosen on the people asked. The others have the whole B, one sample, and λ chosen on other people.`,
      'F1@20 is the mean over people. The published row is for another data set.',
    ],
    onEaseFit: (fit) => classic.measure(fit),
    extraRows: () => classic.rows(),
  };
}

function rowsOfRatedTitles(data: RatingData): Rows {
  const counts = new Uint32Array(data.itemIds.length);
  for (const item of data.items) counts[item]!++;
  return range(data.users.length).filter((row) => counts[data.items[row]!]! >= MIN_TITLE_RATINGS);
}

/** The classic's search over λ, with seeds where it had none. */
class ClassicSearch {
  private readonly found: { lambda: number; evaluation: Evaluation }[] = [];
  private readonly data: RatingData;
  private readonly rowsInUse: Rows;
  private readonly asked: Uint32Array;
  private readonly test: Split;

  constructor(data: RatingData, rows: Rows, asked: Uint32Array, test: Split) {
    this.data = data;
    this.rowsInUse = rows;
    this.asked = asked;
    this.test = test;
  }

  measure(fit: EaseFit): void {
    const sampleSeed = SEED + 1 + this.found.length;
    const rows = rowsOfUsers(this.data, this.rowsInUse, this.asked);
    const sample = cutByUser(shuffledByUser(this.data, rows, sampleSeed), this.asked, () => KNOWN);
    const { people } = buildSplit(
      this.data,
      { train: new Uint32Array(0), ...sample },
      RULES,
      this.test.matrix,
    );
    const weights = sparsify(fit, { share: CLASSIC_KEPT_SHARE });
    const evaluation = evaluateScores(scoreSparse(weights), people, fit.counts, PLAN);
    this.found.push({ lambda: fit.parameters.lambda, evaluation });
  }

  /** The best λ, and the classic's own when it is another. */
  rows() {
    const precision = (at: number) => meanOf(this.found[at]!.evaluation.perPerson['precision@20']!);
    const best = this.found.reduce((top, _, at) => (precision(at) > precision(top) ? at : top), 0);
    return this.found
      .filter(({ lambda }, at) => at === best || lambda === CLASSIC_LAMBDA)
      .map(({ lambda, evaluation }) => ({
        algorithm: 'ease',
        parameters: { lambda, keptShare: CLASSIC_KEPT_SHARE },
        chosenOn: 'test' as const,
        evaluation,
      }));
  }
}
