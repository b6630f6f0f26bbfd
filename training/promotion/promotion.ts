import { type Interval } from '../significance.ts';
import { type Judgement, mean } from './judge.ts';
import { meanInterval } from './meanInterval.ts';

/** Whether a new model takes the place of the active one, and why. */
export interface Promotion {
  isActivated: boolean;
  /** One sentence for people, with both numbers where there are two. */
  reason: string;
  activeModelId: string | null;
  ndcgAt10: number | null;
  activeNdcgAt10: number | null;
  /** New minus active, mean over the people asked, with its paired 95 % bootstrap interval. */
  difference: number | null;
  interval: Interval | null;
}

export interface Candidate {
  judgement: Judgement | null;
  /** Of the data set's ratings; null without any. */
  dataSetHash: string | null;
}

/** A mean loss beyond this is a loss also where the people are too few to be sure of it. */
const LARGEST_LOSS = 0.01;

/**
 * A new model is worse when the whole 95 % interval of the paired difference lies below 0, or the mean difference below
 * −.01. Everything else is noise or gain, and fresher ratings are worth having.
 * @param active null when there is none; `problem` when it could not be served any more
 */
export function decidePromotion(
  candidate: Candidate,
  active: (Candidate & { modelId: string; problem: string | null }) | null,
  isForced: boolean,
): Promotion {
  const numbers = {
    activeModelId: active?.modelId ?? null,
    ndcgAt10: candidate.judgement?.ndcgAt10 ?? null,
    activeNdcgAt10: active?.judgement?.ndcgAt10 ?? null,
    difference: null,
    interval: null,
  };
  const activate = (reason: string): Promotion => ({ isActivated: true, reason, ...numbers });
  if (!active) return activate('it is the first model here');
  if (active.problem) return activate(`the active one cannot be used any more (${active.problem})`);
  if (active.dataSetHash !== candidate.dataSetHash)
    return activate('the active one was trained on the ratings of another data set');
  if (!candidate.judgement || candidate.judgement.questionHash !== active.judgement?.questionHash)
    return activate('there is nothing to compare it with the active one by');
  return compare(candidate.judgement, active.judgement, numbers, isForced);
}

function compare(
  fresh: Judgement,
  old: Judgement,
  numbers: Omit<Promotion, 'isActivated' | 'reason'>,
  isForced: boolean,
): Promotion {
  const differences = fresh.perPerson.map((value, at) => value - old.perPerson[at]!);
  const difference = mean(differences);
  const interval = meanInterval(differences);
  const isWorse = interval[1] < 0 || difference < -LARGEST_LOSS;
  const both =
    `nDCG@10 ${fresh.ndcgAt10.toFixed(4)} against ${old.ndcgAt10.toFixed(4)} of the active one, ` +
    `difference ${signed(difference)} [${signed(interval[0])}, ${signed(interval[1])}] over ${fresh.people} people`;
  const verdict = isWorse ? (isForced ? 'worse, but it was forced' : 'worse') : 'not worse';
  return {
    ...numbers,
    isActivated: isForced || !isWorse,
    reason: `it is ${verdict}: ${both}`,
    difference,
    interval,
  };
}

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
