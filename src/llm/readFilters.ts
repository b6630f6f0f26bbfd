import { type Filters, GENRES } from '../domain.ts';
import { foldWords, tidy, unique } from './foldWords.ts';

/** What a model gives as filters, before it is checked. */
export interface GivenFilters {
  genres: string[];
  excludeGenres: string[];
  yearFrom?: number | undefined;
  yearTo?: number | undefined;
  kinds: string[];
  providers: string[];
  countries: string[];
  excludeCountries: string[];
  languages: string[];
  excludeLanguages: string[];
  people: string[];
  excludePeople: string[];
}

/** Only what the prompt says, in our words: a filter that was made up would hide most of the catalogue. */
export function readFilters(given: GivenFilters, prompt: string): Filters {
  const folded = foldWords(prompt);
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

/** A map: a model's word such as "constructor" must find nothing. */
const OTHER_GENRE_NAMES = new Map(Object.entries({
  'sci fi': 'Science Fiction', scifi: 'Science Fiction', 'science fiction': 'Science Fiction', sf: 'Science Fiction', romcom: 'Romance',
  'romantic comedy': 'Romance', animated: 'Animation', cartoon: 'Animation', documentaries: 'Documentary', musical: 'Music', kids: 'Family',
  children: 'Family', historical: 'History', scary: 'Horror', romantic: 'Romance', comedies: 'Comedy', mysteries: 'Mystery', suspense: 'Thriller',
})); // prettier-ignore

function genreOf(name: string): string[] {
  const folded = foldWords(name).trim();
  const genre =
    GENRES.find(
      (one) => foldWords(one).trim() === folded || foldWords(one).trim() === folded.replace(/s$/, ''),
    ) ?? OTHER_GENRE_NAMES.get(folded);
  return genre ? [genre] : [];
}

function kindOf(name: string): ('movie' | 'tv')[] {
  if (/tv|show|series/i.test(name)) return ['tv'];
  return /movie|film/i.test(name) ? ['movie'] : [];
}
