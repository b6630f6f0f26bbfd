import type { RecommendationRequest, Title } from '../../domain.ts';
import { completeTags } from '../../services/completeNames.ts';
import type { Library } from '../../services/library.ts';

/**
 * The form of Lite. What has been picked comes as `rating.<movieId>` = stars (a radio group a title) and `tag` = "name:weight",
 * repeated. What was only typed comes in rows: `title` with `stars`, `tagName` with `tagWish` (1 wanted, −1 unwanted), paired
 * by their place. Buttons change what they stand beside: `drop` = "rating.6" or "tag.heist", `flip` = "heist" (wanted ↔
 * unwanted), `fix` = "title.0.6" or "tag.0.heist" (row, and what was meant). Then `importance` 0–100, `k` 1–100,
 * `usePastRatings`. Links and scripts may also say `rating` = "movieId:stars" and `tag` = "name".
 */
export type LiteBody = Record<string, unknown>;

/** The form as it is: nothing that was typed is lost when something is wrong with it. */
export interface LiteValues {
  ratings: { movieId: number; rating: number }[];
  tags: { name: string; weight: number }[];
  titleRows: TypedRow[];
  tagRows: TypedRow[];
  importance: string;
  k: string;
  usePastRatings: boolean;
}

/** A name that was typed and could not be found, with what it may have been. */
export interface TypedRow {
  said: string;
  /** Stars of a title, weight of a tag. */
  value: number;
  suggestions: { key: string; label: string }[];
}

export interface LiteForm {
  values: LiteValues;
  /** Messages by field: `importance`, `k`. Unknown names are told by their rows. */
  errors: Partial<Record<'importance' | 'k', string>>;
  /** null while something is wrong. */
  request: RecommendationRequest | null;
}

export const LITE_K = 12;
const MOST_ROWS = 60;
const LONGEST_NAME = 150;
const USUAL_STARS = 5;

export const emptyLiteValues = (usePastRatings: boolean): LiteValues => ({
  ratings: [],
  tags: [],
  titleRows: [],
  tagRows: [],
  importance: '50',
  k: String(LITE_K),
  usePastRatings,
});

/** Reads and resolves the form. @param ratingsKnown how many past ratings there are to use */
export function readLiteForm(body: LiteBody, library: Library, ratingsKnown: number): LiteForm {
  const values: LiteValues = {
    ...readPicks(body, library),
    titleRows: [],
    tagRows: [],
    importance: one(body, 'importance') ?? '50',
    k: one(body, 'k') ?? String(LITE_K),
    usePastRatings: one(body, 'usePastRatings') !== undefined,
  };
  addTypedTitles(values, body, library);
  addTypedTags(values, body, library);
  applyButtons(values, body);
  const errors = checkNumbers(values);
  const isRight = Object.keys(errors).length + values.titleRows.length + values.tagRows.length === 0;
  return { values, errors, request: isRight ? requestOf(values, ratingsKnown) : null };
}

/** The form of a list that was made before. Tags and titles that left the catalogue are gone from it. */
export function valuesOfRequest(
  request: RecommendationRequest,
  importance: number,
  library: Library,
): LiteValues {
  const { catalogue } = library;
  return {
    ...emptyLiteValues(request.usePastRatings),
    ratings: request.ratings.flatMap((given) => {
      const movieId = 'movieId' in given ? given.movieId : catalogue.titleIndex.find(given.title)?.key;
      return movieId !== undefined && catalogue.get(movieId) ? [{ movieId, rating: given.rating }] : [];
    }),
    tags: request.tags.flatMap(({ tagId, name, weight }) => {
      const tag = tagId === undefined ? catalogue.tagByName(name ?? '') : catalogue.tagById(tagId);
      return tag ? [{ name: tag.name, weight }] : [];
    }),
    importance: String(importance),
    k: String(request.k),
  };
}

function readPicks(body: LiteBody, { catalogue }: Library): Pick<LiteValues, 'ratings' | 'tags'> {
  const ratings = new Map<number, number>();
  const rate = (movieId: string, stars: string | undefined) => {
    const rating = starsOf(stars);
    if (rating !== null && catalogue.get(Number(movieId))) ratings.set(Number(movieId), rating);
  };
  for (const pair of all(body, 'rating')) {
    const [movieId = '', stars] = pair.split(':');
    rate(movieId, stars);
  }
  for (const name of Object.keys(body)) {
    const movieId = /^rating\.(\d{1,10})$/.exec(name)?.[1];
    if (movieId !== undefined) rate(movieId, one(body, name));
  }
  const tags = new Map<string, number>();
  for (const pair of all(body, 'tag')) {
    const { name, weight } = splitTag(pair);
    const tag = catalogue.tagByName(name) ?? catalogue.tagByName(pair);
    if (tag) tags.set(tag.name, weight);
  }
  return {
    ratings: [...ratings].slice(0, MOST_ROWS).map(([movieId, rating]) => ({ movieId, rating })),
    tags: [...tags].slice(0, MOST_ROWS).map(([name, weight]) => ({ name, weight })),
  };
}

/** "heist:-1" → unwanted; "heist" → wanted. Names may hold colons, so the last one counts. */
function splitTag(pair: string): { name: string; weight: number } {
  const match = /^(.*):(-?(?:1|0|0?\.\d{1,3}))$/.exec(pair);
  return match ? { name: match[1]!, weight: Number(match[2]) || 1 } : { name: pair, weight: 1 };
}

function addTypedTitles(values: LiteValues, body: LiteBody, { catalogue }: Library): void {
  const fixes = fixesOf(body, 'title');
  const stars = all(body, 'stars');
  const rate = (movieId: number, rating: number) => {
    values.ratings = [...values.ratings.filter((own) => own.movieId !== movieId), { movieId, rating }];
  };
  all(body, 'title').forEach((said, at) => {
    const rating = starsOf(stars[at]) ?? USUAL_STARS;
    const fixed = Number(fixes.get(at));
    if (catalogue.get(fixed)) return rate(fixed, rating);
    if (said.trim() === '') return;
    const found = catalogue.titleIndex.find(said);
    if (found) return rate(found.key, rating);
    const suggestions = catalogue.titleIndex
      .suggest(said, 3)
      .flatMap((movieId) => catalogue.get(movieId) ?? []);
    values.titleRows.push({
      said,
      value: rating,
      suggestions: suggestions.map((title: Title) => ({
        key: String(title.movieId),
        label: `${title.title} (${title.year})`,
      })),
    });
  });
}

function addTypedTags(values: LiteValues, body: LiteBody, library: Library): void {
  const fixes = fixesOf(body, 'tag');
  const wishes = all(body, 'tagWish');
  const want = (name: string, weight: number) => {
    values.tags = [...values.tags.filter((own) => own.name !== name), { name, weight }];
  };
  all(body, 'tagName').forEach((said, at) => {
    const weight = wishes[at] === '-1' ? -1 : 1;
    const fixed = fixes.get(at);
    const tag = library.catalogue.tagByName(fixed ?? said);
    if (tag) return want(tag.name, weight);
    if (said.trim() === '') return;
    values.tagRows.push({
      said,
      value: weight,
      suggestions: completeTags(library, said, 3).map(({ name }) => ({ key: name, label: name })),
    });
  });
}

function applyButtons(values: LiteValues, body: LiteBody): void {
  const drop = one(body, 'drop') ?? '';
  values.ratings = values.ratings.filter(({ movieId }) => drop !== `rating.${movieId}`);
  values.tags = values.tags.filter(({ name }) => drop !== `tag.${name}`);
  const flip = one(body, 'flip');
  values.tags = values.tags.map((tag) => (tag.name === flip ? { ...tag, weight: -tag.weight } : tag));
}

function checkNumbers({ importance, k }: LiteValues): LiteForm['errors'] {
  return {
    ...(/^(\d{1,2}|100)$/.test(importance)
      ? {}
      : { importance: 'Importance is a whole number from 0 to 100.' }),
    ...(/^([1-9]\d?|100)$/.test(k) ? {} : { k: 'How many titles: a whole number from 1 to 100.' }),
  };
}

function requestOf(values: LiteValues, ratingsKnown: number): RecommendationRequest {
  return {
    ratings: values.ratings,
    tags: values.tags,
    importance: Number(values.importance),
    usePastRatings: values.usePastRatings && ratingsKnown > 0,
    k: Number(values.k),
    filters: {},
    popularity: 0.1,
    diversity: 0,
    blend: 'linear',
    tagMatch: 'smoothed',
  };
}

/** Row → what was meant, from the suggestion button that was pressed. */
function fixesOf(body: LiteBody, kind: 'title' | 'tag'): Map<number, string> {
  const match = /^(title|tag)\.(\d{1,2})\.([^]{1,150})$/.exec(one(body, 'fix') ?? '');
  return new Map(match && match[1] === kind ? [[Number(match[2]), match[3]!]] : []);
}

function starsOf(text: string | undefined): number | null {
  return /^([1-5]|[0-4]\.5)$/.test(text ?? '') ? Number(text) : null;
}

const clean = (value: unknown): string =>
  String(value).slice(0, LONGEST_NAME).replace(/\p{Surrogate}/gu, '').replace(/\p{Control}/gu, ' '); // prettier-ignore

const all = (body: LiteBody, name: string): string[] =>
  [body[name] ?? []].flat().slice(0, MOST_ROWS).map(clean);

const one = (body: LiteBody, name: string): string | undefined => all(body, name).at(-1);
