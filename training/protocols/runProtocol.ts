import { scorePopularity } from '../baselines/popularity.ts';
import { fitItemKnn } from '../baselines/itemKnn.ts';
import { type Evaluation, meanOf } from '../evaluation/evaluate.ts';
import { evaluateFits, evaluateScores, scoreSparse } from '../evaluation/scorePeople.ts';
import { type EaseParameters, fitFromGram, scalesOf } from '../fitEase.ts';
import { copyInto, copyOf, diagonalOf, type LowerTriangle } from '../lowerTriangle.ts';
import { presetParameters } from '../presets.ts';
import { type Solver } from '../solver.ts';
import { popularityOf } from '../trainingMatrix.ts';
import { type ChosenOn, type Protocol } from './protocol.ts';
import { type Split } from './split.ts';

export interface MeasuredRow {
  algorithm: string;
  parameters: Record<string, number | string>;
  chosenOn: ChosenOn;
  evaluation: Evaluation;
}

/** One λ tried for EASE on the validation part. */
export interface CurvePoint {
  lambda: number;
  value: number;
}

export interface ProtocolRun {
  rows: MeasuredRow[];
  /** EASE's primary measure against λ on the validation part, ascending. */
  curve: CurvePoint[];
  /** How many parameter settings were tried on the validation part. */
  tried: number;
}

export type OnStep = (step: string, done: number, total: number, note?: string) => void;

const NEIGHBOURS = [20, 50, 100, 200];
const XIS = [0, 0.1, 0.2, 0.3];
const DROPOUTS = [0.2, 0.35, 0.5];
/** With dropout the best λ lies lower: what it adds to the diagonal grows with popularity. */
const LAMBDA_FACTORS = [0.25, 0.5, 1];

/** Chooses parameters on the validation part, then measures baselines, golden and chosen parameters on the test part. */
export async function runProtocol(
  solver: Solver,
  protocol: Protocol,
  onStep: OnStep = () => {},
): Promise<ProtocolRun> {
  const { validation, test } = protocol;
  let bench: Bench | null = null;
  let choice = presetChoice(test);
  if (validation) {
    bench = await Bench.open(solver, validation, protocol);
    choice = await choose(bench, protocol, onStep);
  }
  if (!bench || bench.split.matrix !== test.matrix) bench = await Bench.open(solver, test, protocol);
  bench.split = test;
  return { ...(await measure(bench, protocol, choice, onStep)), curve: choice.curve, tried: choice.tried };
}

/** A Gram matrix to come back to, and the people asked about it. */
class Bench {
  readonly counts: Float64Array;
  readonly gram: LowerTriangle;
  split: Split;
  private readonly solver: Solver;
  private readonly protocol: Protocol;
  private readonly triangle: LowerTriangle;

  private constructor(solver: Solver, split: Split, protocol: Protocol, triangle: LowerTriangle) {
    this.solver = solver;
    this.split = split;
    this.protocol = protocol;
    this.triangle = triangle;
    this.gram = copyOf(triangle);
    this.counts = popularityOf(split.matrix);
  }

  static async open(solver: Solver, split: Split, protocol: Protocol): Promise<Bench> {
    return new Bench(solver, split, protocol, await solver.gram(split.matrix));
  }

  popularity(): Evaluation {
    const { people } = this.split;
    return evaluateScores(scorePopularity(this.counts), people, this.counts, this.protocol.plan);
  }

  itemKnn(neighbours: number): Evaluation {
    const weights = fitItemKnn(this.gram, neighbours);
    return evaluateScores(scoreSparse(weights), this.split.people, this.counts, this.protocol.plan);
  }

  /** Evaluates several settings that have λ and p in common with one solve. */
  async fits(settings: EaseParameters[], seeEase = false): Promise<Evaluation[]> {
    copyInto(this.gram, this.triangle);
    const titles = { movieIds: this.split.matrix.movieIds, counts: this.counts };
    const fit = await fitFromGram(this.solver, this.triangle, titles, settings[0]!);
    if (seeEase) this.protocol.onEaseFit?.(fit, this.counts);
    const inverseDiagonal = diagonalOf(fit.inverse);
    const scales = settings.map(
      (setting) => scalesOf(inverseDiagonal, fit.added, this.counts, setting).columnScale,
    );
    return evaluateFits(fit, scales, this.split.people, this.counts, this.protocol.plan);
  }
}

interface Choice {
  chosenOn: ChosenOn;
  neighbours: number;
  fits: EaseParameters[];
  curve: CurvePoint[];
  tried: number;
}

function presetChoice({ matrix }: Split): Choice {
  const { lambda, dropout, xi } = presetParameters(matrix.items.length) as Required<EaseParameters>;
  return {
    chosenOn: 'preset',
    neighbours: 100,
    fits: [
      { algorithm: 'ease', lambda },
      { algorithm: 'edlae', lambda, dropout },
      { algorithm: 'rdlae', lambda, dropout, xi },
    ],
    curve: [],
    tried: 0,
  };
}

async function choose(bench: Bench, protocol: Protocol, onStep: OnStep): Promise<Choice> {
  const { primary, lambdas, validation, test } = protocol;
  const valueOf = (evaluation: Evaluation) => meanOf(evaluation.perPerson[primary]!);
  const total = lambdas.length + DROPOUTS.length * LAMBDA_FACTORS.length;
  let solved = 0;
  let tried = NEIGHBOURS.length;
  onStep('choose parameters', 0, total);
  const neighbours = bestBy(NEIGHBOURS, (count) => valueOf(bench.itemKnn(count)));

  const curve: CurvePoint[] = [];
  for (const lambda of lambdas) {
    const sharesMatrix = validation?.matrix === test.matrix;
    const evaluation = await ifPositiveDefinite(bench.fits([{ algorithm: 'ease', lambda }], sharesMatrix));
    if (evaluation) curve.push({ lambda, value: valueOf(evaluation[0]!) });
    onStep('choose parameters', ++solved, total, `lambda ${lambda}`);
  }
  const best = curve.reduce((a, b) => (b.value > a.value ? b : a)).lambda;
  tried += curve.length;

  let edlae = { value: -1, setting: presetParameters(1) };
  let rdlae = edlae;
  for (const dropout of DROPOUTS)
    for (const factor of LAMBDA_FACTORS) {
      const settings = XIS.map((xi): EaseParameters => ({
        algorithm: 'rdlae',
        lambda: best * factor,
        dropout,
        xi,
      }));
      (await bench.fits(settings)).forEach((evaluation, at) => {
        const [value, setting] = [valueOf(evaluation), settings[at]!];
        if (value > rdlae.value) rdlae = { value, setting };
        if (setting.xi === 0 && value > edlae.value)
          edlae = { value, setting: { algorithm: 'edlae', lambda: setting.lambda, dropout } };
      });
      tried += settings.length;
      onStep('choose parameters', ++solved, total, `p ${dropout}`);
    }
  const fits: EaseParameters[] = [{ algorithm: 'ease', lambda: best }, edlae.setting, rdlae.setting];
  return { chosenOn: 'validation', neighbours, fits, curve, tried };
}

/** The most tiny λ leave a Gram matrix that cannot be inverted: no result, rather than an end to the search. */
async function ifPositiveDefinite<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (/not positive definite/.test((error as Error).message)) return null;
    throw error;
  }
}

function bestBy<T>(candidates: T[], valueOf: (candidate: T) => number): T {
  const values = candidates.map(valueOf);
  return candidates[values.indexOf(Math.max(...values))]!;
}

async function measure(
  bench: Bench,
  protocol: Protocol,
  choice: Choice,
  onStep: OnStep,
): Promise<{ rows: MeasuredRow[] }> {
  const { chosenOn, neighbours } = choice;
  const rows: MeasuredRow[] = [
    { algorithm: 'popularity', parameters: {}, chosenOn: 'none', evaluation: bench.popularity() },
    { algorithm: 'item-knn', parameters: { neighbours }, chosenOn, evaluation: bench.itemKnn(neighbours) },
  ];
  const settings = [
    ...choice.fits.map((parameters) => ({ parameters, chosenOn })),
    ...protocol.golden.map((parameters) => ({ parameters, chosenOn: 'test' as const })),
  ];
  for (const [at, setting] of settings.entries()) {
    onStep('measure', at, settings.length);
    const [evaluation] = await bench.fits([setting.parameters]);
    const { algorithm, ...parameters } = setting.parameters;
    rows.push({
      algorithm,
      parameters: { ...parameters },
      chosenOn: setting.chosenOn,
      evaluation: evaluation!,
    });
  }
  rows.push(...(protocol.extraRows?.() ?? []));
  onStep('measure', rows.length, rows.length);
  return { rows };
}
