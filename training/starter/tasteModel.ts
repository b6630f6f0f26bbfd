import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';

/**
 * How people rate the starter's titles, as a Gaussian copula. A person belongs to a cohort and has an activity a (log of
 * how many titles they rated, standardised). Every title i has a latent number z_i = f_i·w + √(1 − |f_i|²)·ε with w and ε
 * standard normal: w is the person's taste. The person rated the title when z_i lies in the upper share
 * p_i = σ(base_i + slope_i·a) of its distribution, and the place inside that share, turned by the person's leniency, sets
 * the star: the top of it is a 5.
 */
export interface TasteModel {
  movieIds: Int32Array;
  rank: number;
  /** titles × rank, row major: f_i. |f_i|² ≤ .98. */
  factors: Float32Array;
  /** titles × 5: share of each star class (low to high) among the ratings of the title. */
  starShares: Float32Array;
  /** How much of the place inside the rated share is the person's leniency, 0–1. */
  leniency: number;
  cohorts: Cohort[];
}

export interface Cohort {
  name: string;
  /** Share of people. */
  share: number;
  /** Standardised log activity at evenly spaced quantiles, ascending. */
  activity: number[];
  /** Logit of the chance to have rated the title at activity 0; −Infinity-like (−30) where the cohort cannot have. */
  base: Float32Array;
  slope: Float32Array;
  /** How much more often this cohort gives each star class than its titles' shares say. */
  starFactors: number[];
  /** For each star class the half stars it is made of and their shares in this cohort. */
  split: { halfStars: number; share: number }[][];
}

/** Star shares of a title in a cohort, into `out`. */
export function starSharesIn(model: TasteModel, cohort: Cohort, title: number, out: Float64Array): void {
  let total = 0;
  for (let star = 0; star < STAR_CLASSES; star++)
    total += out[star] = model.starShares[title * STAR_CLASSES + star]! * cohort.starFactors[star]!;
  for (let star = 0; star < STAR_CLASSES; star++) out[star]! /= total;
}

/** Star class of a rating in half stars: 0 (½–1), 1 (1½–2½), 2 (3–3½), 3 (4–4½), 4 (5). */
export const starClass = (halfStars: number): number =>
  halfStars <= 2 ? 0 : halfStars <= 5 ? 1 : halfStars <= 7 ? 2 : halfStars <= 9 ? 3 : 4;
export const STAR_CLASSES = 5;

const MAGIC = 'MQTASTE1';
const FACTOR_STEPS = 32_000;

/** gzip of: magic, length of a JSON header, header, movieIds, factors as int16, base and slope of each cohort, star shares. */
export function writeTasteModel(path: string, model: TasteModel): void {
  const header = Buffer.from(
    JSON.stringify({
      titles: model.movieIds.length,
      rank: model.rank,
      leniency: model.leniency,
      cohorts: model.cohorts.map(({ name, share, activity, starFactors, split }) => ({
        name,
        share,
        activity,
        starFactors,
        split,
      })),
    }),
  );
  const lead = Buffer.alloc(Math.ceil((12 + header.length) / 8) * 8, ' ');
  lead.write(MAGIC, 0, 'latin1');
  lead.writeUInt32LE(header.length, 8);
  header.copy(lead, 12);
  const steps = Int16Array.from(model.factors, (factor) => Math.round(factor * FACTOR_STEPS));
  const arrays = [
    model.movieIds,
    ...model.cohorts.flatMap(({ base, slope }) => [base, slope]),
    model.starShares,
    steps,
  ];
  const parts = arrays.map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength));
  writeFileSync(path, gzipSync(Buffer.concat([lead, ...parts]), { level: 9 }));
}

/** @throws Error when the file is not a taste model of this version */
export function readTasteModel(path: string): TasteModel {
  const file = gunzipSync(readFileSync(path));
  if (file.toString('latin1', 0, 8) !== MAGIC) throw new Error(`${path} is not a taste model`);
  const headerLength = file.readUInt32LE(8);
  const { titles, ...header } = JSON.parse(file.toString('utf8', 12, 12 + headerLength)) as Pick<
    TasteModel,
    'rank' | 'leniency'
  > & { titles: number; cohorts: Omit<Cohort, 'base' | 'slope'>[] };
  let offset = Math.ceil((12 + headerLength) / 8) * 8;
  const take = (bytes: number): ArrayBuffer => {
    if (offset + bytes > file.length) throw new Error(`${path} is cut short`);
    const start = file.byteOffset + offset;
    offset += bytes;
    return file.buffer.slice(start, start + bytes) as ArrayBuffer;
  };
  const movieIds = new Int32Array(take(titles * 4));
  const cohorts = header.cohorts.map((cohort) => ({
    ...cohort,
    base: new Float32Array(take(titles * 4)),
    slope: new Float32Array(take(titles * 4)),
  }));
  const starShares = new Float32Array(take(titles * STAR_CLASSES * 4));
  const steps = new Int16Array(take(titles * header.rank * 2));
  return {
    movieIds,
    rank: header.rank,
    leniency: header.leniency,
    cohorts,
    starShares,
    factors: Float32Array.from(steps, (step) => step / FACTOR_STEPS),
  };
}
