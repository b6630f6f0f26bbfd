import type { ChatModelConfig, Config } from '../config.ts';
import type { ChatModel, ChatModelFacts } from './chatModel.ts';
import { type ChatModelOptions, createChatModel, factsOf } from './createChatModel.ts';

export { checkChatModel, type ChatModelCheck } from './checkChatModel.ts';

export type ChatModelRole = 'understand' | 'score' | 'answer' | 'judge';

/** The chat models of the settings. */
export interface ChatModelRegistry {
  /** Those that can be used as configured. The first is the recommended one: it alone is marked. */
  list(): ChatModelFacts[];
  /** Every configured model, usable or not, with what is missing: for `npx marquee models`. */
  all(): { facts: ChatModelFacts; missing: string | null }[];
  get(id: string): ChatModel | null;
  /** The model of a role: as the settings say, else the chosen one, else the first usable one. */
  forRole(role: ChatModelRole, chosenId?: string): ChatModel | null;
  /** Loads the SDKs of the usable models ahead of their first call: to be started once the site listens. */
  warmUp(): Promise<void>;
}

/** All configured chat models; none is connected to before its first call. */
export function createChatModels(
  configs: readonly ChatModelConfig[],
  roles: Config['roles'],
  options: ChatModelOptions = {},
): ChatModelRegistry {
  const made = new Map<string, ChatModel>();
  const usable = configs.filter((config) => missingOf(config) === null);
  const ordered = [...usable].sort((a, b) => Number(b.recommended ?? false) - Number(a.recommended ?? false));
  const get = (id: string): ChatModel | null => {
    const config = usable.find((one) => one.id === id);
    if (!config) return null;
    const model = made.get(id) ?? createChatModel(config, options);
    made.set(id, model);
    return model;
  };
  return {
    list: () => ordered.map((config, at) => ({ ...factsOf(config), isRecommended: at === 0 })),
    all: () => configs.map((config) => ({ facts: factsOf(config), missing: missingOf(config) })),
    get,
    async warmUp() {
      if (usable.some(({ provider }) => provider === 'openai')) await import('openai');
      if (usable.some(({ provider }) => provider === 'huggingface')) await import('@huggingface/inference');
    },
    forRole(role, chosenId) {
      const named = roles[role];
      const first = ordered[0]?.id;
      for (const id of [named, chosenId, chosenId === undefined ? first : undefined]) {
        const model = id === undefined ? null : get(id);
        if (model) return model;
      }
      return null;
    },
  };
}

/**
 * What keeps a model from being used; null when nothing does. A key is needed where one is named (`apiKeyEnv`) and by the providers' own
 * addresses; a local model and an own address without a named key need none.
 */
function missingOf(config: ChatModelConfig): string | null {
  if (config.apiKey || config.local) return null;
  if (config.apiKeyEnv) return `no key: the environment variable ${config.apiKeyEnv} is not set`;
  return config.baseUrl ? null : 'no key: set apiKey or apiKeyEnv';
}
