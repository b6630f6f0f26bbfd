import type { Degraded, Filters, Opinion, Understanding, Unmatched } from '../../domain.ts';
import { startDeadline } from '../../llm/deadline.ts';
import { degradedBy, toChatModelError } from '../../llm/failures.ts';
import { understandPrompt, type UnderstoodByModel } from '../../llm/understandPrompt.ts';
import { readPrompt as readLocally } from '../../retrieval/readPrompt.ts';
import type { Library } from '../library.ts';
import { lexiconOf } from './lexicon.ts';
import { wishForAlike } from './wishForAlike.ts';
import { hideOwnName } from './hideOwnName.ts';
import type { Making } from './runs.ts';

export interface Reading {
  understood: Understanding;
  /** Set when a language model was to read the prompt and the local reader had to. */
  degraded?: Degraded;
}

/** The most of the time for model work that reading may take: the rest belongs to scoring. */
const READING_SHARE = 0.5;

/**
 * Turns a prompt into opinions, preferences and filters: by the chat model when there is one, else (and whenever it
 * fails) by the local reader. Titles the model names count only when they resolve to the catalogue.
 */
export async function readPrompt(
  prompt: string,
  { library, asker, access, deadline }: Pick<Making, 'library' | 'asker' | 'access' | 'deadline'>,
): Promise<Reading> {
  const model = access.refusal ? null : access.understand;
  if (!model) return { understood: readHere(prompt, library) };
  const share = startDeadline(deadline.remainingMs() * READING_SHARE, deadline.signal);
  try {
    const { signal, at: deadlineAt } = share;
    const reading = await understandPrompt({
      model,
      prompt: hideOwnName(prompt, asker, library),
      signal,
      deadlineAt,
      recordCall: access.recordCall,
    });
    return { understood: withNuances(resolveReading(reading, library), prompt, library) };
  } catch (error) {
    const { code, reason } = degradedBy(toChatModelError(error, share.signal));
    return {
      understood: readHere(prompt, library),
      degraded: { code, reason: `${reason} The prompt was read without it.`, stage: 'understand' },
    };
  } finally {
    share.end();
  }
}

/** The local reader's understanding. */
export const readHere = (prompt: string, library: Library): Understanding =>
  wishForAlike(readLocally(prompt, lexiconOf(library)), library);

/** What the model's answer has no place for, of titles on which both readers agree: those only compared with, and namesakes of those refused. */
function withNuances(understood: Understanding, prompt: string, library: Library): Understanding {
  const local = readLocally(prompt, lexiconOf(library));
  const isNamed = (movieId: number) => understood.opinions.some((opinion) => opinion.movieId === movieId);
  return wishForAlike(
    {
      ...understood,
      alike: local.alike.filter(isNamed),
      refusedTitles: local.refusedTitles.some(isNamed) ? local.refusedTitles : [],
    },
    library,
  );
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
  for (const field of ['people', 'excludePeople'] as const)
    if (filters[field]) filters[field] = filters[field].map((name) => peopleIndex.find(name)?.name ?? name);
  return {
    opinions: [...opinions.values()],
    preferences: reading.preferences,
    wishes: reading.wishes,
    filters,
    unmatched,
  };
}
