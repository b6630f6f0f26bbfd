import type { Title } from '../../src/domain.ts';
import { smallCatalogue } from '../support/smallCatalogue.ts';

/** Titles with the movieIds 1 … count, as `syntheticRatings` has them. */
export const numberedTitles = (count: number): Title[] =>
  Array.from({ length: count }, (_, at) => ({
    ...smallCatalogue().titles[0]!,
    movieId: at + 1,
    imdbId: null,
  }));
