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
 * `npm run bench:train -- [--sizes 2000,5000,10000,17807] [--precision f32|f64] [--threads N] [--plain-vectors] [--no-python]`:
 * seconds and peak memory of whole trainings on synthetic ratings, each in a process of its own, beside NumPy and SciPy
 * where python3 (or the one MARQUEE_PYTHON names) has them.
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
const settings = {
  valueType: flags.precision === 'f64' ? ('f64' as const) : ('f32' as const),
  threads: Number(flags.threads),
  allowFused: !flags['plain-vectors'],
};

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
  const solver = wasmSolver(settings);
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
  const peak = await kernelPeak(settings);
  print(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${settings.threads} threads, Node ${process.versions.node}`,
  );
  print(
    `${settings.valueType}, in-cache peak of the kernel ${peak.toFixed(1)} GF/s (all threads together)\n`,
  );
  print(
    'titles   ratings      gram     solve     prune     whole      peak memory   solve GF/s   share of peak   by processor time',
  );
  const folder = await mkdtemp(join(tmpdir(), 'marquee-bench-'));
  try {
    for (const titles of flags.sizes.split(',').map(Number))
      await oneSize(titles, join(folder, 'ratings.bin'), peak);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function oneSize(titles: number, path: string, peak: number): Promise<void> {
  await writeRatings(path, syntheticRatings(titles));
  const { metrics, seconds, solveCpuSeconds, peakBytes } = await child(path);
  const { gram, solve, prune } = metrics.seconds;
  const rate = metrics.titles ** 3 / solve / 1e9;
  const cpuRate = (metrics.titles ** 3 / solveCpuSeconds / 1e9) * settings.threads;
  print(
    [
      String(metrics.titles).padEnd(8),
      String(metrics.ratings).padEnd(10),
      ...[gram, solve, prune, seconds].map((value) => `${value.toFixed(2)} s`.padStart(9)),
      `${(peakBytes / 1e9).toFixed(2)} GB`.padStart(16),
      rate.toFixed(1).padStart(12),
      `${((100 * rate) / peak).toFixed(0)} %`.padStart(15),
      `${((100 * cpuRate) / peak).toFixed(0)} %`.padStart(19),
    ].join(' '),
  );
  if (!flags['no-python']) await python(path, seconds);
}

async function child(path: string): Promise<Measured> {
  const given = ['--child', path, '--precision', settings.valueType, '--threads', String(settings.threads)];
  if (!settings.allowFused) given.push('--plain-vectors');
  const { stdout } = await run(process.execPath, [
    ...process.execArgv,
    fileURLToPath(import.meta.url),
    ...given,
  ]);
  return JSON.parse(stdout) as Measured;
}

async function python(path: string, ownSeconds: number): Promise<void> {
  const program = process.env['MARQUEE_PYTHON'] ?? 'python3';
  const script = join(import.meta.dirname, 'peers.py');
  try {
    const { stdout } = await run(program, [script, path, String(DROPOUT), String(RIDGE)]);
    const { seconds, peakBytes, numpy } = JSON.parse(stdout) as {
      seconds: { gram: number; inv: number; cholesky: number };
      peakBytes: number;
      numpy: string;
    };
    const compare = (name: string, whole: number) =>
      print(`  ${name.padEnd(52)} ${whole.toFixed(2)} s, ${(whole / ownSeconds).toFixed(2)} × ours`);
    print(
      `  Python with NumPy ${numpy}: Gram ${seconds.gram.toFixed(2)} s, peak ${(peakBytes / 1e9).toFixed(2)} GB`,
    );
    compare('Gram + numpy.linalg.inv (f64)', seconds.gram + seconds.inv);
    compare('Gram + LAPACK dpotrf, dpotri (f64)', seconds.gram + seconds.cholesky);
  } catch (error) {
    print(`  Python peers skipped: ${(error as Error).message.trim().split('\n').at(-1)}`);
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
