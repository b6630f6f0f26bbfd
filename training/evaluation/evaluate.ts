import {
  averagePrecisionAt,
  cappedRecallAt,
  coverageOf,
  f1At,
  giniOf,
  type Hits,
  hitAt,
  ndcgAt,
  precisionAt,
  recallAt,
  reciprocalRankAt,
  topOf,
} from '../metrics.ts';

/** Somebody the recommender is asked for. Indexes are columns of X. */
export interface Person {
  /** What is folded in, ascending, and what each counts. */
  indexes: Uint32Array;
  values: Float64Array;
  /** Never recommended. */
  seen: Uint32Array;
  relevant: Set<number>;
  /** Relevant titles, also those without a column. */
  relevantCount: number;
}

/** What is measured of one list, by the name it is reported under. */
export type Measures = Record<string, (hits: Hits, relevant: number) => number>;

export const MEASURES_AT_10: Measures = {
  'nDCG@10': (hits, relevant) => ndcgAt(hits, relevant, 10),
  MAP: (hits, relevant) => averagePrecisionAt(hits, relevant, 10),
  'precision@10': (hits) => precisionAt(hits, 10),
  'recall@10': (hits, relevant) => recallAt(hits, relevant, 10),
  'hit@10': (hits) => hitAt(hits, 10),
  'mrr@10': (hits) => reciprocalRankAt(hits, 10),
};

export const MEASURES_OF_LIANG: Measures = {
  'recall@20': (hits, relevant) => cappedRecallAt(hits, relevant, 20),
  'recall@50': (hits, relevant) => cappedRecallAt(hits, relevant, 50),
  'nDCG@100': (hits, relevant) => ndcgAt(hits, relevant, 100),
};

export const MEASURES_AT_20: Measures = {
  'precision@20': (hits) => precisionAt(hits, 20),
  'recall@20': (hits, relevant) => recallAt(hits, relevant, 20),
  'F1@20': (hits, relevant) => f1At(hits, relevant, 20),
  'nDCG@20': (hits, relevant) => ndcgAt(hits, relevant, 20),
};

export interface MeasurePlan {
  measures: Measures;
  /** Longest list any measure looks at. */
  depth: number;
  /** Length of the lists that coverage, Gini, popularity and cold titles are counted over. */
  shownPlaces: number;
}

export interface Evaluation {
  /** Every measure for every person, in their order. */
  perPerson: Record<string, Float64Array>;
  /** Of all lists together: coverage, Gini, mean popularity, recall of cold titles. */
  ofLists: Record<string, number>;
}

/**
 * Takes the scores person by person and measures the lists they give. A title is cold when it is in the less rated half of
 * the catalogue; its recall is pooled over all people.
 */
export class Evaluator {
  private readonly plan: MeasurePlan;
  private readonly counts: Float64Array;
  private readonly people: Person[];
  private readonly perPerson: Record<string, Float64Array>;
  private readonly shown: Uint32Array;
  private readonly isCold: Uint8Array;
  private cold = { found: 0, all: 0 };
  private popularity = { sum: 0, places: 0 };

  /** @param counts ratings of each title in training */
  constructor(plan: MeasurePlan, people: Person[], counts: Float64Array) {
    this.plan = plan;
    this.people = people;
    this.counts = counts;
    this.shown = new Uint32Array(counts.length);
    this.isCold = coldTitles(counts);
    this.perPerson = Object.fromEntries(
      Object.keys(plan.measures).map((name) => [name, new Float64Array(people.length)]),
    );
  }

  /** @param scores one a title; overwritten where the person has seen it */
  add(personAt: number, scores: Float64Array): void {
    const person = this.people[personAt]!;
    for (const index of person.seen) scores[index] = -Infinity;
    const ranked = topOf(scores, this.plan.depth);
    const hits = Uint8Array.from(ranked, (index) => (person.relevant.has(index) ? 1 : 0));
    for (const [name, measure] of Object.entries(this.plan.measures))
      this.perPerson[name]![personAt] = measure(hits, person.relevantCount);
    ranked.slice(0, this.plan.shownPlaces).forEach((index, place) => {
      this.shown[index]!++;
      this.popularity.sum += this.counts[index]!;
      this.popularity.places++;
      if (this.isCold[index] === 1) this.cold.found += hits[place]!;
    });
    for (const index of person.relevant) this.cold.all += this.isCold[index]!;
  }

  result(): Evaluation {
    const k = this.plan.shownPlaces;
    return {
      perPerson: this.perPerson,
      ofLists: {
        [`coverage@${k}`]: coverageOf(this.shown),
        [`gini@${k}`]: giniOf(this.shown),
        [`meanPopularity@${k}`]: this.popularity.sum / Math.max(1, this.popularity.places),
        [`coldRecall@${k}`]: this.cold.found / Math.max(1, this.cold.all),
      },
    };
  }
}

function coldTitles(counts: Float64Array): Uint8Array {
  const order = Array.from(counts.keys()).sort((a, b) => counts[a]! - counts[b]! || b - a);
  const isCold = new Uint8Array(counts.length);
  for (const index of order.slice(0, Math.floor(counts.length / 2))) isCold[index] = 1;
  return isCold;
}

export const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
