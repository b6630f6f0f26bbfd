import type { AllowedModels } from '../domain.ts';
import { type Estimate, estimatePrompt } from '../llm/estimate.ts';
import type { ChatModelRegistry } from '../llm/registry.ts';
import { chooseModels, factsOf } from './chooseModels.ts';
import { MODEL_CANDIDATES } from './recommend/scoreFit.ts';

/** What a list with this model is expected to take, before a word of the prompt is known. */
export const estimateUse = (
  chatModels: ChatModelRegistry,
  modelId: string,
  allowed: AllowedModels,
): Estimate =>
  estimatePrompt(factsOf(chooseModels(chatModels, modelId, allowed)), {
    prompt: '',
    titles: MODEL_CANDIDATES,
  });
