import { type EaseFit, type EaseParameters } from '../fitEase.ts';
import { type Evaluation, type MeasurePlan } from '../evaluation/evaluate.ts';
import { type Split } from './split.ts';

export type Letter = 'A' | 'B' | 'C' | 'D';

/** A result from somewhere else, to print beside ours. */
export interface PublishedRow {
  algorithm: string;
  source: string;
  metrics: Record<string, number>;
}

/** Everything that distinguishes one protocol from another; `runProtocol` does the rest. */
export interface Protocol {
  letter: Letter;
  /** What is done, in a line or two, for the reader of a report. */
  description: string;
  seed: number;
  plan: MeasurePlan;
  /** Parameters are chosen by this measure, and the significance tests are on it. */
  primary: string;
  test: Split;
  /** Where parameters are chosen; null when the data are too few to set a part aside. May share its matrix with `test`. */
  validation: Split | null;
  lambdas: number[];
  /** Printed although their parameters were looked up on the test part. */
  golden: EaseParameters[];
  published: PublishedRow[];
  /** For readers: what was left out and how things are counted. */
  notes: string[];
  /** Sees every EASE fit of the λ search, when validation and test share their matrix. */
  onEaseFit?: (fit: EaseFit, counts: Float64Array) => void;
  /** Rows of the protocol's own, asked for once everything else is done. */
  extraRows?: () => { algorithm: string; parameters: Record<string, number | string>; chosenOn: ChosenOn; evaluation: Evaluation }[]; // prettier-ignore
}

/** On whose ratings the parameters were chosen. `none`: there are none to choose; `preset`: too few data to choose. */
export type ChosenOn = 'test' | 'validation' | 'preset' | 'none';
