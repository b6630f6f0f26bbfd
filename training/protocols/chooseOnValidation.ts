import { type Evaluation, meanOf } from '../evaluation/evaluate.ts';
import { type EaseParameters } from '../fitEase.ts';
import { type Bench } from './bench.ts';
import { type ChosenOn, type Protocol } from './protocol.ts';

/** One λ tried for EASE on the validation part. */
export interface CurvePoint {
  lambda: number;
  value: number;
}

export interface Choice {
  chosenOn: ChosenOn;
  neighbours: number;
  fits: EaseParameters[];
  /** EASE's primary measure against λ, ascending. */
  curve: CurvePoint[];
  /** How many settings were tried. */
  tried: number;
}

export type OnStep = (step: string, done: number, total: number, note?: string) => void;

const NEIGHBOURS = [20, 50, 100, 200];
const XIS = [0, 0.1, 0.2, 0.3];
const DROPOUTS = [0.2, 0.35, 0.5];
/** With dropout the best λ lies lower: what it adds to the diagonal grows with popularity. */
const LAMBDA_FACTORS = [0.25, 0.5, 1];
const ALPHAS = [0, 0.1, 0.2, 0.3];
const BETAS = [0, 0.25, 0.5];

/** The best setting of each recommender on the validation part. */
export async function chooseOnValidation(bench: Bench, protocol: Protocol, onStep: OnStep): Promise<Choice> {
  const search = new Search(bench, protocol, onStep);
  const neighbours = await search.itemKnn();
  const curve = await search.easeCurve();
  const { lambda } = curve.reduce((a, b) => (b.value > a.value ? b : a));
  const { edlae, rdlae } = await search.dropout(lambda);
  const dan = await search.dan(edlae);
  const fits: EaseParameters[] = [{ algorithm: 'ease', lambda }, edlae, rdlae, dan];
  return { chosenOn: 'validation', neighbours, fits, curve, tried: search.tried };
}

interface Found {
  value: number;
  setting: EaseParameters;
}

class Search {
  tried = 0;
  private solved = 0;
  private readonly total: number;
  private readonly bench: Bench;
  private readonly protocol: Protocol;
  private readonly onStep: OnStep;

  constructor(bench: Bench, protocol: Protocol, onStep: OnStep) {
    this.bench = bench;
    this.protocol = protocol;
    this.onStep = onStep;
    this.total = protocol.lambdas.length + DROPOUTS.length * LAMBDA_FACTORS.length + BETAS.length + 3;
  }

  async itemKnn(): Promise<number> {
    this.onStep('choose parameters', 0, this.total);
    const values: number[] = [];
    for (const neighbours of NEIGHBOURS) values.push(this.valueOf(await this.bench.itemKnn(neighbours)));
    this.tried += NEIGHBOURS.length;
    return NEIGHBOURS[values.indexOf(Math.max(...values))]!;
  }

  async easeCurve(): Promise<CurvePoint[]> {
    const { lambdas, validation, test } = this.protocol;
    const seeEase = validation?.matrix === test.matrix;
    const curve: CurvePoint[] = [];
    for (const lambda of lambdas) {
      const [found] = await this.solve([{ algorithm: 'ease', lambda }], `lambda ${lambda}`, seeEase);
      if (found) curve.push({ lambda, value: found.value });
    }
    return curve;
  }

  /** EDLAE and RDLAE around EASE's λ: with ξ = 0 the one is a case of the other. */
  async dropout(easeLambda: number): Promise<{ edlae: EaseParameters; rdlae: EaseParameters }> {
    const all: Found[] = [];
    for (const dropout of DROPOUTS)
      for (const factor of LAMBDA_FACTORS) {
        const common = { algorithm: 'rdlae', lambda: easeLambda * factor, dropout } as const;
        const settings = XIS.map((xi): EaseParameters => ({ ...common, xi }));
        all.push(...(await this.solve(settings, `p ${dropout}`)));
      }
    const { xi: _, ...edlae } = best(all.filter(({ setting }) => setting.xi === 0));
    return { edlae: { ...edlae, algorithm: 'edlae' }, rdlae: best(all) };
  }

  /**
   * DAN is EDLAE with two exponents: they are chosen at EDLAE's setting, p and λ once more with them. People who count less
   * make a smaller Gram matrix, so λ shrinks with its trace.
   */
  async dan({ lambda, dropout = 0 }: EaseParameters): Promise<EaseParameters> {
    const plainTrace = await this.bench.traceOf(0);
    const all: Found[] = [];
    for (const beta of BETAS) {
      const share = (await this.bench.traceOf(beta)) / plainTrace;
      const common = { algorithm: 'dan', lambda: rounded(lambda * share), dropout, beta } as const;
      const settings = ALPHAS.map((alpha): EaseParameters => ({ ...common, alpha }));
      all.push(...(await this.solve(settings, `β ${beta}`)));
    }
    const chosen = best(all);
    for (const change of [
      { lambda: rounded(chosen.lambda / 2) },
      { lambda: rounded(chosen.lambda * 2) },
      { dropout: rounded((chosen.dropout ?? 0) / 2) },
    ])
      all.push(...(await this.solve([{ ...chosen, ...change }], 'around it')));
    return best(all);
  }

  /** Nothing where the sum is not positive definite: the most tiny λ leave such a Gram matrix, and the search goes on. */
  private async solve(settings: EaseParameters[], note: string, seeEase = false): Promise<Found[]> {
    try {
      const evaluations = await this.bench.fits(settings, seeEase);
      this.tried += settings.length;
      return evaluations.map((evaluation, at) => ({
        value: this.valueOf(evaluation),
        setting: settings[at]!,
      }));
    } catch (error) {
      if (/not positive definite/.test((error as Error).message)) return [];
      throw error;
    } finally {
      this.onStep('choose parameters', ++this.solved, this.total, note);
    }
  }

  private valueOf(evaluation: Evaluation): number {
    return meanOf(evaluation.perPerson[this.protocol.primary]!);
  }
}

const best = (all: Found[]): EaseParameters => all.reduce((a, b) => (b.value > a.value ? b : a)).setting;

/** Three digits: enough for a parameter, and short to print. */
const rounded = (value: number): number => Number(value.toPrecision(3));
