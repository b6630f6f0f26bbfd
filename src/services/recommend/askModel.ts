import type { BlendKind, Candidate, Run } from '../../domain.ts';
import type { ChatModel } from '../../llm/chatModel.ts';
import type { Deadline } from '../../llm/deadline.ts';
import type { ScoringTask } from '../../llm/planScoring.ts';
import { scoreTitles, type ScoreOutcome } from '../../llm/scoreTitles.ts';
import { blendParts, rankByBlend, SMALLEST_PART } from '../../recommender/blend.ts';
import type { Library } from '../library.ts';
import { blendCandidates, partsOf } from './blendCandidates.ts';
import type { Taste } from './gatherCandidates.ts';
import type { Known } from './known.ts';
import type { ModelAccess } from './runs.ts';
import { MODEL_CANDIDATES, type LocalFit } from './scoreFit.ts';

/**
 * Which candidates a language model is asked about: the 50 best by the text blend at the importance of the run. Without
 * a slider, of those only the ones that a perfect fit could still lift into the top K.
 * @returns rows; `rest` stays in the list by its text match
 */
export function chooseAsked(
  run: Run,
  library: Library,
  rows: readonly number[],
  taste: Taste,
  fit: LocalFit,
  isSteerable: boolean,
): { asked: number[]; rest: number[] } {
  const weight = run.scoring.importance / 100;
  const { blend, k } = run.request;
  const rank = (candidates: readonly Candidate[]) =>
    rankByBlend(candidates.map(partsOf), weight, blend).map(({ movieId }) =>
      library.catalogue.rowOf(movieId)!,
    );
  const order = rank(blendCandidates(library, rows, taste, rows.map(fit.of), blend));
  const best = order.slice(0, MODEL_CANDIDATES);
  const rest = order.slice(MODEL_CANDIDATES, Math.max(MODEL_CANDIDATES, k));
  if (isSteerable) return { asked: best, rest };
  const tastes = blendCandidates(library, [...best, ...rest], taste, null, blend).map(
    ({ cf }) => cf?.score ?? null,
  );
  const reachable = canReachTop(tastes.slice(0, best.length), weight, blend, k);
  return {
    asked: best.filter((_, at) => reachable[at]),
    rest: [...best.filter((_, at) => !reachable[at]), ...rest],
  };
}

/**
 * Whether a title could be among the best k: with a fit of 1 it must reach what the k-th best has with a fit of .01.
 * @param tastes scaled taste parts
 */
export function canReachTop(
  tastes: readonly (number | null)[],
  weight: number,
  blend: BlendKind,
  k: number,
): boolean[] {
  const worst = tastes.map((taste) => blendParts(taste, SMALLEST_PART, weight, blend)).sort((a, b) => b - a);
  const bar = worst[k - 1] ?? -Infinity;
  return tastes.map((taste) => blendParts(taste, 1, weight, blend) >= bar);
}

interface Question {
  model: ChatModel;
  task: ScoringTask;
  library: Library;
  deadline: Deadline;
  access: ModelAccess;
  /** Decides the order in which the titles are put to the model. */
  seed: string;
  onScores: (scores: Map<number, { score: number; reason: string }>) => void;
}

export async function askModel({ task, library, ...question }: Question): Promise<ScoreOutcome> {
  return scoreTitles({
    ...task,
    model: question.model,
    signal: question.deadline.signal,
    deadlineAt: question.deadline.at,
    seed: question.seed,
    cache: question.access.cache,
    recordCall: question.access.recordCall,
    onBatch: (scores) =>
      question.onScores(
        new Map([...scores].map(([movieId, score]) => [library.catalogue.rowOf(movieId)!, score])),
      ),
  });
}

/** Only titles, years and what the catalogue says of them leave the house, and the titles of this person's ratings. */
export function scoringTask(
  library: Library,
  known: Pick<Known, 'ratings'>,
  preferences: string,
  rows: readonly number[],
): ScoringTask {
  const { catalogue } = library;
  return {
    preferences,
    ratings: known.ratings.flatMap(({ movieId, rating }) => {
      const title = catalogue.get(movieId);
      return title ? [{ title: title.title, year: title.year, rating }] : [];
    }),
    titles: rows.map((row) => {
      const title = catalogue.titles[row]!;
      return {
        movieId: title.movieId,
        title: title.title,
        year: title.year,
        genres: title.genres,
        directors: title.directors,
        tags: catalogue.tagsOf(row).slice(0, 12).map((tag) => tag.name), // prettier-ignore
        plot: title.plot ?? '',
      };
    }),
  };
}
