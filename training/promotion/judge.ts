import { z } from 'zod';
import { ndcgAt } from '../metrics.ts';
import { type Interval } from '../significance.ts';
import { meanInterval } from './meanInterval.ts';
import { hitsOf, type FinishedTraining, scoreWithoutEach } from './scoreWithoutPerson.ts';
import { type JudgedPeople } from './judgedPeople.ts';

/** How good a model is on the fixed question, kept with it so that later models can be compared person by person. */
export interface Judgement {
  /** Mean over people: nDCG@10 of held-out likes by the served model without that person. */
  ndcgAt10: number;
  /** 95 %, bootstrap over people. */
  interval: Interval;
  /** The most rated titles, for everyone the same: what a model has to beat. */
  popularityNdcgAt10: number;
  people: number;
  questionHash: string;
  perPerson: number[];
}

export const judgementSchema = z.object({
  ndcgAt10: z.number(),
  interval: z.tuple([z.number(), z.number()]),
  popularityNdcgAt10: z.number(),
  people: z.int().positive(),
  questionHash: z.string(),
  perPerson: z.array(z.number()),
});

/** null when the data set has nobody to ask. */
export function judge(training: FinishedTraining, { people, questionHash }: JudgedPeople): Judgement | null {
  if (people.length === 0) return null;
  const { movieIds } = training.model;
  const perPerson: number[] = [];
  let ofPopularity = 0;
  scoreWithoutEach(training, people, (person, scores, counts) => {
    const ndcg = (of: Float64Array) => ndcgAt(hitsOf(movieIds, person, of), person.likes.size, 10);
    perPerson.push(rounded(ndcg(scores)));
    ofPopularity += ndcg(counts);
  });
  return {
    ndcgAt10: mean(perPerson),
    interval: meanInterval(perPerson),
    popularityNdcgAt10: ofPopularity / people.length,
    people: people.length,
    questionHash,
    perPerson,
  };
}

/** As it is stored. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
