import type { Config } from '../config.ts';
import type { Run } from '../domain.ts';
import { type BudgetSums, checkBudget } from '../llm/budget.ts';
import { type Estimate, estimatePrompt } from '../llm/estimate.ts';
import type { ModelCall } from '../llm/modelCall.ts';
import type { ChatModelRegistry } from '../llm/registry.ts';
import type { Logger } from '../logger.ts';
import type { Store } from '../store/database.ts';
import { chooseModels, type ChosenModels, factsOf } from './chooseModels.ts';
import type { Asker, ModelAccess } from './recommend/runs.ts';
import { MODEL_CANDIDATES } from './recommend/scoreFit.ts';

/** Decides for one run whether and how chat models may be used. */
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

export function modelAccessOpener(parts: Parts): OpenModelAccess {
  return async (run, asker) => {
    const { store, chatModels } = parts;
    const { chatModel, prompt = '' } = run.request;
    const models = chooseModels(chatModels, chatModel, asker.allowedModels ?? 'any');
    const expected = estimatePrompt(factsOf(models), { prompt, titles: MODEL_CANDIDATES });
    const { chosen, understand, score, refusal } = await withinBudget(parts, asker, models, expected);
    return {
      access: {
        understand,
        score,
        refusal,
        cache: {
          get: (keys) => store.llmScores.getMany(keys),
          put: (entries) => store.llmScores.putMany(entries),
        },
        recordCall(call) {
          countCall(run, call);
          keepCall(parts, call, run, asker);
        },
      },
      timeoutMs: chosen?.timeoutMs ?? LOCAL_TIMEOUT_MS,
    };
  };
}

/** The same models, or none with the reason when the day's caps leave no room for what is expected of them. */
export async function withinBudget(
  { store, config }: Pick<Parts, 'store' | 'config'>,
  { userId }: Pick<Asker, 'userId'>,
  models: ChosenModels,
  expected: Estimate,
): Promise<ChosenModels> {
  if (models.refusal) return models;
  const verdict = checkBudget(config.budget, await sumsToday(store, userId), expected);
  if (verdict.isAllowed) return models;
  const { code, reason } = verdict;
  return { chosen: null, understand: null, score: null, refusal: { code, reason } };
}

/** What was spent since midnight (UTC). Visitors share the site's cap only. */
async function sumsToday(store: Store, userId: number | null): Promise<BudgetSums> {
  const site = await store.llmCalls.sums();
  const user = userId === null ? { calls: 0, costUsd: 0 } : await store.llmCalls.sums({ userId });
  return { userCalls: user.calls, userUsd: user.costUsd, siteCalls: site.calls, siteUsd: site.costUsd };
}

/** What a run has cost so far stands in the run, and word for word what was sent for it. */
function countCall(run: Run, call: ModelCall): void {
  const { usage } = run;
  usage.calls += 1;
  usage.promptTokens += call.promptTokens;
  usage.completionTokens += call.completionTokens;
  if (call.costUsd !== null) usage.costUsd = (usage.costUsd ?? 0) + call.costUsd;
  const { chatModel, purpose, messages } = call;
  run.sent ??= [];
  // A retry sends the same words again.
  if (!run.sent.some((sent) => sent.messages === messages)) run.sent.push({ chatModel, purpose, messages });
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
