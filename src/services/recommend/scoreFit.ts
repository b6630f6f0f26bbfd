import type { FitMethod, RecommendationRequest } from '../../domain.ts';
import { matchTags } from '../../recommender/tagMatch.ts';
import { topPositions } from '../../topPositions.ts';
import type { Library } from '../library.ts';
import type { RawFit } from './blendCandidates.ts';
import type { Known } from './known.ts';

/** How well every title fits what was asked, without a language model: values for all rows, details on demand. */
export interface LocalFit {
  method: Extract<FitMethod, 'text' | 'tags'>;
  /** 0 = no match; negative when unwanted tags outweigh. */
  values: Float32Array;
  /** None of the words was found anywhere: the values are all 0 and say nothing. */
  foundNothing: boolean;
  of(row: number): RawFit;
}

/** What fit is measured against: the preferences, with wanted tags joined as words when there is a prompt. */
export function preferencesText(known: Known, library: Library): string {
  const words = [...known.wantedTags]
    .filter(([, weight]) => weight > 0)
    .map(([tagId]) => library.catalogue.tagById(tagId)?.name ?? '');
  return [known.understood.preferences, ...words].filter((part) => part.trim() !== '').join(' ');
}

/** Text match when there is a prompt with preferences; tag match when there are only tags; null when neither. */
export function scoreLocalFit(
  request: Pick<RecommendationRequest, 'prompt' | 'tagMatch'>,
  known: Known,
  library: Library,
  taste: Float32Array,
): LocalFit | null {
  const isPrompted = known.understood.preferences.trim() !== '';
  if (isPrompted) return textFit(preferencesText(known, library), library);
  if (known.wantedTags.size === 0) return null;
  return tagFit(known.wantedTags, request.tagMatch, library, taste);
}

function textFit(preferences: string, library: Library): LocalFit {
  const { text, size } = library.catalogue;
  const values = new Float32Array(size);
  text.scoreWish(preferences, values);
  const matchedOf = text.matcher(preferences);
  return {
    method: 'text',
    values,
    foundNothing: values.every((value) => value === 0),
    of: (row) => ({ value: values[row]!, by: 'text', matched: matchedOf(row) }),
  };
}

/** Classic tag match looks only at the recommender's best 60, as the classic did. */
const CLASSIC_BEST = 60;

function tagFit(
  wanted: ReadonlyMap<number, number>,
  kind: RecommendationRequest['tagMatch'],
  library: Library,
  taste: Float32Array,
): LocalFit {
  const { catalogue } = library;
  const values = new Float32Array(catalogue.size);
  const match = (row: number) =>
    matchTags(catalogue.tagProfileOf(row, wanted), wanted, kind, catalogue.medianTagTotal);
  const rows =
    kind === 'classic'
      ? topPositions(taste, CLASSIC_BEST, (row) => !catalogue.titles[row]!.isRetired)
      : catalogue.rowsTagged(wanted.keys());
  for (const row of rows) values[row] = match(row).score;
  return {
    method: 'tags',
    values,
    foundNothing: false,
    of: (row) => ({ value: values[row]!, by: 'tags', matched: values[row] === 0 ? [] : match(row).matched }),
  };
}

/** The rows a language model is asked about: the best by the text blend at the given importance. */
export const MODEL_CANDIDATES = 50;
