import { MOTIFS, type MotifName } from './motifs/index.ts';
import { seededRandom } from './random.ts';
import { ANYTHING, BY_GENRE, signalsOfTag, signalsOfTitle } from './signals.ts';
import type { PosterSubject } from './types.ts';

/** How many motifs a title may be drawn with at least: one for each variant. */
export const LEAST = 3;

/** A word of the title says more than any tag; a tag in full strength says more than any genre. */
const TITLE_WEIGHT = 1.5;
const TAG_WEIGHT = 1.1;

/**
 * The fitting motifs of a title, best first; at least three, none twice. Scores add up over what the title, its tags and its
 * genres speak for; a seed from the id decides between motifs that fit about as well, so that a shelf of one genre
 * shows many.
 */
export function fittingMotifs(
  subject: Pick<PosterSubject, 'movieId' | 'title' | 'genres' | 'tags' | 'kind'>,
): MotifName[] {
  const random = seededRandom(subject.movieId, 'motif');
  const scores = new Map<MotifName, number>();
  const add = (motif: MotifName, score: number): void => {
    if (motif in MOTIFS) scores.set(motif, Math.max(scores.get(motif) ?? 0, score) + 0.15 * Math.min(score, scores.get(motif) ?? 0)); // prettier-ignore
  };
  for (const { motif, fit } of signalsOfTitle(subject.title)) add(motif, TITLE_WEIGHT * fit);
  for (const { name, relevance } of subject.tags) {
    const strength = Math.min(1, Math.max(0, relevance));
    for (const { motif, fit } of signalsOfTag(name)) add(motif, TAG_WEIGHT * fit * strength);
  }
  for (const genre of subject.genres) {
    const entry = BY_GENRE[genre];
    for (const motif of entry?.motifs ?? []) add(motif, (entry?.weight ?? 0) * random.between(0.35, 1.1));
  }
  if (subject.kind === 'tv') add('television', random.between(0, 0.75));
  if (scores.size < LEAST) for (const motif of ANYTHING) add(motif, random.between(0.05, 0.1));
  const ranked = [...scores].map(([motif, score]) => ({ motif, score: score * random.between(0.8, 1.2) }));
  return ranked.sort((a, b) => b.score - a.score || (a.motif < b.motif ? -1 : 1)).map(({ motif }) => motif);
}
