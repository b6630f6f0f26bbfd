import { UsageError } from '../src/errors.ts';
import { type RatingsReport, summarise } from './evaluation/summarise.ts';
import { wasmSolver, whyNoWasm } from './kernel/wasmSolver.ts';
import { type Letter, type Protocol } from './protocols/protocol.ts';
import { protocolA } from './protocols/protocolA.ts';
import { protocolB } from './protocols/protocolB.ts';
import { protocolC } from './protocols/protocolC.ts';
import { protocolD } from './protocols/protocolD.ts';
import { type RatingData, readRatingData } from './protocols/readRatingData.ts';
import { type OnStep } from './protocols/chooseOnValidation.ts';
import { runProtocol } from './protocols/runProtocol.ts';
import { plainSolver, type Solver } from './solver.ts';

const PROTOCOLS: Record<Letter, (data: RatingData) => Protocol> = {
  A: protocolA,
  B: protocolB,
  C: protocolC,
  D: protocolD,
};

export const isLetter = (text: string): text is Letter => Object.hasOwn(PROTOCOLS, text);

/** Above this many titles, single precision: top-20 lists agree to 99.98 %, in half the time and memory. */
const LARGEST_IN_F64 = 2000;

/**
 * Reads a set of ratings and runs one protocol over it.
 * @param solver for tests; the fastest there is when absent. It is left open.
 * @throws UsageError when the data cannot be evaluated this way
 */
export async function evaluateRatings(
  request: { protocol: Letter; data: string },
  onStep: OnStep = () => {},
  solver?: Solver,
): Promise<RatingsReport> {
  const startedAt = performance.now();
  onStep('read ratings', 0, 1);
  const data = await readRatingData(request.data);
  onStep('read ratings', data.users.length, data.users.length);
  const protocol = PROTOCOLS[request.protocol](data);
  checkPeople(data, protocol);
  const used = solver ?? openSolver(protocol.test.matrix.movieIds.length);
  try {
    const run = await runProtocol(used, protocol, onStep);
    onStep('intervals and tests', 0, 1);
    const report = await summarise(data, protocol, run, { solver: used.name, startedAt });
    onStep('intervals and tests', 1, 1);
    return report;
  } finally {
    if (!solver) await used.close();
  }
}

function checkPeople(data: RatingData, { letter, test }: Protocol): void {
  if (test.people.length < 2)
    throw new UsageError(`${data.name}: protocol ${letter} finds fewer than two people to ask in it`);
}

const openSolver = (titles: number): Solver =>
  whyNoWasm() ? plainSolver() : wasmSolver({ valueType: titles <= LARGEST_IN_F64 ? 'f64' : 'f32' });
