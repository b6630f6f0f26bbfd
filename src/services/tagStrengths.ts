import type { Catalogue } from './catalogue.ts';
import { matchTags } from '../recommender/tagMatch.ts';
import { joinSpellings, otherSpellings } from '../recommender/tagSpellings.ts';
import { topPositions } from '../topPositions.ts';
import { oncePer } from './oncePer.ts';

/** One tag of one title with how strongly it fits, 0–1. */
export interface TagStrength {
  tagId: number;
  name: string;
  strength: number;
}

const spellingsIn = oncePer((catalogue: Catalogue) => otherSpellings(catalogue.tags));

/**
 * How strongly every tag of a title fits it, strongest first: the relevance, else the smoothed share of its counts. Several
 * spellings of a tag are one.
 */
export function tagStrengthsOf(catalogue: Catalogue, row: number): TagStrength[] {
  const { tags: asGiven, total } = catalogue.tagProfileOf(row);
  const tags = joinSpellings(asGiven, spellingsIn(catalogue));
  const all = new Map(tags.map((tag) => [tag.tagId, 1]));
  const { matched } = matchTags({ tags, total }, all, 'smoothed', catalogue.medianTagTotal);
  return matched.map(({ tagId, name, weight }) => ({ tagId, name, strength: weight }));
}

/** A title near another by tags. */
export interface TagNeighbour {
  row: number;
  /** Cosine of the two titles' tag vectors, 0–1. */
  similarity: number;
  /** The tags that bring them together, most telling first. */
  shared: string[];
}

interface Posting {
  rows: number[];
  weights: number[];
}

/**
 * Nearness by tags: the cosine of tag vectors, each entry a tag's strength times its rarity
 * (`ln(titles ÷ titles with it)`), so that "based on a book" brings fewer titles together than "submarine".
 * An inverted index over the whole catalogue, made once: 200,000 entries take some tenths of a second.
 */
export class TagSpace {
  private readonly catalogue: Catalogue;
  /** Of each row, by tag: strength × rarity. */
  private readonly vectors: { tagId: number; weight: number }[][] = [];
  private readonly lengths: Float32Array;
  private readonly postings = new Map<number, Posting>();

  static readonly of = oncePer((catalogue: Catalogue) => new TagSpace(catalogue));

  private constructor(catalogue: Catalogue) {
    this.catalogue = catalogue;
    this.lengths = new Float32Array(catalogue.size);
    const strengths = catalogue.titles.map((_title, row) => tagStrengthsOf(catalogue, row));
    const uses = new Map<number, number>();
    for (const tags of strengths) for (const { tagId } of tags) uses.set(tagId, (uses.get(tagId) ?? 0) + 1);
    strengths.forEach((tags, row) => {
      const vector = tags.map(({ tagId, strength }) => ({
        tagId,
        weight: strength * this.rarity(uses.get(tagId)!),
      }));
      this.vectors.push(vector);
      this.lengths[row] = Math.hypot(...vector.map(({ weight }) => weight));
      for (const { tagId, weight } of vector) this.post(tagId, row, weight);
    });
  }

  /** How telling a tag is: 0 when every title has it. */
  rarityOf(tagId: number): number {
    return this.rarity(this.postings.get(tagId)?.rows.length ?? 1);
  }

  /** The `count` titles nearest to a row among those allowed, nearest first; ties go to the smaller row. */
  neighbours(row: number, count: number, isAllowed: (row: number) => boolean): TagNeighbour[] {
    const cosines = new Float32Array(this.catalogue.size);
    for (const { tagId, weight } of this.vectors[row]!) {
      const { rows, weights } = this.postings.get(tagId)!;
      for (let at = 0; at < rows.length; at++) cosines[rows[at]!]! += weight * weights[at]!;
    }
    const own = this.lengths[row]!;
    for (let other = 0; other < cosines.length; other++)
      if (cosines[other]! > 0) cosines[other]! /= own * this.lengths[other]!;
    const isNear = (other: number) => other !== row && isAllowed(other);
    return topPositions(cosines, count, isNear, 0).map((other) => ({
      row: other,
      similarity: Math.min(1, cosines[other]!),
      shared: this.shared(row, other),
    }));
  }

  private post(tagId: number, row: number, weight: number): void {
    let posting = this.postings.get(tagId);
    if (!posting) this.postings.set(tagId, (posting = { rows: [], weights: [] }));
    posting.rows.push(row);
    posting.weights.push(weight);
  }

  private shared(row: number, other: number): string[] {
    const theirs = new Map(this.vectors[other]!.map(({ tagId, weight }) => [tagId, weight]));
    return this.vectors[row]!.map(({ tagId, weight }) => ({
      tagId,
      product: weight * (theirs.get(tagId) ?? 0),
    }))
      .filter(({ product }) => product > 0)
      .sort((a, b) => b.product - a.product || a.tagId - b.tagId)
      .slice(0, 3)
      .map(({ tagId }) => this.catalogue.tagById(tagId)!.name);
  }

  private rarity(holders: number): number {
    return Math.log(
      Math.max(this.catalogue.size, 2) / Math.max(1, Math.min(holders, this.catalogue.size - 1)),
    );
  }
}
