import type { SearchAnswer, SearchResult } from '../../services/searchTitles.ts';
import type { Title } from '../../domain.ts';
import {
  posterAddress, presentShelf, type PosterChoice, type PosterVariants, type ShelfItem,
} from './presentShelf.ts'; // prettier-ignore
import { countOf, runtimeInWords, searchAddress, starsAsText, tagAddress, titleAddress } from './wording.ts';

interface FoundTitle {
  href: string;
  posterSrc: string;
  name: string;
  year: number;
  originalTitle: string | null;
  facts: string;
  /** Why it was found, when the name does not say it. */
  why: string | null;
  stars: { text: string; spoken: string } | null;
}

interface SearchPage {
  title: string;
  isPrivate: boolean;
  query: string;
  /** One line above the results; announced to screen readers. */
  summary: string | null;
  titles: FoundTitle[];
  people: { name: string; href: string | null; note: string }[];
  tags: { name: string; href: string; note: string }[];
  didYouMean: { name: string; year: number; href: string }[];
  /** Shown while nothing was asked: what people look for, and titles to start from. */
  start: { suggestions: { text: string; href: string }[]; shelf: ShelfItem[] } | null;
  nothing: string | null;
  styles: string[];
}

interface SearchContext {
  ratingOf: (movieId: number) => number | null;
  posterVariants: PosterVariants;
}

export function presentSearch(answer: SearchAnswer, context: SearchContext): SearchPage {
  const { query, results, people, tags } = answer;
  const variants = context.posterVariants(results.map(({ title }) => title));
  return {
    ...frame(query),
    title: `Search: ${query}`,
    summary: results.length > 0 ? countOf(results.length, 'title', 'titles') : null,
    titles: results.map((result, at) => presentFound(result, variants[at] ?? 0, context)),
    people: people.map(({ name, titles }) => ({
      name,
      href: people.length === 1 ? null : searchAddress(name),
      note: countOf(titles, 'title', 'titles'),
    })),
    tags: tags.map(({ name, uses }) => ({
      name,
      href: tagAddress(name),
      note: countOf(uses, 'title', 'titles'),
    })),
    didYouMean: answer.didYouMean.map((title) => ({
      name: title.title,
      year: title.year,
      href: titleAddress(title.movieId),
    })),
    nothing: results.length + people.length + tags.length === 0 ? `Nothing goes by “${query}” here.` : null,
  };
}

/** The page before anything is asked. */
export function presentSearchStart(
  known: readonly Title[],
  suggestions: readonly string[],
  context: SearchContext,
): SearchPage {
  return {
    ...frame(''),
    start: {
      suggestions: suggestions.map((text) => ({ text, href: searchAddress(text) })),
      shelf: presentShelf(
        known,
        context.posterVariants(known),
        (title) => String(title.year),
        context.ratingOf,
      ),
    },
  };
}

const frame = (query: string): SearchPage => ({
  title: 'Search',
  isPrivate: query !== '',
  query,
  summary: null,
  titles: [],
  people: [],
  tags: [],
  didYouMean: [],
  start: null,
  nothing: null,
  styles: ['search'],
});

function presentFound(
  { title, by, matched }: SearchResult,
  variant: PosterChoice,
  context: SearchContext,
): FoundTitle {
  const rating = context.ratingOf(title.movieId);
  return {
    href: titleAddress(title.movieId),
    posterSrc: posterAddress(title.movieId, variant),
    name: title.title,
    year: title.year,
    originalTitle: title.originalTitle === title.title ? null : title.originalTitle,
    facts: [
      title.kind === 'tv' ? 'series' : '',
      title.directors.slice(0, 2).join(', '),
      title.countries.slice(0, 2).join(', '),
      title.runtimeMinutes ? runtimeInWords(title.runtimeMinutes) : '',
      title.genres.slice(0, 3).join(', '),
    ]
      .filter((fact) => fact !== '')
      .join(' · '),
    why: by === 'text' && matched.length > 0 ? matched.slice(0, 4).join(', ') : null,
    stars: rating === null ? null : { text: starsAsText(rating), spoken: `you gave it ${rating} of 5` },
  };
}
