import type { SearchAnswer, SearchResult } from '../../services/searchTitles.ts';
import type { Title } from '../../domain.ts';
import {
  posterAddress, presentShelf, type PosterChoice, type PosterVariants, type ShelfItem,
} from './presentShelf.ts'; // prettier-ignore
import { factsOf, withoutSpellings } from './presentCard.ts';
import { countOf, ownStars, searchAddress, tagAddress, titleAddress } from './wording.ts';

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
  /** Without a number where nobody applied it: its strength may be known all the same. */
  tags: { name: string; href: string; note: string | null }[];
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

/** @param isCut there are more than are shown */
export function presentSearch(answer: SearchAnswer, context: SearchContext, isCut = false): SearchPage {
  const { query, results, people, tags } = answer;
  const variants = context.posterVariants(results.map(({ title }) => title));
  return {
    ...frame(query),
    title: `Search: ${query}`,
    summary:
      results.length === 0
        ? null
        : isCut
          ? `The first ${results.length} titles`
          : countOf(results.length, 'title', 'titles'),
    titles: results.map((result, at) => presentFound(result, variants[at] ?? 0, context)),
    people: people.map(({ name, titles }) => ({
      name,
      href: people.length === 1 ? null : searchAddress(name),
      note: countOf(titles, 'title', 'titles'),
    })),
    tags: tags.map(({ name, uses }) => ({
      name,
      href: tagAddress(name),
      note: uses > 0 ? countOf(uses, 'title', 'titles') : null,
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
  return {
    href: titleAddress(title.movieId),
    posterSrc: posterAddress(title.movieId, variant),
    name: title.title,
    year: title.year,
    originalTitle: title.originalTitle === title.title ? null : title.originalTitle,
    facts: factsOf(title),
    why: by === 'text' && matched.length > 0 ? withoutSpellings(matched).slice(0, 4).join(', ') : null,
    stars: ownStars(context.ratingOf(title.movieId)),
  };
}
