/**
 * Scaling, blending and ordering. The code stands in `static/js/blend.js` because the browser runs the very same
 * file when the slider moves; this is the server's door to it.
 */
export { SMALLEST_PART, blendParts, rankByBlend, scalePart, swapPoint } from '../../static/js/blend.js';

/** The two scaled parts of one candidate, with what breaks a tie. */
export interface Parts {
  movieId: number;
  taste: number | null;
  fit: number | null;
  popularity: number;
}
