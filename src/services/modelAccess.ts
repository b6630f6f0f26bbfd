import type { Config } from '../config.ts';
import type { Degraded, Run } from '../domain.ts';
import { checkBudget, estimatePrompt, type BudgetSums } from '../llm/budget.ts';
import type { ChatModel } from '../llm/chatModel.ts';
import type { ModelCall } from '../llm/modelCall.ts';
import type { ChatModelRegistry } from '../llm/registry.ts';
import { estimateTokens } from '../llm/tokens.ts';
import type { Logger } from '../logger.ts';
import type { Store } from '../store/database.ts';
import { MODEL_CANDIDATES, withoutModel } from './recommend/scoreFit.ts';
import type { Asker, ModelAccess } from './recommend/runs.ts';

/** Decides for one run whether and how a chat model may be used. */
export type OpenModelAccess = (
  run: Run,
  asker: Asker,
) => Promise<{
  access: ModelAccess;
  /** The deadline of all model work of this run. */
  timeoutMs: number;
}>;

interface Parts {
  chatModels: ChatModelRegistry;
  store: Store;
  config: Config;
  logger: Logger;
}

/** How long a list without a language model may take at most; it is there in milliseconds. */
const LOCAL_TIMEOUT_MS = 20_000;

/** Reading the prompt and scoring in parallel batches. */
const PLANNED_SCORE_CALLS = 4;

export function modelAccessOpener(parts: Parts): OpenModelAccess {
  return async (run, asker) => {
    const { model, refusal } = await choose(parts, run, asker);
    const recordCall = (call: ModelCall) => {
      countCall(run, call);
      keepCall(parts, call, run, asker);
    };
    const { chatModels, store } = parts;
    const forRole = (role: 'understand' | 'score') =>
      model ? chatModels.forRole(role, model.facts.id) : null;
    return {
      access: {
        understand: forRole('understand'),
        score: forRole('score'),
        refusal,
        cache: {
          get: (keys) => store.llmScores.getMany(keys),
          put: (entries) => store.llmScores.putMany(entries),
        },
        recordCall,
      },
      timeoutMs: model?.facts.timeoutMs ?? LOCAL_TIMEOUT_MS,
    };
  };
}

/** The chosen or the first usable model, unless it was switched off or the day's budget is used up. */
async function choose(
  parts: Parts,
  run: Run,
  asker: Asker,
): Promise<{ model: ChatModel | null; refusal: Degraded | null }> {
  const { chatModel, prompt } = run.request;
  if (chatModel === 'none') return { model: null, refusal: withoutModel(true) };
  const first = parts.chatModels.list()[0]?.id;
  const id = chatModel ?? first;
  const model = id === undefined ? null : parts.chatModels.get(id);
  if (!model) return { model: null, refusal: withoutModel(false) };
  const planned = estimatePrompt(model.facts.price, {
    titles: MODEL_CANDIDATES,
    calls: PLANNED_SCORE_CALLS,
    promptTokens: estimateTokens(prompt ?? ''),
  });
  const verdict = checkBudget(parts.config.budget, await sumsToday(parts.store, asker.userId), planned);
  return verdict.isAllowed
    ? { model, refusal: null }
    : { model: null, refusal: { code: verdict.code, reason: verdict.reason } };
}

/** What was spent since midnight (UTC). Visitors share the site's cap only. */
async function sumsToday(store: Store, userId: number | null): Promise<BudgetSums> {
  const site = await store.llmCalls.sums();
  const user = userId === null ? { calls: 0, costUsd: 0 } : await store.llmCalls.sums({ userId });
  return { userCalls: user.calls, userUsd: user.costUsd, siteCalls: site.calls, siteUsd: site.costUsd };
}

/** What a run has cost so far stands in the run. */
function countCall({ usage }: Run, call: ModelCall): void {
  usage.calls += 1;
  usage.promptTokens += call.promptTokens;
  usage.completionTokens += call.completionTokens;
  if (call.costUsd !== null) usage.costUsd = (usage.costUsd ?? 0) + call.costUsd;
}

/** One row a call; the words of a prompt only when the settings say so. Bookkeeping never fails a list. */
function keepCall({ store, config, logger }: Parts, call: ModelCall, run: Run, asker: Asker): void {
  const { messages, ...row } = call;
  store.llmCalls
    .record({
      ...row,
      userId: asker.userId,
      runId: run.runId,
      isCached: false,
      promptText: config.logPrompts ? textOf(messages) : null,
    })
    .catch((error: unknown) => logger.error({ err: error }, 'a model call could not be recorded'));
}

const textOf = (messages: ModelCall['messages']): string =>
  messages.map(({ role, content }) => `${role}: ${content}`).join('\n\n');
