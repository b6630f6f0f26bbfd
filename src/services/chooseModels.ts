import type { AllowedModels, Degraded } from '../domain.ts';
import type { ChatModel, ChatModelFacts } from '../llm/chatModel.ts';
import type { ChatModelRegistry } from '../llm/registry.ts';

/** Which chat models do the work of one prompt, or why none does. */
export interface ChosenModels {
  /** The one chosen: its deadline is the prompt's. */
  chosen: ChatModelFacts | null;
  understand: ChatModel | null;
  score: ChatModel | null;
  refusal: Degraded | null;
}

export const factsOf = ({ understand, score }: ChosenModels) => ({
  understand: understand?.facts ?? null,
  score: score?.facts ?? null,
});

/** The models a person may choose from: usable here, and allowed by them. */
export const modelsOnOffer = (
  chatModels: Pick<ChatModelRegistry, 'list'>,
  allowed: AllowedModels,
): ChatModelFacts[] => chatModels.list().filter((facts) => isAllowed(facts, allowed));

const isAllowed = ({ isLocal }: ChatModelFacts, allowed: AllowedModels): boolean =>
  allowed === 'any' || (allowed === 'local' && isLocal);

/**
 * The model asked for, else the first on offer. The settings' roles may hand a part to another model, but never to one that
 * the person did not allow: then the chosen one does that part, too.
 * @param wanted id of a model, `none`, or nothing
 */
export function chooseModels(
  chatModels: Pick<ChatModelRegistry, 'list' | 'get' | 'forRole'>,
  wanted: string | undefined,
  allowed: AllowedModels,
): ChosenModels {
  if (wanted === 'none') return without('chosen_off', 'You chose no language model: matched on text.');
  if (allowed === 'none') return without('chosen_off', 'You allow no language model: matched on text.');
  const onOffer = modelsOnOffer(chatModels, allowed);
  const chosen = wanted === undefined ? onOffer[0] : onOffer.find(({ id }) => id === wanted);
  if (!chosen) {
    if (allowed === 'local' && chatModels.list().length > 0) return without('chosen_off', NOT_LOCAL);
    return without('no_chat_model', 'No language model configured: matched on text.');
  }
  const forRole = (role: 'understand' | 'score'): ChatModel | null => {
    const model = chatModels.forRole(role, chosen.id);
    return model && isAllowed(model.facts, allowed) ? model : chatModels.get(chosen.id);
  };
  return { chosen, understand: forRole('understand'), score: forRole('score'), refusal: null };
}

const NOT_LOCAL = 'You allow only language models that run on this site’s own machines: matched on text.';

const without = (code: Degraded['code'], reason: string): ChosenModels => ({
  chosen: null,
  understand: null,
  score: null,
  refusal: { code, reason },
});
