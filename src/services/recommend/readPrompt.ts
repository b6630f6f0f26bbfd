import type { Degraded, Filters, Opinion, Understanding, Unmatched } from '../../domain.ts';
import { ChatModelError } from '../../llm/chatModel.ts';
import { understandPrompt, type UnderstoodByModel } from '../../llm/understandPrompt.ts';
import { readPrompt as readLocally } from '../../retrieval/readPrompt.ts';
import type { Library } from '../library.ts';
import { lexiconOf } from './lexicon.ts';
import type { ModelAccess } from './runs.ts';

export interface Reading {
  understood: Understanding;
  /** Set when a language model was to read the prompt and the local reader had to. */
  degraded?: Degraded;
  calls: number;
  promptTokens: number;
  completionTokens: number;
}

/**
 * Turns a prompt into opinions, preferences and filters: by the chat model when there is one, else (and whenever it
 * fails) by the local reader. Titles the model names count only when they resolve to the catalogue.
 */
export async function readPrompt(
  prompt: string,
  library: Library,
  access: ModelAccess,
  signal: AbortSignal,
): Promise<Reading> {
  const none = { calls: 0, promptTokens: 0, completionTokens: 0 };
  if (!access.understand) return { understood: readLocally(prompt, lexiconOf(library)), ...none };
  try {
    const reading = await understandPrompt({
      model: access.understand,
      prompt,
      signal,
      recordCall: access.recordCall,
    });
    const { calls, promptTokens, completionTokens } = reading.usage;
    return { understood: resolveReading(reading, library), calls, promptTokens, completionTokens };
  } catch (error) {
    return {
      understood: readLocally(prompt, lexiconOf(library)),
      degraded: { ...degradedBy(error), stage: 'understand' },
      ...none,
      calls: 1,
    };
  }
}

/** Only what resolves to the catalogue survives; the rest is reported with suggestions. */
export function resolveReading(reading: UnderstoodByModel, library: Library): Understanding {
  const { titleIndex, peopleIndex } = library.catalogue;
  const opinions = new Map<number, Opinion>();
  const unmatched: Unmatched[] = [];
  for (const { title, year, rating, said } of reading.opinions) {
    const found = titleIndex.find(title, year === undefined ? {} : { year });
    if (found) opinions.set(found.key, { movieId: found.key, rating, said });
    else unmatched.push({ said: title, suggestions: titleIndex.suggest(title, 3) });
  }
  const filters: Filters = { ...reading.filters };
  if (filters.people) filters.people = filters.people.map((name) => peopleIndex.find(name)?.name ?? name);
  return {
    opinions: [...opinions.values()],
    preferences: reading.preferences,
    wishes: reading.wishes,
    filters,
    unmatched,
  };
}

/** What a failed model call is called on the page. */
export function degradedBy(error: unknown): Degraded {
  const failure = error instanceof ChatModelError ? error.failure : 'bad_answer';
  switch (failure) {
    case 'timeout':
    case 'aborted':
      return { code: 'timeout', reason: 'The language model did not answer in time: matched on text.' };
    case 'rate_limited':
      return { code: 'rate_limited', reason: 'The language model is being asked too much: matched on text.' };
    case 'unreachable':
    case 'refused_credentials':
      return { code: 'unreachable', reason: 'The language model cannot be reached: matched on text.' };
    case 'circuit_open':
      return {
        code: 'circuit_open',
        reason: 'The language model failed several times and rests: matched on text.',
      };
    case 'budget':
      return { code: 'budget', reason: "Today's budget for the language model is used up: matched on text." };
    case 'bad_answer':
    case 'bad_request':
      return { code: 'bad_answer', reason: 'The language model gave no usable answer: matched on text.' };
  }
}
