import { seededRandom } from './random.ts';
import { MOTIFS, type MotifName } from './motifs/index.ts';
import type { PosterSubject } from './types.ts';

/** The fitting motifs of a title, best first; at least three, none twice. */
export function fittingMotifs(
  subject: Pick<PosterSubject, 'movieId' | 'title' | 'genres' | 'tags' | 'kind'>,
): MotifName[] {
  return seededRandom(subject.movieId, 'motif').shuffle(Object.keys(MOTIFS) as MotifName[]);
}
