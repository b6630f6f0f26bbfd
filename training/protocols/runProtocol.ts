import { type Evaluation } from '../evaluation/evaluate.ts';
import { type EaseParameters } from '../fitEase.ts';
import { presetParameters } from '../presets.ts';
import { type Solver } from '../solver.ts';
import { Bench } from './bench.ts';
import { chooseOnValidation, type Choice, type CurvePoint, type OnStep } from './chooseOnValidation.ts';
import { type ChosenOn, type Protocol } from './protocol.ts';
import { type Split } from './split.ts';

export interface MeasuredRow {
  algorithm: string;
  parameters: Record<string, number | string>;
  chosenOn: ChosenOn;
  evaluation: Evaluation;
}

export interface ProtocolRun {
  rows: MeasuredRow[];
  /** EASE's primary measure against λ on the validation part, ascending. */
  curve: CurvePoint[];
  /** How many parameter settings were tried on the validation part. */
  tried: number;
}

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
    bench = new Bench(solver, validation, protocol);
    choice = await chooseOnValidation(bench, protocol, onStep);
  }
  if (bench?.split.matrix !== test.matrix) bench = new Bench(solver, test, protocol);
  bench!.split = test;
  const rows = await measure(bench!, protocol, choice, onStep);
  return { rows, curve: choice.curve, tried: choice.tried };
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

async function measure(
  bench: Bench,
  protocol: Protocol,
  { chosenOn, neighbours, fits }: Choice,
  onStep: OnStep,
): Promise<MeasuredRow[]> {
  const rows: MeasuredRow[] = [
    { algorithm: 'popularity', parameters: {}, chosenOn: 'none', evaluation: bench.popularity() },
    {
      algorithm: 'item-knn',
      parameters: { neighbours },
      chosenOn,
      evaluation: await bench.itemKnn(neighbours),
    },
  ];
  const settings = [
    ...fits.map((setting) => ({ setting, chosenOn })),
    ...protocol.golden.map((setting) => ({ setting, chosenOn: 'test' as const })),
  ];
  for (const [at, { setting, chosenOn: origin }] of settings.entries()) {
    onStep('measure', at, settings.length);
    const [evaluation] = await bench.fits([setting]);
    const { algorithm, ...parameters } = setting;
    rows.push({ algorithm, parameters: { ...parameters }, chosenOn: origin, evaluation: evaluation! });
  }
  rows.push(...(protocol.extraRows?.() ?? []));
  onStep('measure', rows.length, rows.length);
  return rows;
}
