import type { Config } from '../config.ts';
import type { Degraded, RecommendationRequest, SentCall } from '../domain.ts';
import { hasStory } from '../llm/classic.ts';
import { type Estimate, estimateCalls, type PlannedCall } from '../llm/estimate.ts';
import { batchMessages, planScoring } from '../llm/planScoring.ts';
import { newNonce } from '../llm/prompts/delimit.ts';
import type { ChatModelRegistry } from '../llm/registry.ts';
import { readingMessages } from '../llm/understandPrompt.ts';
import type { Store } from '../store/database.ts';
import { chooseModels, type ChosenModels } from './chooseModels.ts';
import type { Library } from './library.ts';
import { withinBudget } from './modelAccess.ts';
import { chooseAsked, scoringTask } from './recommend/askModel.ts';
import { hideOwnName } from './recommend/hideOwnName.ts';
import { prepareList } from './recommend/prepareList.ts';
import { readHere } from './recommend/readPrompt.ts';
import { emptyUnderstanding, startRun, type Asker } from './recommend/runs.ts';
import { preferencesText } from './recommend/scoreFit.ts';

/** What a prompt would send to language models, and what that is expected to cost. */
export interface ModelUsePreview {
  calls: SentCall[];
  estimate: Estimate;
  /** Calls that remembered answers make unnecessary. */
  cachedCalls: number;
  /** Why nothing would be sent. */
  refusal: Degraded | null;
}

/**
 * The calls that would be made for a request on the page, word for word, without making any. The call that reads the prompt is
 * what will leave, but for the random code between the lines; the scoring calls follow from our own reading of the prompt, as
 * the model's is not known yet.
 */
export async function previewModelUse(
  parts: { chatModels: ChatModelRegistry; store: Store; config: Config },
  library: Library,
  request: RecommendationRequest,
  asker: Asker,
): Promise<ModelUsePreview> {
  const models = chooseModels(parts.chatModels, request.chatModel, asker.allowedModels ?? 'any');
  const scoring = await planScoringCalls(parts, models, library, request, asker);
  const prompt = hideOwnName(request.prompt ?? '', asker, library);
  const planned = [...planReading(models, { ...request, prompt }), ...scoring.planned];
  const estimate = estimateCalls(planned);
  const { refusal } = await withinBudget(parts, asker, models, estimate);
  if (refusal) return { calls: [], estimate: estimateCalls([]), cachedCalls: 0, refusal };
  return {
    calls: planned.map(({ facts, titles, messages }) => ({
      chatModel: facts.id,
      purpose: titles > 0 ? 'score' : 'understand',
      messages,
    })),
    estimate,
    cachedCalls: scoring.cachedCalls,
    refusal: null,
  };
}

function planReading({ understand }: ChosenModels, request: RecommendationRequest): PlannedCall[] {
  const { prompt = '', understanding } = request;
  if (!understand || understanding || prompt.trim() === '') return [];
  const { facts } = understand;
  return [{ facts, titles: 0, messages: readingMessages(facts, prompt, newNonce()) }];
}

async function planScoringCalls(
  { store }: { store: Store },
  { score }: ChosenModels,
  library: Library,
  request: RecommendationRequest,
  asker: Asker,
): Promise<{ planned: PlannedCall[]; cachedCalls: number }> {
  const run = startRun('recommendations', request, asker);
  const prompt = request.prompt ?? '';
  const understood =
    request.understanding ?? (prompt.trim() === '' ? emptyUnderstanding() : readHere(prompt, library));
  const { known, taste, fit, rows } = prepareList(run, understood, library, asker);
  if (!score || fit?.method !== 'text') return { planned: [], cachedCalls: 0 };
  const { facts } = score;
  const { asked } = chooseAsked(run, library, rows, taste, fit, true);
  const preferences = hideOwnName(preferencesText(known, library), asker, library);
  const task = scoringTask(library, known, preferences, asked);
  const plan = await planScoring(task, facts, {
    seed: run.runId,
    cache: { get: (keys) => store.llmScores.getMany(keys), put: () => Promise.resolve() },
  });
  const nonce = newNonce();
  // In the classic style a title without a plot is never asked about.
  const isAsked = ([first]: (typeof plan.batches)[number]) =>
    facts.style !== 'classic' || (first !== undefined && hasStory(first.title));
  const planned = plan.batches.filter(isAsked).map((batch) => ({
    facts,
    titles: batch.length,
    messages: batchMessages(task, facts, nonce, batch),
  }));
  return { planned, cachedCalls: plan.cachedCalls };
}
