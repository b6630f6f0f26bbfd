import type { Degraded, Filters, Opinion, Understanding, Unmatched } from '../../domain.ts';
import { degradedBy, toChatModelError } from '../../llm/failures.ts';
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
      degraded: { ...degradedBy(toChatModelError(error, signal)), stage: 'understand' },
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
