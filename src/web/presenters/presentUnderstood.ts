import type { Filters, Run } from '../../domain.ts';
import type { ChatModelFacts } from '../../llm/chatModel.ts';
import { countOf, starsAsText } from './wording.ts';

/** A line of chips that can be corrected; every chip carries the fields that put it back (views/partials/understood.ejs). */
export interface UnderstoodView {
  opinions: OpinionChip[];
  wishes: { text: string; drop: string }[];
  filters: FilterChip[];
  unmatched: { said: string; field: string; drop: string; suggestions: { name: string; add: string }[] }[];
  /** Fields of the form that are not shown: the request as it was. */
  hidden: { name: string; value: string }[];
  isEmpty: boolean;
  /** "EASE + Llama 3.1 8B · 2.1 s · 1,940 tokens · $0.004". */
  how: string;
  /** Why the list is plainer than asked for, and of which importance. */
  notes: string[];
}

interface OpinionChip {
  movieId: number;
  name: string;
  stars: string;
  /** "5 stars for". */
  spoken: string;
  rating: number;
  drop: string;
  choices: { value: string; label: string; isSelected: boolean }[];
}

interface FilterChip {
  text: string;
  /** What it stands for in `Filters`: two for a span of years. */
  filters: readonly (keyof Filters)[];
  /** The fields of the form that put it back. */
  fields: { name: string; value: string }[];
  drop: string;
  /** Drops every chip of its kind. */
  dropAll: string;
}

const HALVES = [5, 4.5, 4, 3.5, 3, 2.5, 2, 1.5, 1, 0.5];
/** A suggestion taken counts as a like until it is changed. */
const SUGGESTION_RATING = 4;

export function presentUnderstood(
  run: Run,
  nameOf: (movieId: number) => string,
  chatModels: readonly ChatModelFacts[],
): UnderstoodView {
  const { understood } = run;
  const opinions = understood.opinions.map(({ movieId, rating }) => ({
    movieId,
    name: nameOf(movieId),
    stars: starsAsText(rating),
    spoken: `${starsSpoken(rating)} for`,
    rating,
    drop: `opinion:${movieId}`,
    choices: HALVES.map((value) => ({
      value: `${movieId}:${value}`,
      label: starsSpoken(value),
      isSelected: value === rating,
    })),
  }));
  const wishes = understood.wishes.map((text) => ({ text, drop: `wish:${text}` }));
  const filters = filterChips(understood.filters);
  const unmatched = understood.unmatched.map(({ said, suggestions }) => ({
    said,
    field: `${suggestions.join(',')}|${said}`,
    drop: `unmatched:${said}`,
    suggestions: suggestions.slice(0, 3).map((movieId) => ({
      name: nameOf(movieId),
      add: `${movieId}:${SUGGESTION_RATING}:${said}`,
    })),
  }));
  return {
    opinions,
    wishes,
    filters,
    unmatched,
    hidden: hiddenFields(run),
    isEmpty: opinions.length + wishes.length + filters.length + unmatched.length === 0,
    how: sayHow(run, chatModels),
    notes: notesOf(run),
  };
}

const starsSpoken = (rating: number): string => `${rating} ${rating === 1 ? 'star' : 'stars'}`;

function hiddenFields(run: Run): { name: string; value: string }[] {
  const { request, understood } = run;
  return [
    { name: 'prompt', value: request.prompt ?? '' },
    { name: 'k', value: String(request.k) },
    { name: 'importance', value: String(run.scoring.importance) },
    ...(request.importance === undefined ? [{ name: 'auto', value: '1' }] : []),
    ...(request.usePastRatings ? [{ name: 'usePastRatings', value: '1' }] : []),
    { name: 'chatModel', value: request.chatModel ?? '' },
    { name: 'preferences', value: understood.preferences },
    { name: 'wishesWere', value: understood.wishes.join('\n') },
    ...(understood.refusedTitles ?? []).map((movieId) => ({ name: 'refused', value: String(movieId) })),
  ];
}

const KIND_NAMES: Record<string, string> = { movie: 'films only', tv: 'series only' };

/** One chip a value; the field's name is that of the form. */
export function filterChips(filters: Filters): FilterChip[] {
  const chips: FilterChip[] = [];
  const add = (filter: keyof Filters, field: string, value: string | number, text: string) =>
    chips.push({
      text,
      filters: [filter],
      fields: [{ name: field, value: String(value) }],
      drop: `${field}:${value}`,
      dropAll: `${field}:*`,
    });
  const { yearFrom, yearTo } = filters;
  for (const name of filters.genres ?? []) add('genres', 'genre', name, name);
  for (const name of filters.excludeGenres ?? []) add('excludeGenres', 'excludeGenre', name, `no ${name}`);
  if (yearFrom !== undefined && yearTo !== undefined && yearFrom <= yearTo)
    chips.push(spanOfYears(yearFrom, yearTo));
  else {
    if (yearFrom !== undefined) add('yearFrom', 'yearFrom', yearFrom, `${yearFrom} or later`);
    if (yearTo !== undefined) add('yearTo', 'yearTo', yearTo, `${yearTo} or before`);
  }
  for (const kind of filters.kinds ?? []) add('kinds', 'kind', kind, KIND_NAMES[kind] ?? kind);
  for (const name of filters.people ?? []) add('people', 'person', name, `with ${name}`);
  for (const name of filters.excludePeople ?? []) add('excludePeople', 'excludePerson', name, `without ${name}`); // prettier-ignore
  for (const name of filters.providers ?? []) add('providers', 'provider', name, `on ${name}`);
  for (const name of filters.countries ?? []) add('countries', 'country', name, `from ${name}`);
  for (const name of filters.excludeCountries ?? []) add('excludeCountries', 'excludeCountry', name, `not from ${name}`); // prettier-ignore
  for (const name of filters.languages ?? []) add('languages', 'language', name, `in ${name}`);
  for (const name of filters.excludeLanguages ?? []) add('excludeLanguages', 'excludeLanguage', name, `not in ${name}`); // prettier-ignore
  return chips;
}

/** "1970–1979", or "1921" alone: one chip, dropped as one. */
const spanOfYears = (from: number, to: number): FilterChip => ({
  text: from === to ? String(from) : `${from}–${to}`,
  filters: ['yearFrom', 'yearTo'],
  fields: [
    { name: 'yearFrom', value: String(from) },
    { name: 'yearTo', value: String(to) },
  ],
  drop: 'years:*',
  dropAll: 'years:*',
});

/** How the list was made, in words, seconds, tokens and dollars. */
export function sayHow(
  { scoring, usage, state, candidates, request }: Run,
  chatModels: readonly ChatModelFacts[],
): string {
  if (state === 'running' && candidates.length === 0) return '';
  const taste = { cf: 'EASE', popularity: 'popularity', none: '' }[scoring.taste];
  // Which model it was is written down at the end; until then it is the one that was asked for.
  const modelId = scoring.chatModel ?? request.chatModel;
  const label = chatModels.find(({ id }) => id === modelId)?.label ?? modelId;
  const fit = { llm: label ?? 'language model', text: 'text match', tags: 'tags', none: '' }[scoring.fit];
  const made = [taste, fit].filter((part) => part !== '').join(' + ');
  const tokens = usage.promptTokens + usage.completionTokens;
  return [
    made === '' ? 'popular titles' : made,
    state === 'running' ? '' : `${seconds(usage.ms)} s`,
    tokens > 0 ? `${tokens.toLocaleString('en')} tokens` : '',
    usage.costUsd ? `$${dollars(usage.costUsd)}` : '',
    usage.cachedCalls > 0 ? `${countOf(usage.cachedCalls, 'call', 'calls')} saved by memory` : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

const seconds = (ms: number): string =>
  ms < 995 ? (Math.max(ms, 10) / 1000).toFixed(2) : (ms / 1000).toFixed(1);
export const dollars = (cost: number): string =>
  cost < 0.01 ? Math.max(cost, 0.0001).toFixed(4).replace(/0$/, '') : cost.toFixed(2);

function notesOf({ scoring, request, state }: Run): string[] {
  const notes: string[] = [];
  if (scoring.degraded && state !== 'running') notes.push(ended(scoring.degraded.reason));
  if (scoring.importanceReason && request.importance === undefined)
    notes.push(`${scoring.importanceReason}, by evidence.`);
  return notes;
}

const ended = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
