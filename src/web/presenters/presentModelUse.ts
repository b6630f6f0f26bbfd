import type { AllowedModels, Run, SentCall } from '../../domain.ts';
import type { ChatModelFacts } from '../../llm/chatModel.ts';
import type { Estimate } from '../../llm/estimate.ts';
import type { ModelUsePreview } from '../../services/previewModelUse.ts';
import { dollars } from './presentUnderstood.ts';
import { countOf } from './wording.ts';

/** What would be or was sent to language models, word for word (views/pages/model-use.ejs). */
export interface ModelUsePage {
  title: string;
  styles: string[];
  scripts: string[];
  isPrivate: true;
  lines: string[];
  calls: { heading: string; messages: { role: string; content: string }[] }[];
  /** The ask form as it was, to be sent as it stands; null when there is nothing to send. */
  form: { name: string; value: string }[] | null;
  back: { href: string; label: string };
}

/** The choice of models a person allows (views/partials/model-use.ejs). */
export interface ModelChoice {
  options: { value: AllowedModels; label: string; isChecked: boolean }[];
}

const CHOICES: Record<AllowedModels, string> = {
  any: 'any that is set up here',
  local: 'only those that run on this site’s own machines',
  none: 'none: my words are matched on text',
};

export const presentModelChoice = (allowed: AllowedModels): ModelChoice => ({
  options: (Object.keys(CHOICES) as AllowedModels[]).map((value) => ({
    value,
    label: CHOICES[value],
    isChecked: value === allowed,
  })),
});

/** "About 9,100 tokens in 5 calls, about $0.04." */
export function sayEstimate({ calls, promptTokens, completionTokens, usd }: Estimate): string {
  if (calls === 0) return '';
  const tokens = roundToHundreds(promptTokens + completionTokens).toLocaleString('en');
  const price =
    usd === null
      ? 'at a price this site does not know'
      : usd === 0
        ? 'free of charge'
        : `about $${dollars(usd)}`;
  return `About ${tokens} tokens in ${countOf(calls, 'call', 'calls')}, ${price}.`;
}

const roundToHundreds = (tokens: number): number => Math.max(100, Math.round(tokens / 100) * 100);

export function presentPreview(
  { calls, estimate, cachedCalls, refusal }: ModelUsePreview,
  form: { name: string; value: string }[],
  chatModels: readonly ChatModelFacts[],
): ModelUsePage {
  const hasReading = calls.some(({ purpose }) => purpose === 'understand');
  const lines =
    calls.length === 0
      ? [`Nothing would be sent. ${refusal?.reason ?? 'There is nothing a language model would be asked.'}`]
      : [
          sayEstimate(estimate),
          ...(cachedCalls > 0 ? [`${countOf(cachedCalls, 'more call is', 'more calls are')} answered from memory.`] : []), // prettier-ignore
          'E-mail addresses, phone numbers, account names, long numbers and links with keys are blanked out. The code in the lines that begin with === is new each time.',
          ...(hasReading
            ? ['The first call is what would leave. What the model makes of it decides the wording and the titles of the others: they stand here as our own reading of your prompt would have them. Afterwards the list shows every call as it was sent.'] // prettier-ignore
            : []),
        ];
  return {
    ...page('What would be sent', lines, calls, chatModels),
    scripts: ['askForm'],
    form,
    back: { href: '/', label: 'Back to the prompt' },
  };
}

export function presentSent(run: Run, chatModels: readonly ChatModelFacts[]): ModelUsePage {
  const calls = run.sent ?? [];
  const lines =
    calls.length === 0
      ? ['Nothing was sent to a language model for this list.']
      : ['Every request that left for a language model, word for word. With it went the form of the answer (JSON), and no name, cookie or address of yours.']; // prettier-ignore
  return {
    ...page('What was sent', lines, calls, chatModels),
    scripts: [],
    form: null,
    back: { href: `/recommendations/${run.runId}`, label: 'Back to the list' },
  };
}

function page(
  title: string,
  lines: string[],
  calls: readonly SentCall[],
  chatModels: readonly ChatModelFacts[],
): Pick<ModelUsePage, 'title' | 'styles' | 'isPrivate' | 'lines' | 'calls'> {
  const labelOf = (id: string) => chatModels.find((facts) => facts.id === id)?.label ?? id;
  return {
    title,
    styles: ['forms', 'ask'],
    isPrivate: true,
    lines,
    calls: calls.map(({ chatModel, purpose, messages }, at) => ({
      heading: `Call ${at + 1}, to ${labelOf(chatModel)}: ${purpose === 'understand' ? 'reading the prompt' : 'judging titles'}`,
      messages: messages.map(({ role, content }) => ({ role: ROLES[role], content })),
    })),
  };
}

const ROLES = { system: 'The rules (system)', user: 'Your words and the catalogue’s (user)', assistant: 'The model' }; // prettier-ignore
