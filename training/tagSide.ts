import { type SideRows } from './fitEase.ts';

export interface TagCount {
  movieId: number;
  tagId: number;
  count: number;
}

/**
 * Tags as side information: one row a tag over the titles trained, each entry the tag's share of the title's applications
 * (so that a famous title does not own its tags), as a root: a title's row of TᵀT then adds up to at most 1.
 * @param weight a; 0 leaves side information out
 */
export function tagSide(movieIds: Int32Array, counts: Iterable<TagCount>, weight: number): SideRows {
  const indexOf = new Map(Array.from(movieIds, (movieId, index) => [movieId, index]));
  const totals = new Float64Array(movieIds.length);
  const byTag = new Map<number, { index: number; count: number }[]>();
  for (const { movieId, tagId, count } of counts) {
    const index = indexOf.get(movieId);
    if (index === undefined || !(count > 0)) continue;
    totals[index]! += count;
    const own = byTag.get(tagId);
    if (own) own.push({ index, count });
    else byTag.set(tagId, [{ index, count }]);
  }
  const rows = [...byTag.values()].map((entries) => {
    entries.sort((a, b) => a.index - b.index);
    return {
      items: entries.map(({ index }) => index),
      values: entries.map(({ index, count }) => Math.sqrt(count / totals[index]!)),
    };
  });
  return { weight, rows };
}
