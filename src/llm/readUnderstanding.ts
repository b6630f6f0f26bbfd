import { z } from 'zod';
import type { Filters } from '../domain.ts';
import { foldWords, tidy, unique } from './foldWords.ts';
import { readNumber } from './numbers.ts';
import { parseObject } from './parse.ts';
import { readFilters } from './readFilters.ts';
import { repeatsFilter } from './repeatsFilter.ts';
import { parseUnderstandingLines } from './understandingLines.ts';

/** A title named in a prompt, not yet resolved to the catalogue. */
export interface SaidOpinion {
  title: string;
  year?: number;
  /** 0.5–5 by halves. */
  rating: number;
  /** The person's words for it, as they stand in the prompt. */
  said: string;
}

export interface ReadPrompt {
  opinions: SaidOpinion[];
  preferences: string;
  wishes: string[];
  filters: Filters;
}

const text = z.string().catch('');
const texts = z.preprocess(
  (value) => (typeof value === 'string' ? [value] : value),
  z.array(text).max(60).catch([]),
);
const year = z.preprocess(
  (value) => (typeof value === 'string' && /^\s*\d{4}\s*$/.test(value) ? Number(value) : value),
  z.number().int().min(1870).max(2100).optional().catch(undefined),
);
const rating = z.preprocess(readRating, z.number());

const opinion = z.object({ title: text, year, rating, said: text });
const answer = z.object({
  opinions: z.array(z.unknown()).max(200).catch([]),
  preferences: z.preprocess((value) => (Array.isArray(value) ? value.join(', ') : value), text),
  wishes: texts,
  filters: z
    .object({
      genres: texts,
      excludeGenres: texts,
      yearFrom: year,
      yearTo: year,
      kinds: texts,
      providers: texts,
      countries: texts,
      excludeCountries: texts,
      languages: texts,
      excludeLanguages: texts,
      people: texts,
      excludePeople: texts,
    })
    .catch({ genres: [], excludeGenres: [], kinds: [], providers: [], countries: [], excludeCountries: [], languages: [], excludeLanguages: [], people: [], excludePeople: [], yearFrom: undefined, yearTo: undefined }), // prettier-ignore
});

/** "4", 4.2, "8/10", "4 of 5"; a number over 5 on its own is taken as out of ten. */
function readRating(value: unknown): unknown {
  if (typeof value === 'number') return value > 5 && value <= 10 ? value / 2 : value;
  if (typeof value !== 'string') return value;
  const found = readNumber(value.slice(0, 40));
  if (!found) return value;
  const best = found.outOf ?? (found.value > 5 && found.value <= 10 ? 10 : 5);
  return (found.value / best) * 5;
}

/**
 * A model's reading of a prompt, checked against the prompt: what was not said is dropped, and a reading that has little to do with
 * the prompt is refused.
 * @returns null when the answer cannot be used
 */
export function readUnderstanding(answerText: string, prompt: string): ReadPrompt | null {
  const raw = parseObject(answerText) ?? parseUnderstandingLines(answerText);
  const hasForm = raw !== null && ['opinions', 'preferences', 'wishes', 'filters'].some((key) => key in raw);
  const parsed = hasForm ? answer.safeParse(raw) : null;
  if (!parsed?.success) return null;
  const said = foldWords(prompt);
  const preferences = tidy(parsed.data.preferences, 2_000);
  if (!isRooted(preferences, said)) return null;
  const filters = readFilters(parsed.data.filters, prompt);
  const read: ReadPrompt = {
    opinions: keepSaid(parsed.data.opinions, prompt),
    preferences,
    wishes: unique(parsed.data.wishes.map((wish) => tidy(wish, 80)))
      .filter((wish) => isRooted(wish, said) && !repeatsFilter(wish, filters))
      .slice(0, 12),
    filters,
  };
  return isEmpty(read) && said.trim().split(' ').length > 2 ? null : read;
}

const isEmpty = (read: ReadPrompt): boolean =>
  read.opinions.length === 0 && read.preferences === '' && Object.keys(read.filters).length === 0;

/** Opinions whose words stand in the prompt and name the title; the last one said for a title counts. */
function keepSaid(opinions: unknown[], prompt: string): SaidOpinion[] {
  const kept = new Map<string, SaidOpinion>();
  for (const one of opinions) {
    const parsed = opinion.safeParse(one);
    if (!parsed.success || !Number.isFinite(parsed.data.rating)) continue;
    const { name: title, year: yearInTitle } = splitYear(tidy(parsed.data.title, 200));
    const said = wordsInPrompt(tidy(parsed.data.said, 200), prompt) ?? wordsInPrompt(title, prompt);
    if (!title || !said || !names(said, title)) continue;
    const halves = Math.round(Math.min(5, Math.max(0.5, parsed.data.rating)) * 2) / 2;
    const givenYear = parsed.data.year ?? yearInTitle;
    kept.set(`${foldWords(title)}|${givenYear ?? ''}`, {
      title,
      ...(givenYear === undefined ? {} : { year: givenYear }),
      rating: halves,
      said,
    });
  }
  return [...kept.values()].slice(0, 50);
}

/** "Cats (2019)": some models write the year there and leave its field empty. */
function splitYear(title: string): { name: string; year: number | undefined } {
  const found = /\s*\(((?:18|19|20)\d\d)\)$/.exec(title);
  if (!found) return { name: title, year: undefined };
  return { name: title.slice(0, found.index), year: Number(found[1]) };
}

/** The words as they stand in the prompt, whatever their case and quotes; null when they do not. */
function wordsInPrompt(words: string, prompt: string): string | null {
  const folded = foldWords(words).trim();
  if (folded.length < 1 || !` ${foldWords(prompt).trim()} `.includes(` ${folded} `)) return null;
  const at = prompt.toLowerCase().indexOf(words.toLowerCase());
  return at >= 0 ? prompt.slice(at, at + words.length) : words;
}

const SMALL = new Set(
  'a an the of and in on to i it is was that this movie film show one for with my me'.split(' '),
);

/** Do these words name that title: a shared word, its initials, or a name of another language (a capital or a digit)? */
function names(said: string, title: string): boolean {
  const saidWords = foldWords(said).trim().split(' ');
  const titleWords = foldWords(title).trim().split(' ');
  const isShared = saidWords.some(
    (word) => titleWords.includes(word) && (!SMALL.has(word) || titleWords.length <= 2),
  );
  const initials = (words: string[]) => words.map((word) => word[0]).join('');
  const letters = saidWords.join('');
  const isInitials =
    letters.length >= 2 &&
    (initials(titleWords).includes(letters) ||
      initials(titleWords.filter((word) => !SMALL.has(word))).startsWith(letters));
  const isName =
    !SMALL.has(saidWords.join(' ')) && /^["'“‘«]?[\p{Lu}\p{N}\p{Lo}]/u.test(said) && said.length > 2;
  return isShared || isInitials || isName;
}

/** At least two fifths of the words stand in the prompt (by their first four letters); texts in other languages may be translated. */
function isRooted(words: string, foldedPrompt: string): boolean {
  const wanted = foldWords(words)
    .trim()
    .split(' ')
    .filter((word) => word.length > 3);
  if (wanted.length === 0 || !isEnglish(foldedPrompt)) return true;
  const said = new Set(foldedPrompt.split(' ').map((word) => word.slice(0, 4)));
  return wanted.filter((word) => said.has(word.slice(0, 4))).length >= wanted.length * 0.4;
}

const isEnglish = (folded: string): boolean =>
  (folded.match(/ (?:the|and|i|with|something|like|loved|a|for|of|but|not|no|movie|film|show)(?= )/g) ?? [])
    .length >= 1;
