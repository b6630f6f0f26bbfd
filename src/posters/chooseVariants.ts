import type { Title } from '../domain.ts';
import { fittingMotifs } from './chooseMotif.ts';
import type { PosterSubject } from './types.ts';

/** How far apart two posters of one motif stand at least. */
const REACH = 3;

/** What a choice of motifs needs to know about a title. */
export type ShelfTitle = Pick<Title, 'movieId' | 'title' | 'genres' | 'kind'> & {
  tags?: PosterSubject['tags'];
};

/**
 * For each title of a list the variant (0–2) of its poster, so that no two posters within three places share a motif where
 * the fitting motifs allow it.
 * @param tagsOf the tags the posters will be drawn with; without them titles are known by name and genres only
 */
export function chooseVariants(
  titles: readonly ShelfTitle[],
  tagsOf: (movieId: number) => PosterSubject['tags'] = () => [],
): number[] {
  const chosen: string[] = [];
  return titles.map((title) => {
    const near = chosen.slice(-REACH);
    const fitting = fittingMotifs({ ...title, tags: title.tags ?? tagsOf(title.movieId) }).slice(0, 3);
    const free = fitting.findIndex((motif) => !near.includes(motif));
    const variant = Math.max(free, 0);
    chosen.push(fitting[variant] ?? '');
    return variant;
  });
}
