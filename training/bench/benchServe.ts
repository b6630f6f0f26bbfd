import { fileURLToPath } from 'node:url';
import { decodeModel, encodeModel } from '../../src/recommender/modelFile.ts';
import { type EaseModel, scoreProfile } from '../../src/recommender/ease.ts';
import { indexByMovieId } from '../../src/recommender/idMap.ts';
import { seededRandom } from '../random.ts';

/**
 * Serving at full size: 17,807 titles, 6.3 million weights whose columns are as skewed towards popular titles as a trained
 * model's, best 50 of one profile. Everything is made here; no training is needed.
 */
export interface ServeNumbers {
  titles: number;
  entries: number;
  loadMs: number;
  profiles: { rated: number; p50Ms: number; p99Ms: number }[];
}

export function benchServe(
  options: { titles?: number; entries?: number; repeats?: number } = {},
): ServeNumbers {
  const { titles = 17_807, entries = 6_300_000, repeats = 1000 } = options;
  const random = seededRandom(7);
  const file = Buffer.concat(encodeModel(syntheticModel(titles, entries, random)));
  const loadTimes = [0, 1, 2].map(() => {
    const begun = performance.now();
    decodeModel(file);
    return performance.now() - begun;
  });
  const model = decodeModel(file);
  const profiles = [20, 500].map((rated) => ({ rated, ...timeProfiles(model, rated, repeats, random) }));
  return { titles, entries: model.values.length, loadMs: Math.max(...loadTimes), profiles };
}

function timeProfiles(model: EaseModel, rated: number, repeats: number, random: () => number) {
  const titles = model.movieIds.length;
  const buffer = new Float32Array(titles);
  const times: number[] = [];
  for (let turn = -100; turn < repeats; turn++) {
    const profile = new Map<number, number>();
    while (profile.size < rated) profile.set(Math.floor(titles * random() ** 2), random() < 0.7 ? 1 : 0.5);
    const entries = Array.from(profile, ([index, value]) => ({ index, value }));
    const begun = performance.now();
    scoreProfile(model, entries, buffer);
    for (const { index } of entries) buffer[index] = -Infinity;
    best(buffer, 50);
    if (turn >= 0) times.push(performance.now() - begun);
  }
  times.sort((a, b) => a - b);
  return { p50Ms: times[Math.floor(repeats / 2)]!, p99Ms: times[Math.floor(repeats * 0.99)]! };
}

/** The indexes of the `n` largest scores, by a min-heap. */
function best(scores: Float32Array, n: number): number[] {
  const heap = new Int32Array(n).fill(-1);
  const scoreAt = (place: number) => (heap[place]! < 0 ? -Infinity : scores[heap[place]!]!);
  let least = -Infinity;
  for (let index = 0; index < scores.length; index++) {
    if (!(scores[index]! > least)) continue;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= n) break;
      if (child + 1 < n && scoreAt(child + 1) < scoreAt(child)) child++;
      if (scoreAt(child) >= scores[index]!) break;
      heap[place] = heap[child]!;
      place = child;
    }
    heap[place] = index;
    least = scoreAt(0);
  }
  return Array.from(heap).sort((a, b) => scores[b]! - scores[a]!);
}

function syntheticModel(titles: number, entries: number, random: () => number): EaseModel {
  const rowStart = new Uint32Array(titles + 1);
  const columns: number[][] = [];
  for (let row = 0; row < titles; row++) {
    const wanted = Math.round(((row + 1) * entries) / titles) - Math.round((row * entries) / titles);
    const own = new Set<number>();
    while (own.size < wanted) {
      const column = Math.floor(titles * random() ** 2);
      if (column !== row) own.add(column);
    }
    columns.push([...own].sort((a, b) => a - b));
    rowStart[row + 1] = rowStart[row]! + wanted;
  }
  const movieIds = Int32Array.from({ length: titles }, (_, at) => at + 1);
  return {
    header: {
      version: 1,
      algorithm: 'rdlae',
      parameters: {},
      dataHash: '',
      titles,
      entries,
      valueType: 'f32',
      columnType: 'u16',
      trainedAt: new Date(0).toISOString(),
    },
    movieIds,
    indexOf: indexByMovieId(movieIds),
    counts: new Float32Array(titles).fill(100),
    rowStart,
    columns: Uint16Array.from(columns.flat()),
    values: Float32Array.from({ length: entries }, () => (random() - 0.3) / 10),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { titles, entries, loadMs, profiles } = benchServe();
  process.stdout.write(`${titles} titles, ${entries} weights: file decoded in ${loadMs.toFixed(0)} ms\n`);
  for (const { rated, p50Ms, p99Ms } of profiles)
    process.stdout.write(`${rated} rated, best 50: p50 ${p50Ms.toFixed(3)} ms, p99 ${p99Ms.toFixed(3)} ms\n`);
}
