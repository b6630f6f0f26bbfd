import type { Rating, Run } from '../../domain.ts';
import type { ChatModel } from '../../llm/chatModel.ts';
import { scoreTitles, type ScoreOutcome } from '../../llm/scoreTitles.ts';
import { rankByBlend } from '../../recommender/blend.ts';
import type { Library } from '../library.ts';
import { blendCandidates, partsOf } from './blendCandidates.ts';
import type { Taste } from './gatherCandidates.ts';
import type { ModelAccess } from './runs.ts';
import { MODEL_CANDIDATES, type LocalFit } from './scoreFit.ts';

/**
 * Which candidates a language model is asked about: the 50 best by the text blend at the importance of the run.
 * @returns rows; `rest` is empty unless more than 50 titles were wanted
 */
export function bestByTextBlend(
  run: Run,
  library: Library,
  rows: readonly number[],
  taste: Taste,
  fit: LocalFit,
): { asked: number[]; rest: number[] } {
  const candidates = blendCandidates(library, rows, taste, rows.map(fit.of), run.request.blend);
  const order = rankByBlend(candidates.map(partsOf), run.scoring.importance / 100, run.scoring.blend).map(
    ({ movieId }) => library.catalogue.rowOf(movieId)!,
  );
  return {
    asked: order.slice(0, MODEL_CANDIDATES),
    rest: order.slice(MODEL_CANDIDATES, Math.max(MODEL_CANDIDATES, run.request.k)),
  };
}

interface Question {
  model: ChatModel;
  preferences: string;
  ratings: readonly Rating[];
  rows: readonly number[];
  library: Library;
  signal: AbortSignal;
  access: ModelAccess;
  /** Decides the order in which the titles are put to the model. */
  seed: string;
  onScores: (scores: Map<number, { score: number; reason: string }>) => void;
}

/** Only titles, years and what the catalogue says of them leave the house, and the titles of this person's ratings. */
export async function askModel(question: Question): Promise<ScoreOutcome> {
  const { library, rows } = question;
  const { catalogue } = library;
  return scoreTitles({
    model: question.model,
    preferences: question.preferences,
    ratings: question.ratings.flatMap(({ movieId, rating }) => {
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
    signal: question.signal,
    seed: question.seed,
    cache: question.access.cache,
    recordCall: question.access.recordCall,
    onBatch: (scores) =>
      question.onScores(new Map([...scores].map(([movieId, score]) => [catalogue.rowOf(movieId)!, score]))),
  });
}
