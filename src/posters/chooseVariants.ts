import { fittingMotifs } from './chooseMotif.ts';
import type { PosterSubject } from './types.ts';

/** Two posters of one motif stand further apart than this. */
const REACH = 3;
/** Further apart still, where there is a choice. */
const WISH = 12;
const VARIANTS = [0, 1, 2] as const;

/** What a choice of motifs needs to know about a title. */
export type ShelfTitle = Pick<PosterSubject, 'movieId' | 'title' | 'genres' | 'kind'> & {
  tags?: PosterSubject['tags'];
};

/** A way to draw the titles so far: what it costs and which variants it took. */
interface Path {
  cost: number;
  variants: number[];
  /** The motifs of the last titles, oldest first. */
  recent: string[];
}

/**
 * For each title of a list the variant (0–2) of its poster, so that no two posters within three places share a motif unless
 * the titles leave no choice, and the better fitting motif is taken where both would do. Viterbi search over the last
 * three choices: 81 steps a title.
 * @param tagsOf the tags the posters will be drawn with; without them titles are known by name and genres only
 */
export function chooseVariants(
  titles: readonly ShelfTitle[],
  tagsOf: (movieId: number) => PosterSubject['tags'] = () => [],
): number[] {
  let paths: Path[] = [{ cost: 0, variants: [], recent: [] }];
  for (const title of titles) {
    const fitting = fittingMotifs({ ...title, tags: title.tags ?? tagsOf(title.movieId) });
    const best = new Map<string, Path>();
    for (const path of paths) {
      for (const variant of VARIANTS) {
        const next = extend(path, variant, fitting[variant] ?? '');
        const state = next.variants.slice(-REACH).join('');
        if (next.cost < (best.get(state)?.cost ?? Infinity)) best.set(state, next);
      }
    }
    paths = [...best.values()];
  }
  return paths.reduce((least, path) => (path.cost < least.cost ? path : least)).variants;
}

function extend({ cost, variants, recent }: Path, variant: number, motif: string): Path {
  const at = recent.lastIndexOf(motif);
  const distance = at < 0 ? Infinity : recent.length - at;
  const repeat = distance <= REACH ? 1000 / distance : distance <= WISH ? 6 / distance : 0;
  return {
    cost: cost + repeat + variant * 0.2,
    variants: [...variants, variant],
    recent: [...recent, motif].slice(-WISH),
  };
}
