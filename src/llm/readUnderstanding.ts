import { z } from 'zod';
import { type Filters, GENRES } from '../domain.ts';
import { cutAt, plainData } from './cleanText.ts';
import { readNumber } from './numbers.ts';
import { parseObject } from './parse.ts';

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
export function readRating(value: unknown): unknown {
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
  const raw = parseObject(answerText) ?? parseLines(answerText);
  const hasForm = raw !== null && ['opinions', 'preferences', 'wishes', 'filters'].some((key) => key in raw);
  const parsed = hasForm ? answer.safeParse(raw) : null;
  if (!parsed?.success) return null;
  const said = foldWords(prompt);
  const preferences = tidy(parsed.data.preferences, 2_000);
  if (!isRooted(preferences, said)) return null;
  const read: ReadPrompt = {
    opinions: keepSaid(parsed.data.opinions, prompt),
    preferences,
    wishes: unique(parsed.data.wishes.map((wish) => tidy(wish, 80)))
      .filter((wish) => isRooted(wish, said))
      .slice(0, 12),
    filters: readFilters(parsed.data.filters, prompt),
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
    const title = tidy(parsed.data.title, 200).replace(/\s*\((?:18|19|20)\d\d\)$/, '');
    const said = wordsInPrompt(tidy(parsed.data.said, 200), prompt) ?? wordsInPrompt(title, prompt);
    if (!title || !said || !names(said, title)) continue;
    const halves = Math.round(Math.min(5, Math.max(0.5, parsed.data.rating)) * 2) / 2;
    const { year: givenYear } = parsed.data;
    kept.set(`${foldWords(title)}|${givenYear ?? ''}`, {
      title,
      ...(givenYear === undefined ? {} : { year: givenYear }),
      rating: halves,
      said,
    });
  }
  return [...kept.values()].slice(0, 50);
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

function readFilters(given: z.infer<typeof answer>['filters'], prompt: string): Filters {
  const folded = ` ${foldWords(prompt).trim()} `;
  const isSaid = (value: string) => {
    const last = foldWords(value).trim().split(' ').at(-1) ?? '';
    return last.length > 1 && folded.includes(` ${last}`);
  };
  const list = (values: string[], isKept: (value: string) => boolean = () => true) =>
    unique(values.map((value) => tidy(value, 60)).filter(Boolean))
      .filter(isKept)
      .slice(0, 10);
  const hasTime =
    /\d|decade|century|year|recent|new|old|classic|modern|silent|ties\b|jahr|ann|año|ancien|alt/i.test(
      prompt,
    );
  const filters: Filters = {};
  const genres = unique(given.genres.flatMap(genreOf));
  const excluded = unique(given.excludeGenres.flatMap(genreOf)).filter((genre) => !genres.includes(genre));
  const kinds = unique(given.kinds.flatMap(kindOf));
  if (genres.length) filters.genres = genres;
  if (excluded.length) filters.excludeGenres = excluded;
  if (hasTime) {
    const { yearFrom, yearTo } = given;
    const isBackwards = yearFrom !== undefined && yearTo !== undefined && yearFrom > yearTo;
    if (yearFrom !== undefined && !isBackwards) filters.yearFrom = yearFrom;
    if (yearTo !== undefined && !isBackwards) filters.yearTo = yearTo;
  }
  // Asking for both kinds is asking for none.
  if (kinds.length === 1) filters.kinds = kinds;
  for (const name of ['providers', 'people', 'excludePeople'] as const) {
    const values = list(given[name], isSaid);
    if (values.length) filters[name] = values;
  }
  for (const name of ['countries', 'excludeCountries', 'languages', 'excludeLanguages'] as const) {
    const values = list(given[name]);
    if (values.length) filters[name] = values;
  }
  return withoutContradictions(filters);
}

/** What is refused and asked for at once was refused: models put a name they met into both lists. */
function withoutContradictions(filters: Filters): Filters {
  for (const [wanted, refused] of [
    ['people', 'excludePeople'],
    ['languages', 'excludeLanguages'],
    ['countries', 'excludeCountries'],
  ] as const) {
    const left = filters[wanted]?.filter((name) => !filters[refused]?.includes(name));
    if (left?.length) filters[wanted] = left;
    else delete filters[wanted];
  }
  return filters;
}

const OTHER_GENRE_NAMES: Record<string, string> = {
  'sci fi': 'Science Fiction', scifi: 'Science Fiction', 'science fiction': 'Science Fiction', sf: 'Science Fiction', romcom: 'Romance',
  'romantic comedy': 'Romance', animated: 'Animation', cartoon: 'Animation', documentaries: 'Documentary', musical: 'Music', kids: 'Family',
  children: 'Family', historical: 'History', scary: 'Horror', romantic: 'Romance', comedies: 'Comedy', mysteries: 'Mystery', suspense: 'Thriller',
}; // prettier-ignore

function genreOf(name: string): string[] {
  const folded = foldWords(name).trim();
  const genre =
    GENRES.find(
      (one) => foldWords(one).trim() === folded || foldWords(one).trim() === folded.replace(/s$/, ''),
    ) ?? OTHER_GENRE_NAMES[folded];
  return genre ? [genre] : [];
}

function kindOf(name: string): ('movie' | 'tv')[] {
  if (/tv|show|series/i.test(name)) return ['tv'];
  return /movie|film/i.test(name) ? ['movie'] : [];
}

/** The strict text form of models without a JSON mode: `OPINION | title | year | rating | said` and so on. */
function parseLines(answerText: string): Record<string, unknown> | null {
  const filters: Record<string, unknown> = {};
  const opinions: unknown[] = [];
  const wishes: string[] = [];
  let preferences: string | undefined;
  let isFound = false;
  for (const line of answerText.slice(0, 50_000).split('\n')) {
    const [name = '', ...parts] = line
      .replace(/^[\s*>`|-]+/, '')
      .split('|')
      .map((part) => part.trim());
    const [first = '', second = ''] = parts;
    const kind = name.toUpperCase().replace(/[^A-Z]/g, '');
    if (!['OPINION', 'PREFERENCES', 'WISH', 'FILTER'].includes(kind) || parts.length === 0) continue;
    isFound = true;
    if (kind === 'OPINION')
      opinions.push({ title: first, year: second, rating: parts[2], said: parts[3] ?? first });
    else if (kind === 'PREFERENCES') preferences = [preferences, first].filter(Boolean).join(' ');
    else if (kind === 'WISH') wishes.push(first);
    else if (/^year(?:From|To)$/.test(first)) filters[first] = second;
    else filters[first] = [...((filters[first] as string[] | undefined) ?? []), second].filter(Boolean);
  }
  return isFound ? { opinions, preferences: preferences ?? '', wishes, filters } : null;
}

/** Lower case, no accents, words parted by one space, a space at either end. */
function foldWords(words: string): string {
  const folded = words
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/&/g, ' and ')
    .replace(/['’]/g, '');
  return ` ${folded.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;
}

const tidy = (words: string, most: number): string =>
  cutAt(plainData(words).replace(/\s+/g, ' ').trim(), most);
const unique = <T>(values: T[]): T[] => [...new Set(values)].filter((value) => value !== '');
