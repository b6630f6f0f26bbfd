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

/** A title drawn one way, at the end of the cheapest way to draw those before it. */
interface Step {
  /** Of the whole way to here. */
  cost: number;
  variant: number;
  motif: string;
  before: Step | null;
}

/** Which of the variants the last three titles took, as one number. */
const STATES = VARIANTS.length ** REACH;

/**
 * For each title of a list the variant (0–2) of its poster, so that no two posters within three places share a motif unless
 * the titles leave no choice, and the better fitting motif is taken where both would do. Viterbi search over the last
 * three choices: 81 steps a title.
 * @param motifsOf the motifs a title may be drawn with, one a variant; left out, those that fit its name, genres and own tags
 */
export function chooseVariants<Shown extends ShelfTitle>(
  titles: readonly Shown[],
  motifsOf: (title: Shown) => readonly string[] = (title) =>
    fittingMotifs({ ...title, tags: title.tags ?? [] }),
): number[] {
  let steps: (Step | undefined)[] = [{ cost: 0, variant: 0, motif: '', before: null }];
  for (const title of titles) {
    const motifs = motifsOf(title);
    const next = new Array<Step | undefined>(STATES);
    steps.forEach((before, state) => {
      if (!before) return;
      for (const variant of VARIANTS) {
        const motif = motifs[variant] ?? '';
        const cost = before.cost + costOfRepeat(before, motif) + variant * 0.2;
        const reached = (state * VARIANTS.length + variant) % STATES;
        if (cost < (next[reached]?.cost ?? Infinity)) next[reached] = { cost, variant, motif, before };
      }
    });
    steps = next;
  }
  return variantsTo(cheapest(steps));
}

function costOfRepeat(last: Step, motif: string): number {
  let step: Step | null = last;
  for (let distance = 1; distance <= WISH && step?.before; distance++, step = step.before)
    if (step.motif === motif) return distance <= REACH ? 1000 / distance : 6 / distance;
  return 0;
}

const cheapest = (steps: readonly (Step | undefined)[]): Step =>
  steps.filter((step) => step !== undefined).reduce((least, step) => (step.cost < least.cost ? step : least));

function variantsTo(last: Step): number[] {
  const variants: number[] = [];
  for (let step = last; step.before; step = step.before) variants.push(step.variant);
  return variants.reverse();
}
