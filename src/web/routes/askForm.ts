import { z } from 'zod';
import type { Filters, Opinion, RecommendationRequest, Understanding, Unmatched } from '../../domain.ts';
import type { FieldError } from '../../errors.ts';
import { type AskValues, LONGEST_PROMPT, USUAL_IMPORTANCE, USUAL_K } from '../presenters/presentAsk.ts';

/**
 * The form of the ask box and of the chips under it. Fields: `prompt`, `k`, `importance` or `auto`, `usePastRatings`,
 * `chatModel`, `live` (set by scripts). The chips send what was understood back as repeated fields (`opinion`
 * "movieId:rating", `wish`, `genre`, `excludeGenre`, `kind`, `provider`, `country`, `excludeCountry`, `language`,
 * `excludeLanguage`, `person`, `excludePerson`, `yearFrom`, `yearTo`, `preferences`, `unmatched`) with one of `corrected`, `drop` ("genre:Drama", "genre:*", "years:*" for both years) or `add`
 * ("movieId:rating:said"): reading the prompt is then skipped.
 */
export type FormBody = Record<string, string | string[] | undefined>;

export interface AskForm {
  values: AskValues;
  request: RecommendationRequest | null;
  errors: FieldError[];
  isLive: boolean;
}

export interface AskFormContext {
  chatModelIds: readonly string[];
  ratingsKnown: number;
}

const wholeNumber = (least: number, most: number, message: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,4}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message);

const tooLong = (text: string): string =>
  `That is ${text.length.toLocaleString('en')} characters; ${LONGEST_PROMPT.toLocaleString('en')} is the most.`;

const fields = (chatModelIds: readonly string[]) =>
  z.object({
    prompt: z
      .string()
      .refine((text) => text.length <= LONGEST_PROMPT, { error: ({ input }) => tooLong(String(input)) }),
    k: wholeNumber(1, 100, 'How many titles: a whole number from 1 to 100.'),
    importance: wholeNumber(0, 100, 'Importance is a whole number from 0 to 100.'),
    chatModel: z.string().refine((id) => id === '' || id === 'none' || chatModelIds.includes(id), {
      message: 'This model is not available here. Choose another.',
    }),
  });

/** What stands in the box before anything was typed. */
export const emptyAskValues = (): AskValues => ({
  prompt: '',
  k: String(USUAL_K),
  importance: String(USUAL_IMPORTANCE),
  isAuto: false,
  usePastRatings: true,
  chatModel: '',
});

export function readAskForm(body: FormBody, context: AskFormContext): AskForm {
  const values = readValues(body);
  const parsed = fields(context.chatModelIds).safeParse(values);
  const isLive = one(body, 'live') === '1';
  if (!parsed.success)
    return { values, request: null, errors: parsed.error.issues.map(toFieldError), isLive };
  const { prompt, k, importance, chatModel } = parsed.data;
  const understanding = readUnderstanding(body);
  const usePastRatings = values.usePastRatings && context.ratingsKnown > 0;
  if (prompt.trim() === '' && !usePastRatings && !saysSomething(understanding))
    return {
      values,
      request: null,
      errors: [{ path: 'prompt', message: whatToSay(context.ratingsKnown) }],
      isLive,
    };
  const request: RecommendationRequest = {
    ...(prompt.trim() === '' ? {} : { prompt }),
    ...(understanding ? { understanding } : {}),
    // Where no model can be chosen, none was refused: the list says so in its own way.
    ...(chatModel === '' || context.chatModelIds.length === 0 ? {} : { chatModel }),
    ...(values.isAuto ? {} : { importance }),
    ratings: [],
    tags: [],
    usePastRatings,
    k,
    filters: {},
    popularity: 0.1,
    diversity: 0,
    blend: 'linear',
    tagMatch: 'smoothed',
  };
  return { values, request, errors: [], isLive };
}

const whatToSay = (ratingsKnown: number): string =>
  ratingsKnown > 0
    ? 'Say what you are in the mood for, or tick your past ratings.'
    : 'Say what you are in the mood for: a film you love, a feeling, a place, a year.';

const toFieldError = (issue: z.core.$ZodIssue): FieldError => ({
  path: issue.path.join('.'),
  message: issue.message,
});

function readValues(body: FormBody): AskValues {
  const usual = emptyAskValues();
  return {
    prompt: clean(one(body, 'prompt') ?? ''),
    k: one(body, 'k') ?? usual.k,
    importance: one(body, 'importance') ?? usual.importance,
    isAuto: one(body, 'auto') !== undefined,
    usePastRatings: one(body, 'usePastRatings') !== undefined,
    chatModel: one(body, 'chatModel') ?? '',
  };
}

/** The fields of the box as they were sent, to send them again. */
export function askFields(values: AskValues): { name: string; value: string }[] {
  const { prompt, k, importance, isAuto, usePastRatings, chatModel } = values;
  return [
    { name: 'prompt', value: prompt },
    { name: 'k', value: k },
    { name: 'importance', value: importance },
    { name: 'chatModel', value: chatModel },
    ...(isAuto ? [{ name: 'auto', value: '1' }] : []),
    ...(usePastRatings ? [{ name: 'usePastRatings', value: '1' }] : []),
  ];
}

/** The corrected understanding; null when the prompt is to be read afresh. */
function readUnderstanding(body: FormBody): Understanding | null {
  const drop = one(body, 'drop');
  const add = one(body, 'add');
  if (drop === undefined && add === undefined && one(body, 'corrected') === undefined) return null;
  const isKept = (field: string) => (value: string) => drop !== `${field}:${value}` && drop !== `${field}:*`;
  const wishes = all(body, 'wish').map((wish) => wish.trim()).filter((wish) => wish !== '').filter(isKept('wish')); // prettier-ignore
  const added = readOpinion(add);
  const opinions = all(body, 'opinion').flatMap((text) => {
    const opinion = readOpinion(text);
    return opinion && drop !== `opinion:${opinion.movieId}` ? [opinion] : [];
  });
  const refusedTitles = readRefused(body, drop);
  return {
    ...(refusedTitles.length > 0 ? { refusedTitles } : {}),
    opinions: added ? [...opinions.filter(({ movieId }) => movieId !== added.movieId), added] : opinions,
    wishes,
    preferences: readPreferences(body, wishes),
    filters: readFilters(body, isKept),
    unmatched: all(body, 'unmatched')
      .map(readUnmatched)
      .filter(({ said }) => drop !== `unmatched:${said}` && said !== added?.said),
  };
}

/** Namesakes of refused titles stay refused until the refused one itself is dropped. */
function readRefused(body: FormBody, drop: string | undefined): number[] {
  const refused = all(body, 'refused').filter((id) => /^\d{1,10}$/.test(id));
  return refused.some((id) => drop === `opinion:${id}`) ? [] : refused.map(Number);
}

/** The preferences stay as they were understood; once a wish was changed, the wishes are all there is. */
function readPreferences(body: FormBody, wishes: readonly string[]): string {
  const before = lines(one(body, 'wishesWere') ?? '').join('\n');
  return wishes.join('\n') === before ? clean(one(body, 'preferences') ?? '') : wishes.join(', ');
}

const lines = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== ''); // prettier-ignore

/** "movieId:rating" or "movieId:rating:said"; null for anything else. */
function readOpinion(text: string | undefined): Opinion | null {
  const [id = '', stars = '', ...said] = (text ?? '').split(':');
  const rating = Number(stars);
  const isRating = stars !== '' && rating >= 0.5 && rating <= 5 && Number.isInteger(rating * 2);
  if (!/^\d{1,10}$/.test(id) || !isRating) return null;
  return { movieId: Number(id), rating, said: said.join(':').slice(0, 200) };
}

function readUnmatched(text: string): Unmatched {
  const [ids, ...said] = text.split('|');
  return {
    said: said.join('|').slice(0, 200),
    suggestions: (ids ?? '').split(',').filter((id) => /^\d{1,10}$/.test(id)).map(Number).slice(0, 5), // prettier-ignore
  };
}

const LISTS = {
  genre: 'genres',
  excludeGenre: 'excludeGenres',
  provider: 'providers',
  country: 'countries',
  excludeCountry: 'excludeCountries',
  language: 'languages',
  excludeLanguage: 'excludeLanguages',
  person: 'people',
  excludePerson: 'excludePeople',
} as const;

function readFilters(body: FormBody, isKept: (field: string) => (value: string) => boolean): Filters {
  const filters: Filters = {};
  for (const [field, name] of Object.entries(LISTS) as [
    keyof typeof LISTS,
    (typeof LISTS)[keyof typeof LISTS],
  ][]) {
    const values = all(body, field).filter(isKept(field));
    if (values.length > 0) filters[name] = values;
  }
  const kinds = all(body, 'kind').filter(isKept('kind')).filter((kind) => kind === 'movie' || kind === 'tv'); // prettier-ignore
  if (kinds.length > 0) filters.kinds = kinds;
  for (const field of ['yearFrom', 'yearTo'] as const) {
    const year = all(body, field).filter(isKept(field)).find((value) => /^\d{4}$/.test(value)); // prettier-ignore
    if (year !== undefined && isKept('years')(year)) filters[field] = Number(year);
  }
  return filters;
}

const saysSomething = (understanding: Understanding | null): boolean =>
  understanding !== null &&
  (understanding.opinions.length > 0 ||
    understanding.preferences.trim() !== '' ||
    Object.keys(understanding.filters).length > 0);

/** Line ends as one character each, and nothing that can neither be stored nor shown. */
const clean = (text: string): string => text.replace(/\r\n?/g, '\n').replaceAll('\0', '').toWellFormed();

/** At most 100 values of at most 200 characters: more was not made by our form. */
const all = (body: FormBody, name: string): string[] =>
  [body[name] ?? []].flat().slice(0, 100).map((value) => clean(String(value)).slice(0, 200)); // prettier-ignore

/** The last value counts: a checkbox or button may stand after a hidden field. */
function one(body: FormBody, name: string): string | undefined {
  const value = body[name];
  return Array.isArray(value) ? value.at(-1) : value;
}
