import type { MatchedTag, TagMatchKind, TitleTag } from '../domain.ts';

/**
 * How well a title's tags match the wanted (weight > 0) and unwanted (weight < 0) ones.
 *
 * Classic: Σ count(tag) ÷ Σ count(all tags of the title), weighted. Over a whole catalogue that share fails: a title
 * with one application of one tag scores 1. Smoothed, the default, divides by `total + m` (m near the median total of
 * the catalogue), saturates, and uses the relevance where the data has one.
 */
export interface TagProfile {
  tags: readonly TitleTag[];
  /** Σ count over all tags of the title. */
  total: number;
}

export interface TagMatch {
  /** Σ of the parts, 0 for a title without tags; negative when unwanted tags outweigh. */
  score: number;
  matched: MatchedTag[];
}

/** A share of this size counts as half relevant: the share of a leading tag among ten. */
const HALF_SHARE = 0.08;

/**
 * @param wanted tagId → weight in [−1, 1]
 * @param medianTotal m, the median of `total` over tagged titles
 */
export function matchTags(
  profile: TagProfile,
  wanted: ReadonlyMap<number, number>,
  kind: TagMatchKind,
  medianTotal: number,
): TagMatch {
  const matched: MatchedTag[] = [];
  let score = 0;
  for (const tag of profile.tags) {
    const weight = wanted.get(tag.tagId);
    if (weight === undefined || weight === 0) continue;
    const part =
      weight *
      (kind === 'classic' ? shareOf(tag, profile.total) : strengthOf(tag, profile.total, medianTotal));
    if (part === 0) continue;
    score += part;
    matched.push({ tagId: tag.tagId, name: tag.name, weight: part });
  }
  matched.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || a.tagId - b.tagId);
  return { score, matched };
}

const shareOf = (tag: TitleTag, total: number): number => (total > 0 ? tag.count / total : 0);

/** 0–1: the relevance where it is known, else the smoothed share through a saturating curve. */
function strengthOf(tag: TitleTag, total: number, medianTotal: number): number {
  if (tag.relevance !== null) return tag.relevance;
  const share = tag.count / (total + medianTotal);
  return Number.isFinite(share) ? share / (share + HALF_SHARE) : 0;
}

/** The median of the totals above zero; 1 when there is none. */
export function medianTotalOf(totals: readonly number[]): number {
  const tagged = totals.filter((total) => total > 0).sort((a, b) => a - b);
  return tagged[tagged.length >> 1] ?? 1;
}
