import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FULL_SIZE, scaledTo, writeLookAlike } from './lookAlike.ts';
import { runChild } from '../src/jobs/runChild.ts';

/**
 * The transform of a made-up Tag Genome archive against the usual pandas one, on the same file in one run: seconds and
 * peak memory of each, in a process of its own. `--ratings N` (3,000,000; `full` for 28.5 M), `--no-pandas`, `--python P`,
 * `--archive FILE` to keep the archive and take it from there the next time.
 */
const { values } = parseArgs({
  options: {
    ratings: { type: 'string', default: '3000000' },
    'no-pandas': { type: 'boolean', default: false },
    python: { type: 'string', default: 'python3' },
    archive: { type: 'string' },
  },
});

interface Measured {
  seconds: number;
  peakMb: number;
  titles: number;
  ratings: number;
  users: number;
}

const PANDAS = `
import sys, time, zipfile, json, resource
try:
    import pandas as pd
except ImportError:
    print(json.dumps(None)); sys.exit(0)
t = time.time()
z = zipfile.ZipFile(sys.argv[1]); p = 'movie_dataset_public_final/raw/'
movies = pd.read_json(z.open(p + 'metadata_updated.json'), lines=True)
ratings = pd.read_json(z.open(p + 'ratings.json'), lines=True)
ratings = ratings.drop_duplicates(['user_id', 'item_id'], keep='last')
movies['year'] = movies.title.str.extract(r'\\((\\d{4})\\)\\s*$')[0].astype(float)
movies = movies.dropna(subset=['year'])
ratings = ratings.merge(movies[['item_id', 'year']], on='item_id')
active = ratings.loc[ratings.year >= 2015, 'user_id'].unique()
ratings = ratings[ratings.user_id.isin(active)]
counts = ratings.item_id.value_counts()
ratings = ratings[ratings.item_id.isin(counts[counts >= 20].index)]
print(json.dumps({'seconds': time.time() - t, 'peakMb': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
  'titles': int(ratings.item_id.nunique()), 'ratings': len(ratings), 'users': int(ratings.user_id.nunique())}))
`;

const folder = await mkdtemp(join(tmpdir(), 'marquee-bench-'));
try {
  const archive = resolve(values.archive ?? join(folder, 'genome.zip'));
  const size = values.ratings === 'full' ? FULL_SIZE : scaledTo(Number(values.ratings));
  const startedAt = performance.now();
  const isThere = existsSync(archive);
  if (!isThere) await writeLookAlike(archive, size);
  const lines = size.ratings + size.repeats;
  print(
    `${isThere ? 'found' : 'made'} ${lines.toLocaleString('en-US')} rating lines, ${mega((await stat(archive)).size)} MB packed, in ${seconds(startedAt)} s`,
  );
  const { result: ours, error } = await runChild<Measured>('datasets/benchTransform.ts', [archive]);
  if (!ours) throw new Error(error);
  print(`marquee: ${describe(ours)}, ${(lines / ours.seconds / 1e6).toFixed(2)} M lines/s`);
  const pandas = values['no-pandas'] ? null : await runPandas(archive);
  if (!pandas) print('pandas: skipped (python3 with pandas is not here, or it was not wanted)');
  else {
    print(`pandas:  ${describe(pandas)}`);
    print(
      `pandas ÷ marquee: time ${(pandas.seconds / ours.seconds).toFixed(1)}, memory ${(pandas.peakMb / ours.peakMb).toFixed(1)}`,
    );
    if (pandas.ratings !== ours.ratings || pandas.titles !== ours.titles || pandas.users !== ours.users)
      throw new Error('the two transforms do not keep the same ratings');
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function runPandas(archive: string): Promise<Measured | null> {
  const script = join(folder, 'transform.py');
  await writeFile(script, PANDAS);
  try {
    return JSON.parse(
      execFileSync(values.python, [script, archive], { encoding: 'utf8' }),
    ) as Measured | null;
  } catch {
    return null;
  }
}

function describe({ seconds: time, peakMb, titles, ratings, users }: Measured): string {
  const kept = [titles, ratings, users].map((value) => value.toLocaleString('en-US'));
  return `${time.toFixed(1)} s, ${Math.round(peakMb).toLocaleString('en-US')} MB at most (${kept[0]} titles, ${kept[1]} ratings, ${kept[2]} people kept)`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function mega(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}
