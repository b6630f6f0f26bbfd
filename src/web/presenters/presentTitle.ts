import type { Title } from '../../domain.ts';
import type { NearTitle, TitleDetails, Verdict } from '../../services/showTitle.ts';
import { previewTitle, type LinkPreview } from './presentPreview.ts';
import { posterAddress, presentShelf, type PosterVariants, type ShelfItem } from './presentShelf.ts';
import {
  imdbAddress,
  joinWords,
  runtimeInWords,
  searchAddress,
  signedPercent,
  tagAddress,
  titleAddress,
  twoDecimals,
} from './wording.ts';

/** A piece of a sentence: a title is bold, a share is teal. */
export interface TextPart {
  kind: 'plain' | 'title' | 'share';
  text: string;
}

interface TitlePage {
  title: string;
  preview: LinkPreview;
  name: string;
  year: number;
  kind: string | null;
  originalTitle: string | null;
  otherTitles: string | null;
  facts: string[];
  people: {
    label: string;
    names: { name: string; href: string }[];
    hidden: { name: string; href: string }[];
  }[];
  tagline: string | null;
  plot: string | null;
  posterSrc: string;
  imdbHref: string;
  imdbLabel: string;
  providers: string | null;
  isRetired: boolean;
  verdict: { score: string; sentence: TextPart[]; note: string } | null;
  /** Why there is no verdict, and one thing to do. */
  noVerdict: string | null;
  stars: { movieId: number; name: string; rating: number | null; next: string };
  actions: { isSaved: boolean; isHidden: boolean; isLiked: boolean };
  tags: { name: string; href: string; width: number; spoken: string }[];
  moreTags: { name: string; href: string; width: number; spoken: string }[];
  shelves: { heading: string; note: string; items: ShelfItem[] }[];
  styles: string[];
  scripts: string[];
}

/** Names shown before "and 4 more", tags shown before "more". */
const CAST_SHOWN = 6;
const TAGS_SHOWN = 12;

export interface TitleContext {
  titleOf: (movieId: number) => Title | undefined;
  ratingOf: (movieId: number) => number | null;
  posterVariants: PosterVariants;
}

export function presentTitle(details: TitleDetails, context: TitleContext): TitlePage {
  const { title, mine } = details;
  const posterSrc = posterAddress(title.movieId, context.posterVariants([title])[0]);
  const tags = details.tags.map(({ name, strength }) => ({
    name,
    href: tagAddress(name),
    width: Math.round(strength * 100),
    spoken: `${twoDecimals(strength)} of 1`,
  }));
  return {
    title: `${title.title} (${title.year})`,
    preview: previewTitle(title, posterSrc),
    name: title.title,
    year: title.year,
    kind: title.kind === 'tv' ? 'Series' : null,
    originalTitle: title.originalTitle === title.title ? null : title.originalTitle,
    otherTitles: title.otherTitles.length > 0 ? title.otherTitles.slice(0, 4).join(' · ') : null,
    facts: factsOf(title),
    people: peopleOf(title),
    tagline: title.tagline,
    plot: title.plot,
    posterSrc,
    imdbHref: imdbAddress(title),
    imdbLabel: title.imdbId ? 'IMDb' : 'Look for it at IMDb',
    providers: title.providers.length > 0 ? joinWords(title.providers) : null,
    isRetired: title.isRetired,
    verdict: details.verdict && presentVerdict(details.verdict, context),
    noVerdict: details.verdict ? null : whyNoVerdict(details, context),
    stars: {
      movieId: title.movieId,
      name: title.title,
      rating: mine.rating,
      next: titleAddress(title.movieId),
    },
    actions: { isSaved: mine.isSaved, isHidden: mine.isHidden, isLiked: (mine.rating ?? 0) >= 4 },
    tags: tags.slice(0, TAGS_SHOWN),
    moreTags: tags.slice(TAGS_SHOWN),
    shelves: shelvesOf(details, context),
    styles: ['title'],
    scripts: [],
  };
}

const factsOf = (title: Title): string[] =>
  [
    title.countries.slice(0, 4).join(', '),
    title.languages.slice(0, 3).join(', '),
    title.runtimeMinutes ? runtimeInWords(title.runtimeMinutes) : '',
    title.genres.join(', '),
  ].filter((fact) => fact !== '');

function peopleOf(title: Title): TitlePage['people'] {
  const link = (name: string) => ({ name, href: searchAddress(name) });
  const groups = [
    { label: title.kind === 'tv' ? 'Created by' : 'Directed by', names: title.directors },
    { label: 'With', names: title.cast },
  ];
  return groups
    .filter(({ names }) => names.length > 0)
    .map(({ label, names }) => ({
      label,
      names: names.slice(0, CAST_SHOWN).map(link),
      hidden: names.slice(CAST_SHOWN, 24).map(link),
    }));
}

function presentVerdict(verdict: Verdict, { titleOf, ratingOf }: TitleContext): TitlePage['verdict'] {
  const score = verdict.score.toFixed(1);
  const decisive = verdict.decisive && titleOf(verdict.decisive.movieId);
  const without = verdict.decisive?.scoreWithout.toFixed(1);
  return {
    score,
    sentence: reasonParts(verdict, titleOf, ratingOf),
    note: !decisive
      ? 'By taste alone.'
      : without === score
        ? `By taste alone. No single rating decides it: without ${decisive.title} it would still be ${without}.`
        : `By taste alone. Without ${decisive.title} it would be ${without}.`,
  };
}

/** "for you: because you liked A +29 %, B +17 %, in spite of C −6 %." */
function reasonParts(
  { because }: Verdict,
  titleOf: TitleContext['titleOf'],
  ratingOf: TitleContext['ratingOf'],
): TextPart[] {
  const named = because.flatMap(({ movieId, share }) => {
    const title = titleOf(movieId);
    return title ? [{ name: title.title, share, rating: ratingOf(movieId) ?? 0 }] : [];
  });
  const speakFor = named.filter(({ share }) => share > 0).slice(0, 3);
  const speakAgainst = named.filter(({ share }) => share < 0).slice(0, 2);
  if (speakFor.length + speakAgainst.length === 0)
    return [{ kind: 'plain', text: 'for you: none of your ratings says anything about it.' }];
  const isByLikes = speakFor.every(({ rating }) => rating >= 4);
  const list = (group: typeof named): TextPart[] =>
    group.flatMap(({ name, share }, at): TextPart[] => [
      { kind: 'plain', text: at === 0 ? ' ' : ', ' },
      { kind: 'title', text: name },
      { kind: 'plain', text: ' ' },
      { kind: 'share', text: signedPercent(share) },
    ]);
  const parts: TextPart[] = [{ kind: 'plain', text: 'for you: ' }];
  if (speakFor.length > 0)
    parts.push(
      { kind: 'plain', text: isByLikes ? 'because you liked' : 'because of your stars for' },
      ...list(speakFor),
    );
  if (speakAgainst.length > 0)
    parts.push(
      { kind: 'plain', text: speakFor.length > 0 ? ', in spite of' : 'your stars speak against it:' },
      ...list(speakAgainst),
    );
  parts.push({ kind: 'plain', text: '.' });
  return parts;
}

function whyNoVerdict(details: TitleDetails, context: TitleContext): string {
  const { title, nearByTaste } = details;
  if (title.isRetired) return 'This title has left the catalogue, so nothing is worked out for it.';
  if (nearByTaste.length === 0 && context.ratingOf(title.movieId) === null)
    return 'Not enough is known of it to say what your taste makes of it.';
  return 'Rate a few titles, and this place says how well it suits you, and why.';
}

function shelvesOf(details: TitleDetails, context: TitleContext): TitlePage['shelves'] {
  const shelf = (near: NearTitle[], noteOf: (closeness: number) => string): ShelfItem[] => {
    const titles = near.map(({ title }) => title);
    return presentShelf(
      titles,
      context.posterVariants(titles),
      (_title, at) => noteOf(near[at]!.closeness),
      context.ratingOf,
    );
  };
  const sharedTags = mostShared(details.nearByTags);
  return [
    {
      heading: 'Near it by taste',
      note: 'people who liked it liked these, beyond what their fame explains',
      items: shelf(details.nearByTaste, (weight) => `+${weight.toFixed(3).replace(/^0/, '')}`),
    },
    {
      heading: 'Near it by tags',
      note: sharedTags.join(', '),
      items: shelf(details.nearByTags, twoDecimals),
    },
  ].filter(({ items }) => items.length > 0);
}

/** The three tags that bring most of the shelf together; the first of a neighbour's, and a near neighbour, weigh more. */
function mostShared(near: readonly NearTitle[]): string[] {
  const weights = new Map<string, number>();
  for (const { shared, closeness } of near)
    shared.forEach((tag, at) => weights.set(tag, (weights.get(tag) ?? 0) + closeness / (at + 1)));
  return [...weights]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 3)
    .map(([tag]) => tag);
}
