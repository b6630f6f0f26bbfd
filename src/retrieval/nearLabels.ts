import { buildDense, scoreDense, type DenseState, type TokenVectors } from './dense.ts';
import { labelUses, type LabelState } from './labels.ts';

/**
 * Tags, genres and keywords by meaning: people say "bickering", tags say "buddy comedy". Each word of a wish is laid
 * beside the labels that titles share, by their static vectors.
 */
export interface NearLabelState {
  /** Number of each vector's label in the label state. */
  labels: Uint32Array;
  dense: DenseState;
}

/** A label of fewer titles finds too few, one of a larger share of them says too little. */
const FEWEST_TITLES = 5;
const LARGEST_SHARE = 1 / 6;

export function buildNearLabels(state: LabelState, vectors: TokenVectors): NearLabelState {
  const names = state.names.split('\n');
  const uses = labelUses(state);
  const most = (state.starts.length - 1) * LARGEST_SHARE;
  const labels = Uint32Array.from(names.keys()).filter(
    (label) => uses[label]! >= FEWEST_TITLES && uses[label]! <= most,
  );
  const embed = (at: number) => vectors.embed(names[labels[at]!]!.toLowerCase());
  return { labels, dense: buildDense(labels.length, vectors.dimensions, embed) };
}

/** A label and how near its vector is to what was asked for. */
export interface NearLabel {
  label: number;
  cosine: number;
}

export class NearLabels {
  private readonly state: NearLabelState;
  private readonly cosines: Float32Array;

  constructor(state: NearLabelState) {
    this.state = state;
    this.cosines = new Float32Array(state.labels.length);
  }

  /** The labels nearest to a text, best first, each with its cosine: at most `limit`, all above `least`. */
  near(query: Float32Array, limit: number, least: number): NearLabel[] {
    const { labels, dense } = this.state;
    scoreDense(dense, query, this.cosines);
    const found: NearLabel[] = [];
    this.cosines.forEach((cosine, at) => {
      if (cosine > least) found.push({ label: labels[at]!, cosine });
    });
    return found.sort((a, b) => b.cosine - a.cosine || a.label - b.label).slice(0, limit);
  }
}
