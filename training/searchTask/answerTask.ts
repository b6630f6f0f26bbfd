import type { Core } from '../../src/app.ts';
import type { Config } from '../../src/config.ts';
import { parseInput } from '../../src/contract/parseInput.ts';
import { recommendationBody, toRequest } from '../../src/contract/schemas.ts';
import type { RecommendationRequest, Run, Understanding, Usage } from '../../src/domain.ts';
import { startDeadline } from '../../src/llm/deadline.ts';
import { makeFilter } from '../../src/services/catalogue.ts';
import type { Library } from '../../src/services/library.ts';
import { modelAccessOpener, type OpenModelAccess } from '../../src/services/modelAccess.ts';
import { listRun } from '../../src/services/recommend/finishRun.ts';
import { startRun, type Asker } from '../../src/services/recommend/runs.ts';
import { recommendTitles } from '../../src/services/recommendTitles.ts';
import type { Method } from './methods.ts';
import type { SearchTask } from './tasks.ts';

/** How long the lists are. */
export const LIST_LENGTH = 50;

/** Why a target is not in the list: what a better list would have to change. */
export type Lost = 'unknown_title' | 'filtered_out' | 'not_gathered' | 'ranked_low';

/** What one method made of one task. */
export interface TaskAnswer {
  /** 1–50, null when the target is not among the 50. */
  rank: number | null;
  lost?: Lost;
  /** The reader took the target for a title the person has rated; that was corrected, as a person would. */
  isTargetRated?: true;
  importance: number;
  fit: Run['scoring']['fit'];
  taste: Run['scoring']['taste'];
  /** Code of what was asked of a language model and not given. */
  degraded?: string;
  usage: Usage;
  /** The list, best first. */
  movieIds: number[];
}

/** Makes lists as the API makes them, without storing them. */
export interface TaskRunner {
  library: Library;
  answer(task: SearchTask, method: Method): Promise<TaskAnswer>;
}

/** Whoever asks: no account, no cookie, no past. */
export const NOBODY: Asker = {
  userId: null,
  visitorId: null,
  profile: { ratings: [], hidden: [], watchlist: [] },
};

export function openTaskRunner(core: Core, config: Config, library: Library): TaskRunner {
  const { chatModels, logger } = core.context;
  const openModelAccess = modelAccessOpener({ chatModels, store: core.store, config, logger });
  return {
    library,
    async answer(task, method) {
      const request = requestOf(task, method);
      let run = await recommend(request, library, openModelAccess);
      const isTargetRated = run.understood.opinions.some(({ movieId }) => movieId === task.target);
      if (isTargetRated) {
        const { usage } = run;
        const understanding = withoutOpinion(run.understood, task.target);
        run = await recommend({ ...request, understanding }, library, openModelAccess);
        run.usage = addUsage(usage, run.usage);
      }
      return {
        ...answerOf(run, task.target, library),
        ...(isTargetRated ? { isTargetRated } : {}),
      };
    },
  };
}

/** The task as a body of the API, through the API's own validation. What is looked for is never told as rated. */
function requestOf(task: SearchTask, method: Method): RecommendationRequest {
  const ratings = task.ratings.filter((entry) => !('movieId' in entry) || entry.movieId !== task.target);
  const body = parseInput(recommendationBody, {
    prompt: task.prompt,
    ratings,
    k: LIST_LENGTH,
    chatModel: method.chatModel,
    ...(method.importance === undefined ? {} : { importance: method.importance }),
  });
  return toRequest(body, false);
}

async function recommend(
  request: RecommendationRequest,
  library: Library,
  openModelAccess: OpenModelAccess,
): Promise<Run> {
  const run = startRun('recommendations', request, NOBODY);
  const { access, timeoutMs } = await openModelAccess(run, NOBODY);
  const deadline = startDeadline(timeoutMs, new AbortController().signal);
  try {
    return await recommendTitles(run, { library, asker: NOBODY, access, deadline, isSteerable: true });
  } finally {
    deadline.end();
  }
}

const withoutOpinion = (understood: Understanding, movieId: number): Understanding => ({
  ...understood,
  opinions: understood.opinions.filter((opinion) => opinion.movieId !== movieId),
});

function addUsage(a: Usage, b: Usage): Usage {
  const costUsd = (a.costUsd ?? 0) + (b.costUsd ?? 0);
  return {
    calls: a.calls + b.calls,
    cachedCalls: a.cachedCalls + b.cachedCalls,
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    ms: a.ms + b.ms,
    ...(a.costUsd === undefined && b.costUsd === undefined ? {} : { costUsd }),
  };
}

function answerOf(run: Run, target: number, library: Library): TaskAnswer {
  const movieIds = listRun(run).map(({ candidate }) => candidate.movieId);
  const place = movieIds.indexOf(target);
  const lost = place < 0 ? whyLost(run, target, library) : undefined;
  const { importance, fit, taste, degraded } = run.scoring;
  return {
    rank: place < 0 ? null : place + 1,
    ...(lost ? { lost } : {}),
    importance,
    fit,
    taste,
    ...(degraded ? { degraded: degraded.code } : {}),
    usage: run.usage,
    movieIds,
  };
}

function whyLost(run: Run, target: number, library: Library): Lost {
  const title = library.catalogue.get(target);
  if (!title || title.isRetired) return 'unknown_title';
  if (!makeFilter(run.understood.filters)(title)) return 'filtered_out';
  return run.candidates.some(({ movieId }) => movieId === target) ? 'ranked_low' : 'not_gathered';
}
