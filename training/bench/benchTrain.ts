import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { wasmSolver } from '../kernel/wasmSolver.ts';
import { readRatings, writeRatings } from '../ratingsFile.ts';
import { trainModel, type TrainingMetrics } from '../trainModel.ts';
import { kernelPeak } from './kernelPeak.ts';
import { syntheticRatings } from './syntheticRatings.ts';

/**
 * `npm run bench:train -- [--sizes 2000,5000,10000,17807] [--precision f32|f64|f32,f64] [--threads N] [--plain-vectors]
 * [--no-python]`: seconds and peak memory of whole trainings on synthetic ratings, each in a process of its own, beside NumPy
 * and SciPy where python3 (or the one MARQUEE_PYTHON names) has them. The peers do the Gram matrix and the inverse, so those
 * two steps of ours are what they are compared with.
 */
const RIDGE = 500;
const DROPOUT = 0.3;
const run = promisify(execFile);

const { values: flags } = parseArgs({
  options: {
    sizes: { type: 'string', default: '2000,5000' },
    precision: { type: 'string', default: 'f32' },
    threads: { type: 'string', default: String(availableParallelism()) },
    'plain-vectors': { type: 'boolean', default: false },
    'no-python': { type: 'boolean', default: false },
    child: { type: 'string' },
  },
});
type Precision = 'f32' | 'f64';
const precisions = flags.precision.split(',').map((name): Precision => (name === 'f64' ? 'f64' : 'f32'));
const settings = { threads: Number(flags.threads), allowFused: !flags['plain-vectors'] };

interface Measured {
  metrics: TrainingMetrics;
  seconds: number;
  /** Processor seconds of all threads inside the solve: what it costs on a machine that is busy with other things too. */
  solveCpuSeconds: number;
  peakBytes: number;
}

if (flags.child) process.stdout.write(JSON.stringify(await trainOnce(flags.child)));
else await table();

async function trainOnce(path: string): Promise<Measured> {
  const begun = performance.now();
  const solver = wasmSolver({ ...settings, valueType: precisions[0]! });
  const cpuAt = new Map<string, number>();
  const { metrics } = await trainModel(
    readRatings(path),
    { solver, minRatings: 1, parameters: { algorithm: 'rdlae', lambda: RIDGE, dropout: DROPOUT, xi: 0.1 } },
    ({ step }) => {
      if (!cpuAt.has(step)) cpuAt.set(step, cpuSeconds());
    },
  );
  await solver.close();
  const seconds = (performance.now() - begun) / 1000;
  const solveCpuSeconds = cpuAt.get('prune')! - cpuAt.get('solve')!;
  return { metrics, seconds, solveCpuSeconds, peakBytes: process.resourceUsage().maxRSS * 1024 };
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function table(): Promise<void> {
  const { name } = wasmSolver(settings);
  print(
    `${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}, ${name.split(', ').slice(1).join(', ')}`,
  );
  print(
    `Peak: the micro-kernel alone with everything in cache, all threads together, GF/s: the best of many turns of a
millisecond, and the mean by processor time. Shares are of the solve's n³ flops, packing and waiting included: by the clock
of the best, and by processor time of the mean (other programs' turns left out on both sides).
`,
  );
  print(
    'titles  ratings  type      gram     solve     prune     whole    memory   GF/s    best    share    mean    share',
  );
  const folder = await mkdtemp(join(tmpdir(), 'marquee-bench-'));
  try {
    for (const titles of flags.sizes.split(',').map(Number)) {
      const path = join(folder, 'ratings.bin');
      await writeRatings(path, syntheticRatings(titles));
      const own: OwnSteps[] = [];
      for (const precision of precisions) own.push(await oneTraining(path, precision));
      if (!flags['no-python']) await peers(path, own);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The steps that the peers do too. */
interface OwnSteps {
  precision: Precision;
  seconds: number;
}

async function oneTraining(path: string, precision: Precision): Promise<OwnSteps> {
  const before = await kernelPeak({ ...settings, valueType: precision });
  const { metrics, seconds, solveCpuSeconds, peakBytes } = await child(path, precision);
  const after = await kernelPeak({ ...settings, valueType: precision });
  const best = Math.max(before.best, after.best);
  const mean = (before.sustained + after.sustained) / 2;
  const { gram, solve, prune } = metrics.seconds;
  const rate = metrics.titles ** 3 / solve / 1e9;
  const cpuRate = (metrics.titles ** 3 / solveCpuSeconds / 1e9) * settings.threads;
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  print(
    [
      String(metrics.titles).padEnd(7),
      String(metrics.ratings).padEnd(8),
      precision,
      ...[gram, solve, prune, seconds].map((value) => `${value.toFixed(2)} s`.padStart(9)),
      `${(peakBytes / 1e9).toFixed(2)} GB`.padStart(9),
      rate.toFixed(1).padStart(6),
      best.toFixed(1).padStart(7),
      percent(rate / best).padStart(8),
      mean.toFixed(1).padStart(7),
      percent(cpuRate / mean).padStart(8),
    ].join(' '),
  );
  return { precision, seconds: gram + solve };
}

async function child(path: string, precision: Precision): Promise<Measured> {
  const given = ['--child', path, '--precision', precision, '--threads', String(settings.threads)];
  if (!settings.allowFused) given.push('--plain-vectors');
  const { stdout } = await run(process.execPath, [
    ...process.execArgv,
    fileURLToPath(import.meta.url),
    ...given,
  ]);
  return JSON.parse(stdout) as Measured;
}

interface PeerSeconds {
  gram: number;
  inv: number;
  cholesky: number;
  choleskyF32: number;
}

async function peers(path: string, own: OwnSteps[]): Promise<void> {
  const program = process.env['MARQUEE_PYTHON'] ?? 'python3';
  const script = join(import.meta.dirname, 'peers.py');
  try {
    const { stdout } = await run(program, [script, path, String(DROPOUT), String(RIDGE)]);
    const { seconds, peakBytes, numpy } = JSON.parse(stdout) as {
      seconds: PeerSeconds;
      peakBytes: number;
      numpy: string;
    };
    print(
      `  Python, NumPy ${numpy}: Gram by SciPy ${seconds.gram.toFixed(2)} s, peak memory ${(peakBytes / 1e9).toFixed(2)} GB`,
    );
    const compare = (name: string, inverse: number) => {
      const whole = seconds.gram + inverse;
      const ratios = own.map((ours) => `${(whole / ours.seconds).toFixed(2)} × ours in ${ours.precision}`);
      print(`  ${name.padEnd(44)} ${whole.toFixed(2).padStart(7)} s   ${ratios.join('   ')}`);
    };
    for (const ours of own)
      print(
        `  ours, Gram + inverse (${ours.precision})`.padEnd(46) + ` ${ours.seconds.toFixed(2).padStart(7)} s`,
      );
    compare('Gram + numpy.linalg.inv (f64)', seconds.inv);
    compare('Gram + LAPACK dpotrf, dpotri (f64)', seconds.cholesky);
    compare('Gram + LAPACK spotrf, spotri (f32)', seconds.choleskyF32);
  } catch (error) {
    print(`  Python peers skipped: ${(error as Error).message.trim().split('\n').at(-1)}`);
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
