import { LRUCache } from 'lru-cache';
import { topPositions } from '../topPositions.ts';
import type { Bm25 } from './bm25.ts';
import type { TokenVectors } from './dense.ts';
import type { Labels } from './labels.ts';
import type { NearLabel, NearLabels } from './nearLabels.ts';
import type { QueryToken } from './queryWords.ts';
import { tokenizeAsWritten } from './tokenize.ts';

/**
 * Words that a wish does not say and its titles have. Two sources, both measured on wishes of several kinds
 * (training/distil/README.md): labels whose vectors are near a word that was said, and pseudo-relevance feedback, the
 * labels that the best matches share (Lavrenko & Croft 2001; mixed with the query as RM3, Abdul-Jaleel et al. 2004).
 */
export class FurtherWords {
  private readonly words: Bm25;
  private readonly labels: Labels;
  private readonly nearLabels: NearLabels | null;
  /** People's wishes share their words, and comparing one with every label takes a tenth of a millisecond. */
  private readonly nearWords = new LRUCache<string, NearLabel[]>({ max: 2000 });

  constructor(words: Bm25, labels: Labels, nearLabels: NearLabels | null) {
    this.words = words;
    this.labels = labels;
    this.nearLabels = nearLabels;
  }

  /** Words of the labels near to each word that was said, at `NEAR_WEIGHT` × cosine. */
  near(said: string, vectors: TokenVectors): QueryToken[] {
    if (!this.nearLabels) return [];
    const found = new Map<string, number>();
    for (const word of new Set(tokenizeAsWritten(said).map(({ written }) => written)))
      for (const { label, cosine } of this.nearTo(word, vectors, this.nearLabels))
        this.add(label, NEAR_WEIGHT * cosine, found);
    return this.known(found);
  }

  private nearTo(word: string, vectors: TokenVectors, labels: NearLabels): NearLabel[] {
    let near = this.nearWords.get(word);
    if (!near) {
      near = labels.near(vectors.embed(word), NEAR_LABELS, LEAST_COSINE);
      this.nearWords.set(word, near);
    }
    return near;
  }

  /** Words of the labels that the best of these scores share, at up to `SHARED_WEIGHT`. */
  shared(scores: Float32Array): QueryToken[] {
    const best = topPositions(scores, SHARING_TITLES, () => true, 0);
    const least = scores[best.at(-1) ?? 0] ?? 0;
    const weights = best.map((row) => scores[row]! - least);
    const found = new Map<string, number>();
    for (const [label, share] of this.labels.sharedBy(best, weights, SHARED_LABELS))
      this.add(label, SHARED_WEIGHT * share, found);
    return this.known(found);
  }

  private add(label: number, weight: number, found: Map<string, number>): void {
    for (const token of this.labels.tokensOf(label))
      found.set(token, Math.max(found.get(token) ?? 0, weight));
  }

  private known(found: ReadonlyMap<string, number>): QueryToken[] {
    return [...found]
      .map(([said, weight]) => ({ token: this.words.find(said), weight, said }))
      .filter(({ token }) => token >= 0);
  }
}

const NEAR_LABELS = 5;
const LEAST_COSINE = 0.5;
const NEAR_WEIGHT = 0.2;
const SHARING_TITLES = 40;
const SHARED_LABELS = 30;
const SHARED_WEIGHT = 0.3;
