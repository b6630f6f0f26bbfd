import type { Because, Profile, Rating, Title } from '../domain.ts';
import { notFound } from '../errors.ts';
import {
  contributions,
  foldInValue,
  neighbours,
  scoreProfile,
  type EaseModel,
  type ProfileEntry,
} from '../recommender/ease.ts';
import { explainScore } from '../recommender/explain.ts';
import type { Library } from './library.ts';
import { rememberAnswers } from './remember.ts';
import { TagSpace, tagStrengthsOf, type TagStrength } from './tagStrengths.ts';

/** What taste says about one title for one person. */
export interface Verdict {
  /** 10 × the EASE score ÷ the person's best unseen score, in [0, 10]. */
  score: number;
  /** The unscaled EASE score. */
  raw: number;
  /** The ratings behind it, weightiest first. */
  because: Because[];
  /** The rating that matters most, and the score without it. */
  decisive: { movieId: number; scoreWithout: number } | null;
}

/** A title beside another. */
export interface NearTitle {
  title: Title;
  /** EASE weight (by taste) or cosine (by tags). */
  closeness: number;
  /** Tags that bring them together; empty by taste. */
  shared: string[];
}

/** Everything a title's page shows, before it is worded. */
export interface TitleDetails {
  title: Title;
  tags: TagStrength[];
  nearByTaste: NearTitle[];
  nearByTags: NearTitle[];
  /** null without ratings that count, and for a title the model does not know. */
  verdict: Verdict | null;
  mine: { rating: number | null; isHidden: boolean; isSaved: boolean };
}

/** How many titles stand on a shelf. */
const SHELF_SIZE = 12;

/** @throws AppError 404 when no title has this id */
export function showTitle(
  library: Library,
  movieId: number,
  profile: Profile,
  shelfSize: number = SHELF_SIZE,
): TitleDetails {
  const { catalogue } = library;
  const row = catalogue.rowOf(movieId);
  if (row === undefined) throw notFound('No title has this address.');
  return {
    title: catalogue.titles[row]!,
    tags: tagStrengthsOf(catalogue, row),
    ...shelvesOf(library, row, profile, shelfSize),
    verdict: judgeTitle(library, row, profile),
    mine: {
      rating: profile.ratings.find((rating) => rating.movieId === movieId)?.rating ?? null,
      isHidden: profile.hidden.includes(movieId),
      isSaved: profile.watchlist.includes(movieId),
    },
  };
}

type Shelves = Pick<TitleDetails, 'nearByTaste' | 'nearByTags'>;

const remembered = rememberAnswers<Shelves>(2000);

/** Who has hidden nothing sees the shelves everybody sees. */
function shelvesOf(library: Library, row: number, profile: Profile, count: number): Shelves {
  const shelves = () => ({
    nearByTaste: titlesNearByTaste(library, row, profile, count),
    nearByTags: titlesNearByTags(library, row, profile, count),
  });
  return profile.hidden.length > 0 ? shelves() : remembered(library, `${row} ${count}`, shelves);
}

/** What liking this title speaks for most; empty outside the model. Hidden and retired titles stay away. */
export function titlesNearByTaste(
  library: Library,
  row: number,
  profile: Profile,
  count: number,
): NearTitle[] {
  const { model, indexOfRow, rowOfIndex, catalogue } = library;
  const index = indexOfRow[row]!;
  if (!model || index < 0) return [];
  const mayShow = shelfFilter(library, profile);
  return neighbours(model, index, count + profile.hidden.length + 20)
    .map((near) => ({ row: rowOfIndex[near.index]!, closeness: near.weight }))
    .filter((near) => near.row >= 0 && mayShow(near.row))
    .slice(0, count)
    .map((near) => ({ title: catalogue.titles[near.row]!, closeness: near.closeness, shared: [] }));
}

/** The titles whose tags are most alike. Hidden and retired titles stay away. */
export function titlesNearByTags(
  library: Library,
  row: number,
  profile: Profile,
  count: number,
): NearTitle[] {
  return TagSpace.of(library.catalogue)
    .neighbours(row, count, shelfFilter(library, profile))
    .map((near) => ({
      title: library.catalogue.titles[near.row]!,
      closeness: near.similarity,
      shared: near.shared,
    }));
}

function shelfFilter({ catalogue }: Library, profile: Profile): (row: number) => boolean {
  const hidden = new Set(profile.hidden);
  return (row) => {
    const title = catalogue.titles[row]!;
    return !title.isRetired && !hidden.has(title.movieId);
  };
}

/** What taste says about a title; the title's own rating plays no part in it. */
function judgeTitle(library: Library, row: number, profile: Profile): Verdict | null {
  const { model, indexOfRow } = library;
  const index = indexOfRow[row]!;
  if (!model || index < 0) return null;
  const entries = profileEntries(model, profile.ratings).filter((entry) => entry.index !== index);
  if (entries.length === 0) return null;
  const isUnseen = unseenTitles(library, profile);
  const inputs = contributions(model, entries, index);
  const raw = inputs.reduce((sum, { weight }) => sum + weight, 0);
  const because = explainScore(
    inputs.map((input) => ({ movieId: model.movieIds[input.index]!, weight: input.weight })),
  );
  const first = because[0];
  const others = entries.filter((entry) => model.movieIds[entry.index] !== first?.movieId);
  return {
    score: tenths(raw, bestScore(model, entries, isUnseen)),
    raw,
    because,
    decisive: first
      ? {
          movieId: first.movieId,
          scoreWithout: tenths(raw - first.weight, bestScore(model, others, isUnseen)),
        }
      : null,
  };
}

function profileEntries(model: EaseModel, ratings: readonly Rating[]): ProfileEntry[] {
  return ratings.flatMap(({ movieId, rating }) => {
    const index = model.indexOf.get(movieId);
    const value = foldInValue(rating);
    return index === undefined || value === 0 ? [] : [{ index, value }];
  });
}

/** By EASE index: neither rated nor hidden, and still in the catalogue. */
function unseenTitles(
  { model, rowOfIndex, catalogue }: Library,
  profile: Profile,
): (index: number) => boolean {
  const seen = new Set([...profile.ratings.map(({ movieId }) => movieId), ...profile.hidden]);
  return (index) => {
    const row = rowOfIndex[index]!;
    return row >= 0 && !catalogue.titles[row]!.isRetired && !seen.has(model!.movieIds[index]!);
  };
}

function bestScore(
  model: EaseModel,
  entries: readonly ProfileEntry[],
  isUnseen: (index: number) => boolean,
): number {
  const scores = scoreProfile(model, entries, new Float32Array(model.movieIds.length));
  let best = 0;
  for (let index = 0; index < scores.length; index++)
    if (scores[index]! > best && isUnseen(index)) best = scores[index]!;
  return best;
}

/** 0–10. A rated title may lie above everything unseen: it stays at 10. */
const tenths = (raw: number, best: number): number =>
  best > 0 ? Math.min(10, Math.max(0, (10 * raw) / best)) : 0;
