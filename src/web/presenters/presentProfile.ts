import type { Profile, Title } from '../../domain.ts';
import type { TasteStatistics } from '../../services/tasteStatistics.ts';
import { presentActions, type CardActions } from './presentCard.ts';
import { presentShelf, type PosterVariants, type ShelfItem } from './presentShelf.ts';
import { drawBars, type BarChart } from './tastePictures.ts';
import { countOf, starsInWords, tagAddress } from './wording.ts';

export const TABS = ['rated', 'liked', 'saved', 'hidden', 'account'] as const;
export type Tab = (typeof TABS)[number];
export const SORTS = ['recent', 'rating', 'year', 'title'] as const;
export type Sort = (typeof SORTS)[number];

/** How the wall is looked at; what stands in the address. */
export interface WallChoice {
  tab: Exclude<Tab, 'account'>;
  sort: Sort;
  genre: string;
  decade: number | null;
  text: string;
  page: number;
}

export interface WallItem extends ShelfItem {
  actions: CardActions;
}

interface Wall {
  items: WallItem[];
  /** "42 titles" or "7 of 42 titles". */
  summary: string;
  sorts: { value: Sort; label: string; isChosen: boolean }[];
  genres: { value: string; isChosen: boolean }[];
  decades: { value: string; label: string; isChosen: boolean }[];
  text: string;
  /** Where buttons come back to. */
  address: string;
  earlierHref: string | null;
  laterHref: string | null;
  empty: { text: string; href: string; link: string } | null;
  isFiltered: boolean;
  /** Nothing is marked here at all: there is nothing to sort or to find. */
  isBare: boolean;
  tab: string;
}

export interface ProfileHead {
  title: string;
  isPrivate: true;
  heading: string;
  numbers: { label: string; value: string }[];
  /** null with nothing rated. */
  pictures: { stars: BarChart; decades: BarChart; genres: BarChart; tags: { name: string; href: string; width: number; spoken: string }[] } | null; // prettier-ignore
  tabs: { label: string; count: string; href: string; isCurrent: boolean }[];
  /** Signed out: what this browser holds, and the offer to register. */
  offer: { text: string } | null;
  isSignedIn: boolean;
  styles: string[];
  scripts: string[];
}

const PER_PAGE = 60;
const LABELS: Record<Tab, string> = {
  rated: 'Rated',
  liked: 'Liked',
  saved: 'For later',
  hidden: 'Never again',
  account: 'Your data',
};
const SORT_LABELS: Record<Sort, string> = {
  recent: 'Latest first',
  rating: 'Best first',
  year: 'Newest first',
  title: 'A to Z',
};

export function presentProfileHead(
  statistics: TasteStatistics,
  tab: Tab,
  person: { name: string } | null,
): ProfileHead {
  const { rated, liked, saved, hidden, mean } = statistics;
  const counts: Record<Tab, number | null> = { rated, liked, saved, hidden, account: null };
  return {
    title: 'Your films',
    isPrivate: true,
    heading: 'Your films',
    numbers: [
      { label: 'rated', value: rated.toLocaleString('en') },
      { label: 'liked', value: liked.toLocaleString('en') },
      { label: 'for later', value: saved.toLocaleString('en') },
      { label: 'mean', value: mean === null ? '–' : mean.toFixed(1) },
    ],
    pictures: rated > 0 && tab !== 'account' ? picturesOf(statistics) : null,
    tabs: TABS.map((name) => ({
      label: LABELS[name],
      count: counts[name] === null ? '' : counts[name].toLocaleString('en'),
      href: name === 'rated' ? '/profile' : `/profile?tab=${name}`,
      isCurrent: name === tab,
    })),
    offer: person ? null : { text: offerLine(rated + saved + hidden) },
    isSignedIn: person !== null,
    styles: ['profile'],
    scripts: ['profileWall'],
  };
}

function offerLine(kept: number): string {
  return kept === 0
    ? 'You are not logged in. What you rate is kept in this browser, up to 100 titles, until you register.'
    : `You are not logged in. This browser keeps ${countOf(kept, 'mark', 'marks')} of yours, up to 100. Register, and they stay with you on every device.`;
}

function picturesOf(statistics: TasteStatistics): ProfileHead['pictures'] {
  return {
    stars: drawBars(
      statistics.stars.map(({ rating, count }) => ({ label: starsInWords(rating), count })),
      `How you rate: ${statistics.stars.map(({ rating, count }) => `${rating}: ${count}`).join(', ')}`,
    ),
    decades: drawBars(
      withNeighbours(statistics.decades).slice(-11).map(({ decade, count }) => ({ label: `${String(decade % 100).padStart(2, '0')}s`, count })),
      `When it was made: ${statistics.decades.map(({ decade, count }) => `${decade}s: ${count}`).join(', ')}`,
    ), // prettier-ignore
    genres: drawBars(
      statistics.genres.slice(0, 6).map(({ genre, count }) => ({ label: genre, count })),
      `What you watch: ${statistics.genres.slice(0, 6).map(({ genre, count }) => `${genre}: ${count}`).join(', ')}`,
      'across',
    ), // prettier-ignore
    tags: statistics.tags.map(({ name, pull }) => ({
      name,
      href: tagAddress(name),
      width: Math.round(pull * 100),
      spoken: `${Math.round(pull * 100)} of 100`,
    })),
  };
}

/** A picture of one or two decades says little: the ones around them stand there empty. */
function withNeighbours(decades: TasteStatistics['decades']): TasteStatistics['decades'] {
  const padded = [...decades];
  const thisDecade = Math.floor(new Date().getFullYear() / 10) * 10;
  while (padded.length > 0 && padded.length < 7) {
    const last = padded.at(-1)!.decade;
    if (last < thisDecade && padded.length % 2 === 1) padded.push({ decade: last + 10, count: 0 });
    else padded.unshift({ decade: padded[0]!.decade - 10, count: 0 });
  }
  return padded;
}

interface WallContext {
  titleOf: (movieId: number) => Title | undefined;
  posterVariants: PosterVariants;
}

/** The wall of one tab: filtered, sorted, one page of it. */
export function presentWall(profile: Profile, choice: WallChoice, context: WallContext): Wall {
  const ratings = new Map(profile.ratings.map(({ movieId, rating }) => [movieId, rating]));
  const all = marksOf(profile, choice.tab).flatMap((movieId) => context.titleOf(movieId) ?? []);
  const shown = sortTitles(all.filter(makeWallFilter(choice)), choice.sort, ratings);
  const pages = Math.max(1, Math.ceil(shown.length / PER_PAGE));
  const page = Math.min(choice.page, pages);
  const titles = shown.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  const address = wallAddress({ ...choice, page });
  const items = presentShelf(
    titles,
    context.posterVariants(titles),
    () => null,
    (movieId) => ratings.get(movieId) ?? null,
  );
  const isFiltered = choice.genre !== '' || choice.decade !== null || choice.text !== '';
  return {
    items: items.map((item, at) => ({ ...item, actions: presentActions(titles[at]!, profile, address) })),
    summary: isFiltered
      ? `${shown.length} of ${countOf(all.length, 'title', 'titles')}`
      : countOf(all.length, 'title', 'titles'),
    sorts: SORTS.filter((sort) => sort !== 'rating' || choice.tab === 'rated' || choice.tab === 'liked').map(
      (value) => ({
        value,
        label: SORT_LABELS[value],
        isChosen: value === choice.sort,
      }),
    ),
    genres: [...new Set(all.flatMap(({ genres }) => genres))].sort().map((value) => ({ value, isChosen: value === choice.genre })), // prettier-ignore
    decades: [...new Set(all.map(({ year }) => Math.floor(year / 10) * 10))]
      .sort((a, b) => b - a)
      .map((decade) => ({ value: String(decade), label: `${decade}s`, isChosen: decade === choice.decade })),
    text: choice.text,
    address,
    earlierHref: page > 1 ? wallAddress({ ...choice, page: page - 1 }) : null,
    laterHref: page < pages ? wallAddress({ ...choice, page: page + 1 }) : null,
    empty: items.length > 0 ? null : emptyWall(choice, isFiltered && all.length > 0),
    isFiltered,
    isBare: all.length === 0,
    tab: choice.tab,
  };
}

function marksOf({ ratings, watchlist, hidden }: Profile, tab: WallChoice['tab']): number[] {
  switch (tab) {
    case 'rated':
      return ratings.map(({ movieId }) => movieId);
    case 'liked':
      return ratings.filter(({ rating }) => rating >= 4).map(({ movieId }) => movieId);
    case 'saved':
      return watchlist;
    case 'hidden':
      return hidden;
  }
}

function makeWallFilter({ genre, decade, text }: WallChoice): (title: Title) => boolean {
  const said = text.toLocaleLowerCase('en');
  return (title) =>
    (genre === '' || title.genres.includes(genre)) &&
    (decade === null || Math.floor(title.year / 10) * 10 === decade) &&
    (said === '' ||
      [title.title, title.originalTitle ?? '', ...title.directors].some((name) =>
        name.toLocaleLowerCase('en').includes(said),
      ));
}

function sortTitles(titles: readonly Title[], sort: Sort, ratings: ReadonlyMap<number, number>): Title[] {
  const byName = (a: Title, b: Title) =>
    a.title.localeCompare(b.title, 'en') || a.year - b.year || a.movieId - b.movieId;
  const orders: Record<Sort, (a: Title, b: Title) => number> = {
    // A profile is read newest first, and sorting keeps the order of equals.
    recent: () => 0,
    rating: (a, b) => (ratings.get(b.movieId) ?? 0) - (ratings.get(a.movieId) ?? 0) || byName(a, b),
    year: (a, b) => b.year - a.year || byName(a, b),
    title: byName,
  };
  return titles.toSorted(orders[sort]);
}

/** Only what differs from the usual stands in the address. */
export function wallAddress(choice: WallChoice): string {
  const query = new URLSearchParams();
  if (choice.tab !== 'rated') query.set('tab', choice.tab);
  if (choice.sort !== 'recent') query.set('sort', choice.sort);
  if (choice.genre) query.set('genre', choice.genre);
  if (choice.decade !== null) query.set('decade', String(choice.decade));
  if (choice.text) query.set('text', choice.text);
  if (choice.page > 1) query.set('page', String(choice.page));
  return query.size > 0 ? `/profile?${query.toString()}` : '/profile';
}

function emptyWall(choice: WallChoice, isFilteredAway: boolean): Wall['empty'] {
  const { tab } = choice;
  if (isFilteredAway)
    return { text: 'None of yours is like that.', href: wallAddress({ ...choice, genre: '', decade: null, text: '', page: 1 }), link: 'Show all' }; // prettier-ignore
  switch (tab) {
    case 'rated':
      return {
        text: 'Nothing rated yet. Look for a film you love and give it stars.',
        href: '/search',
        link: 'Search',
      };
    case 'liked':
      return { text: 'Four stars and more are a like. None so far.', href: '/search', link: 'Search' };
    case 'saved':
      return {
        text: 'Nothing saved for later. Ask for a list and keep what tempts you.',
        href: '/',
        link: 'Ask',
      };
    case 'hidden':
      return { text: 'You have sent nothing away.', href: '/', link: 'Ask' };
  }
}
