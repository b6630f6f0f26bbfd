import type { AllowedModels } from '../../domain.ts';
import type { FieldError } from '../../errors.ts';
import type { ChatModelFacts } from '../../llm/chatModel.ts';
import type { Estimate } from '../../llm/estimate.ts';
import { presentModelChoice, sayEstimate, type ModelChoice } from './presentModelUse.ts';
import { countOf } from './wording.ts';

export const LONGEST_PROMPT = 4000;
export const USUAL_K = 12;
export const USUAL_IMPORTANCE = 50;

/** What stands in the ask box: as typed, so that nothing is lost when something is wrong with it. */
export interface AskValues {
  prompt: string;
  k: string;
  importance: string;
  isAuto: boolean;
  usePastRatings: boolean;
  /** Id of a chat model, `none`, or empty for the recommended one. */
  chatModel: string;
}

export interface AskContext {
  /** Those on offer: usable, and allowed by this person. */
  chatModels: readonly ChatModelFacts[];
  /** Which ones this person allows; any unless they said otherwise. */
  allowedModels?: AllowedModels;
  /** Whether there is any to allow; by default when one is on offer. */
  isAnyConfigured?: boolean;
  /** What a list with a model is expected to take. */
  estimateOf?: (modelId: string) => Estimate;
  isSignedIn: boolean;
  ratingsKnown: number;
}

/** The ask box (views/partials/ask-box.ejs). */
export interface AskBox {
  values: AskValues;
  isCompact: boolean;
  longestPrompt: number;
  importance: {
    value: string;
    id: string;
    leftLabel: string;
    rightLabel: string;
    leftMethod: string;
    rightMethod: string;
  };
  past: { label: string; isDisabled: boolean; isChecked: boolean; offersLogin: boolean };
  models: { id: string; label: string; isSelected: boolean; estimate: string }[];
  /** Tokens and money the chosen model is expected to take; empty without one. */
  estimate: string;
  /** Said when no language model can be used. */
  noModel: string | null;
  /** Small print about where words go. */
  whatIsSent: string;
  /** null when no language model is set up here. */
  modelChoice: ModelChoice | null;
  /** One line a field, by the field's name. */
  errors: Partial<Record<'prompt' | 'k' | 'importance' | 'chatModel' | 'form', string>>;
  examples: { href: string; text: string }[];
}

/** The three prompts under the box; `/?example=n` puts one into it. */
export const EXAMPLES = [
  'Quiet films about grief that end in hope',
  'I loved Heat and Collateral. Something like them, but funny',
  'A tense thriller in one room, from the seventies or before, no horror',
];

export function presentAsk(
  values: AskValues,
  context: AskContext,
  options: { isCompact?: boolean; errors?: readonly FieldError[] } = {},
): AskBox {
  const { chatModels, isSignedIn, ratingsKnown, allowedModels = 'any' } = context;
  const { isAnyConfigured = chatModels.length > 0 } = context;
  const chosen = chosenModel(values.chatModel, chatModels);
  const estimateOf = (id: string): string => (context.estimateOf ? sayEstimate(context.estimateOf(id)) : '');
  return {
    values,
    isCompact: options.isCompact ?? false,
    longestPrompt: LONGEST_PROMPT,
    importance: {
      value: values.importance,
      id: 'ask-importance',
      leftLabel: 'your words',
      rightLabel: 'your taste',
      leftMethod: chosen === 'none' ? 'text match' : 'language model',
      rightMethod: 'recommender, EASE',
    },
    past: {
      label: pastLabel(isSignedIn, ratingsKnown),
      isDisabled: !isSignedIn && ratingsKnown === 0,
      isChecked: (isSignedIn || ratingsKnown > 0) && values.usePastRatings,
      offersLogin: !isSignedIn && ratingsKnown === 0,
    },
    models: [
      ...chatModels.map(({ id, label, isRecommended, isLocal }) => ({
        id,
        label: [label, isLocal ? 'local' : '', isRecommended ? 'recommended' : ''].filter(Boolean).join(', '),
        isSelected: id === chosen,
        estimate: estimateOf(id),
      })),
      { id: 'none', label: 'None: match on text', isSelected: chosen === 'none', estimate: '' },
    ],
    estimate: chosen === 'none' ? '' : estimateOf(chosen),
    noModel: chatModels.length > 0 ? null : isAnyConfigured ? NOT_ALLOWED[allowedModels] : NOT_CONFIGURED,
    whatIsSent: whatIsSent(chatModels, isAnyConfigured),
    modelChoice: isAnyConfigured ? presentModelChoice(allowedModels) : null,
    errors: errorsByField(options.errors ?? []),
    examples: EXAMPLES.map((text, at) => ({ href: `/?example=${at + 1}`, text })),
  };
}

/** The one asked for when it exists, else the recommended, else the first, else none. */
export function chosenModel(wanted: string, models: readonly ChatModelFacts[]): string {
  if (wanted === 'none' || models.some(({ id }) => id === wanted)) return wanted;
  return (models.find(({ isRecommended }) => isRecommended) ?? models[0])?.id ?? 'none';
}

function pastLabel(isSignedIn: boolean, known: number): string {
  if (isSignedIn)
    return known === 0 ? 'use my ratings (none yet)' : `use my ${countOf(known, 'rating', 'ratings')}`;
  return known === 0
    ? 'use my past ratings'
    : `use the ${countOf(known, 'rating', 'ratings')} this browser holds`;
}

const NOT_CONFIGURED = 'No language model configured: matched on text.';
const NOT_ALLOWED: Record<AllowedModels, string> = {
  any: NOT_CONFIGURED,
  local: 'You allow only language models that run here, and none does: matched on text.',
  none: 'You allow no language model: matched on text.',
};

function whatIsSent(models: readonly ChatModelFacts[], isAnyConfigured: boolean): string {
  if (models.length === 0 && isAnyConfigured)
    return 'Nothing leaves this server: you allow no language model that is set up here, and your words are compared with the catalogue on it.';
  if (models.length === 0)
    return 'Nothing leaves this server: no language model is configured, and your words are compared with the catalogue here.';
  const where = models.every(({ isLocal }) => isLocal)
    ? 'The models listed run on machines of whoever runs this site.'
    : 'A model marked local runs on a machine of whoever runs this site; the others are run by the companies behind them.';
  return `With a language model chosen, it gets the text you typed, what the catalogue says of the titles it is to score, and the titles and stars of at most twenty ratings: those in your prompt, and your past ones when the box is ticked. It never gets your name or your cookies. ${where} To send nothing at all, choose "None: match on text", or use Lite.`;
}

function errorsByField(errors: readonly FieldError[]): AskBox['errors'] {
  const fields = ['prompt', 'k', 'importance', 'chatModel'] as const;
  const found: AskBox['errors'] = {};
  for (const { path, message } of errors) {
    const field = fields.find((name) => name === path) ?? 'form';
    found[field] ??= message;
  }
  return found;
}
