import type { Candidate, FitMethod, MatchedTag, Profile, TasteMethod, Title } from '../../domain.ts';
import { posterAddress, type PosterChoice } from './presentShelf.ts';
import type { TextPart } from './presentTitle.ts';
import { imdbAddress, runtimeInWords, signedPercent, titleAddress, twoDecimals } from './wording.ts';

/** One title of a list, ready to be shown (views/partials/title-card.ejs). */
export interface TitleCard {
  movieId: number;
  rank: number;
  /** True for a title that is not on the list now, and would be at another importance. */
  isOutside: boolean;
  /** The first few posters are fetched at once, the others when they come near. */
  isFirst: boolean;
  isSlim: boolean;
  name: string;
  year: number;
  href: string;
  posterSrc: string;
  facts: string;
  imdbHref: string;
  reasons: Reason[];
  score: { value: string; bars: ScoreBar[] };
  actions: CardActions | null;
}

export interface Reason {
  tone: 'words' | 'taste';
  label: string;
  /** How it was found, for those who listen: "language model", "text match", "recommender". */
  method: string;
  parts: TextPart[];
}

export interface ScoreBar {
  tone: 'words' | 'taste';
  label: string;
  value: string;
  /** 0–100. */
  width: number;
  method: string;
}

/** What the buttons and stars of a title need (views/partials/actions.ejs, stars.ejs). */
export interface CardActions {
  movieId: number;
  name: string;
  next: string;
  rating: number | null;
  isLiked: boolean;
  isSaved: boolean;
  isHidden: boolean;
}

/** What a list's cards have in common. */
export interface CardContext {
  titleOf: (movieId: number) => Title | undefined;
  /** Stars the list was made with: the person's own and those of the prompt. */
  ratingOf: (movieId: number) => number | undefined;
  profile: Profile;
  fit: FitMethod;
  taste: TasteMethod;
  /** "Llama 3.1 8B": the chat model's label. */
  modelLabel: string | null;
  /** Where the buttons come back to: the list; the title's place in it is added. */
  next: string;
  posterVariantOf: (movieId: number) => PosterChoice;
  isSlim: boolean;
}

export interface CardPlace {
  rank: number;
  score: number;
  isOutside: boolean;
}

const FIRST_POSTERS = 4;
const REASONS_SHOWN = 2;
/** A rating that speaks against a title is named from this share on. */
const AGAINST_FROM = 0.05;
const DISLIKE = 2;

export function presentCard(
  candidate: Candidate,
  title: Title,
  place: CardPlace,
  context: CardContext,
): TitleCard {
  return {
    movieId: title.movieId,
    ...place,
    isFirst: !place.isOutside && place.rank <= FIRST_POSTERS,
    isSlim: context.isSlim,
    name: title.title,
    year: title.year,
    href: titleAddress(title.movieId),
    posterSrc: posterAddress(title.movieId, context.posterVariantOf(title.movieId)),
    facts: factsOf(title),
    imdbHref: imdbAddress(title),
    reasons: [fitReason(candidate, context), tasteReason(candidate, context)].filter(
      (reason) => reason !== null,
    ),
    score: { value: place.score.toFixed(1), bars: barsOf(candidate, context) },
    actions: presentActions(title, context.profile, `${context.next}#title-${title.movieId}`),
  };
}

export function presentActions(
  title: Pick<Title, 'movieId' | 'title'>,
  profile: Profile,
  next: string,
): CardActions {
  const rating = profile.ratings.find(({ movieId }) => movieId === title.movieId)?.rating ?? null;
  return {
    movieId: title.movieId,
    name: title.title,
    next,
    rating,
    isLiked: rating !== null && rating >= 4,
    isSaved: profile.watchlist.includes(title.movieId),
    isHidden: profile.hidden.includes(title.movieId),
  };
}

/** "Danny Boyle · UK, US · 1 h 47 min · Science Fiction, Thriller". */
export const factsOf = (title: Title): string =>
  [
    title.kind === 'tv' ? 'Series' : '',
    title.directors.slice(0, 2).join(', '),
    title.countries.slice(0, 2).join(', '),
    title.runtimeMinutes ? runtimeInWords(title.runtimeMinutes) : '',
    title.genres.slice(0, 3).join(', '),
  ]
    .filter((fact) => fact !== '')
    .join(' · ');

function fitReason({ fit }: Candidate, context: CardContext): Reason | null {
  if (!fit) return null;
  if (fit.by === 'tags') return { ...TAGS, parts: tagParts(fit.matched ?? []) };
  if (fit.reason)
    return {
      ...WORDS,
      method: context.modelLabel ?? 'language model',
      parts: [{ kind: 'plain', text: fit.reason }],
    };
  if (fit.by === 'llm')
    return {
      ...WORDS,
      method: context.modelLabel ?? 'language model',
      parts: [{ kind: 'plain', text: 'the model gave a score and no sentence' }],
    };
  const matched = (fit.matched ?? []).map((match) => (typeof match === 'string' ? match : match.name));
  return { ...WORDS, method: 'text match', parts: matchedParts(withoutSpellings(matched), fit.score) };
}

const WORDS = { tone: 'words', label: 'Words' } as const;
const TAGS = { tone: 'words', label: 'Tags', method: 'tag match' } as const;
const TASTE = { tone: 'taste', label: 'Taste' } as const;

/** "sci-fi, scifi, sci fi" is one word in three spellings: the first is named. */
export function withoutSpellings(words: readonly string[]): string[] {
  const seen = new Set<string>();
  return words.filter((word) => {
    const letters = word.toLowerCase().replace(/[\s\p{P}]+/gu, '');
    return seen.has(letters) ? false : seen.add(letters);
  });
}

/** A fit from here on without a single shared word comes from likeness of meaning. */
const NEAR_IN_MEANING = 0.6;

function matchedParts(matched: readonly string[], score: number): TextPart[] {
  if (matched.length === 0)
    return [
      {
        kind: 'plain',
        text:
          score >= NEAR_IN_MEANING
            ? 'near in meaning; none of your words appear in its text'
            : 'none of your words appear in its text',
      },
    ];
  const words = matched
    .slice(0, 5)
    .flatMap((word, at): TextPart[] => [
      ...(at > 0 ? [{ kind: 'plain', text: ', ' } as const] : []),
      { kind: 'title', text: word },
    ]);
  return [{ kind: 'plain', text: 'matches ' }, ...words];
}

function tagParts(matched: readonly (string | MatchedTag)[]): TextPart[] {
  const tags = matched.filter((match) => typeof match !== 'string');
  if (tags.length === 0) return [{ kind: 'plain', text: 'none of your tags' }];
  return tags.slice(0, 4).flatMap((tag, at): TextPart[] => [
    { kind: 'plain', text: `${at > 0 ? ', ' : ''}${tag.name} ` },
    { kind: 'share', text: `${tag.weight < 0 ? '' : '+'}${twoDecimals(tag.weight)}` },
  ]);
}

/**
 * "because you liked Heat +31 %, Collateral +18 %, in spite of Public Enemies −6 %". A rating below three that speaks for
 * a title is told as what it is: "you did not care for".
 */
function tasteReason({ cf }: Candidate, context: CardContext): Reason | null {
  if (!cf) return null;
  if (context.taste === 'popularity')
    return {
      ...TASTE,
      method: 'popularity',
      parts: [{ kind: 'plain', text: 'widely loved: no stars of yours to go by' }],
    };
  if (cf.because.length === 0) return { ...TASTE, method: 'recommender', parts: [{ kind: 'plain', text: 'nothing you rated speaks for it or against it' }] }; // prettier-ignore
  const isDisliked = (movieId: number) => (context.ratingOf(movieId) ?? 5) <= DISLIKE;
  const positive = cf.because.filter(({ share }) => share > 0);
  const groups = [
    {
      said: 'because you liked ',
      entries: positive.filter(({ movieId }) => !isDisliked(movieId)).slice(0, REASONS_SHOWN),
    },
    {
      said: 'because you did not care for ',
      entries: positive.filter(({ movieId }) => isDisliked(movieId)).slice(0, 1),
    },
    {
      said: positive.length > 0 ? 'in spite of ' : 'your stars speak against it: ',
      entries: cf.because
        .filter(({ share }) => share <= (positive.length > 0 ? -AGAINST_FROM : 0))
        .slice(0, 1),
    },
  ].filter(({ entries }) => entries.length > 0);
  const parts = groups.flatMap(({ said, entries }, group): TextPart[] => [
    { kind: 'plain', text: group === 0 ? said : `, ${said.replace(/^because /, 'and ')}` },
    ...entries.flatMap(({ movieId, share }, at): TextPart[] => [
      ...(at > 0 ? [{ kind: 'plain', text: ', ' } as const] : []),
      { kind: 'title', text: context.titleOf(movieId)?.title ?? 'a title that is gone' },
      { kind: 'plain', text: ' ' },
      { kind: 'share', text: signedPercent(share) },
    ]),
  ]);
  return { ...TASTE, method: 'recommender (EASE)', parts };
}

function barsOf({ fit, cf }: Candidate, context: CardContext): ScoreBar[] {
  const bars: ScoreBar[] = [];
  if (fit)
    bars.push({
      ...bar(fit.score),
      tone: 'words',
      label: fit.by === 'tags' ? 'tags' : 'words',
      method: methodOf(fit.by, context),
    });
  if (cf)
    bars.push({
      ...bar(cf.score),
      tone: 'taste',
      label: 'taste',
      method: context.taste === 'popularity' ? 'popularity' : 'recommender (EASE)',
    });
  return bars;
}

const bar = (score: number) => ({ value: twoDecimals(score), width: Math.round(score * 1000) / 10 });

function methodOf(by: 'llm' | 'text' | 'tags', { modelLabel }: CardContext): string {
  if (by === 'llm') return modelLabel ?? 'language model';
  return by === 'tags' ? 'tag match' : 'text match';
}
