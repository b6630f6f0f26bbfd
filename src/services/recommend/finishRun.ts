import type { Candidate, Run, Shortfall } from '../../domain.ts';
import { diversify } from '../../recommender/diversify.ts';
import { rankByBlend } from '../../recommender/blend.ts';
import type { Library } from '../library.ts';
import { partsOf } from './blendCandidates.ts';
import { filtersToDrop } from './filtersToDrop.ts';

/** One line of a list as it is shown. */
export interface RankedItem {
  rank: number;
  /** 10 × blend ÷ best blend of the list. */
  score: number;
  candidate: Candidate;
}

/** The list of a run at an importance: the best K of its candidates, or MMR's order when diversity was asked for. */
export function listRun(run: Run, importance: number = run.scoring.importance): RankedItem[] {
  const byId = new Map(run.candidates.map((candidate) => [candidate.movieId, candidate]));
  const ranked = rankByBlend(run.candidates.map(partsOf), importance / 100, run.scoring.blend);
  const scoreOf = new Map(ranked.map(({ movieId, score }) => [movieId, score]));
  const isDiverse = run.diverseOrder !== undefined && importance === run.scoring.importance;
  const order = isDiverse ? run.diverseOrder! : ranked.map(({ movieId }) => movieId);
  return order.slice(0, run.request.k).map((movieId, at) => ({
    rank: at + 1,
    score: scoreOf.get(movieId)!,
    candidate: byId.get(movieId)!,
  }));
}

/**
 * Notes a shortfall, and the diverse order when one was asked for.
 * @param excluded movieIds that no list may hold, such as rated and hidden ones
 */
export function settleOrder(run: Run, library: Library, excluded: ReadonlySet<number>): void {
  const { k, diversity } = run.request;
  if (run.candidates.length < k) run.shortfall = shortfallOf(run, library, excluded);
  if (diversity > 0 && run.candidates.length > 0) run.diverseOrder = diverseOrder(run, library);
}

function shortfallOf(run: Run, library: Library, excluded: ReadonlySet<number>): Shortfall {
  const others = library.catalogue.titles.filter(
    ({ isRetired, movieId }) => !isRetired && !excluded.has(movieId),
  );
  const drop = filtersToDrop(run.understood.filters, others);
  return { wanted: run.request.k, left: run.candidates.length, tightest: drop[0] ?? null, drop };
}

function diverseOrder(run: Run, library: Library): number[] {
  const ranked = rankByBlend(run.candidates.map(partsOf), run.scoring.importance / 100, run.scoring.blend);
  const vectors = ranked.map(({ movieId }) => tagVector(library, movieId));
  const order = diversify(
    ranked.map(({ blend }) => blend),
    (a, b) => cosine(vectors[a]!, vectors[b]!),
    run.request.diversity,
    run.request.k,
  );
  return order.map((at) => ranked[at]!.movieId);
}

/** What two titles are compared by: their tags' strength, and their genres. */
function tagVector(library: Library, movieId: number): Map<string, number> {
  const row = library.catalogue.rowOf(movieId)!;
  const vector = new Map<string, number>();
  const { tags, total } = library.catalogue.tagProfileOf(row);
  for (const tag of tags) vector.set(tag.name, tag.relevance ?? tag.count / (total || 1));
  for (const genre of library.catalogue.titles[row]!.genres) vector.set(`genre ${genre}`, 0.5);
  return vector;
}

function cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let dot = 0;
  for (const [name, value] of a) dot += value * (b.get(name) ?? 0);
  const lengths = norm(a) * norm(b);
  return lengths > 0 ? dot / lengths : 0;
}

const norm = (vector: ReadonlyMap<string, number>): number => Math.hypot(...vector.values());
